import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import pg from 'pg';
import { type Server, startPostgres, startRedis } from '../../bin/lib/servers.mjs';
import { openTestHouse, type TestHouse, type TestHouseOptions } from './house.ts';

/** How a server goes away: asked to stop, or as `kill -9` and a power cut do it. */
export type Outage = 'stop' | 'kill';

/** A house on a store of its own, which can be taken away from under it and given back on the same port. */
export interface ShakyHouse {
  house: TestHouse;
  goAway(how: Outage): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

/** Removed with the test run, killed or not. */
const newFolder = (name: string): string =>
  path.join(process.env.TEST_DATA_DIR ?? '', `${name}-${randomBytes(4).toString('hex')}`);

/** A server that keeps its data and its address through every outage. */
const restartable = async (start: (port?: number) => Promise<Server>) => {
  let server: Server | null = await start();
  const { url, port } = server;
  return {
    url,
    async goAway(how: Outage) {
      const gone = server;
      server = null;
      await gone?.[how]();
    },
    async comeBack() {
      server ??= await start(port);
    },
  };
};

/** A database with our tables; migrated as an operator does it, in a process of its own. */
const migrated = async (server: string): Promise<string> => {
  const url = new URL(server);
  url.pathname = '/chatlink';
  const env = { PATH: process.env.PATH ?? '', DATABASE_URL: url.href };
  await promisify(execFile)(process.execPath, ['bin/db.mjs', 'migrate'], { env });
  return url.href;
};

/** Its Redis is the shared one. */
export const openOnOwnPostgres = async (options: TestHouseOptions = {}): Promise<ShakyHouse> => {
  const dir = newFolder('postgres');
  const server = await restartable((port) => startPostgres(port ? { dir, port } : { dir }));
  const databaseUrl = await migrated(server.url);
  const house = await openTestHouse({ ...options, env: { ...options.env, DATABASE_URL: databaseUrl } });
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 3 });
  pool.on('error', () => {});
  const sql = async <Row extends object>(text: string, values: unknown[] = []) =>
    (await pool.query<Row & pg.QueryResultRow>(text, values)).rows;
  return {
    house: { ...house, stores: { ...house.stores, databaseUrl, sql } },
    goAway: (how) => server.goAway(how),
    comeBack: () => server.comeBack(),
    async close() {
      await house.close();
      await pool.end();
      await server.goAway('stop');
    },
  };
};

/** Its database is a clone on the shared server. */
export const openOnOwnRedis = async (options: TestHouseOptions = {}): Promise<ShakyHouse> => {
  const dir = newFolder('redis');
  const server = await restartable((port) => startRedis(port ? { dir, port } : { dir }));
  const house = await openTestHouse({ ...options, env: { ...options.env, REDIS_URL: server.url } });
  const redis = new Redis(server.url);
  redis.on('error', () => {});
  return {
    house: { ...house, stores: { ...house.stores, redisUrl: server.url, redis } },
    goAway: (how) => server.goAway(how),
    comeBack: () => server.comeBack(),
    async close() {
      await house.close();
      redis.disconnect();
      await server.goAway('stop');
    },
  };
};
