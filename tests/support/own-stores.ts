import { Redis } from 'ioredis';
import pg from 'pg';
import { startPostgres, startRedis } from '../../bin/lib/stores/servers.mjs';
import { eventually } from './captured.ts';
import { openTestHouse, type TestHouse, type TestHouseOptions } from './house.ts';
import { migrated, newFolder, type Outage, restartable } from './restartable.ts';

/** A house on a store of its own, which can be taken away from under it and given back on the same port. */
export interface ShakyHouse {
  house: TestHouse;
  goAway(how: Outage): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

/** Its Redis is the shared one. */
export async function openOnOwnPostgres(options: TestHouseOptions = {}): Promise<ShakyHouse> {
  const dir = newFolder('postgres');
  const server = await restartable((port) => startPostgres(port ? { dir, port } : { dir }));
  const { databaseUrl, ownerUrl } = await migrated(server.first);
  const house = await openTestHouse({ ...options, env: { ...options.env, DATABASE_URL: databaseUrl } });
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 3 });
  pool.on('error', () => {});
  const sql = async <Row extends object>(text: string, values: unknown[] = []) =>
    (await pool.query<Row & pg.QueryResultRow>(text, values)).rows;
  return {
    house: { ...house, stores: { ...house.stores, databaseUrl, ownerUrl, sql } },
    goAway: (how) => server.goAway(how),
    comeBack: () => server.comeBack(),
    async close() {
      await house.close();
      await pool.end();
      await server.goAway('stop');
    },
  };
}

/** Its database is a clone on the shared server. */
export async function openOnOwnRedis(options: TestHouseOptions = {}): Promise<ShakyHouse> {
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
}

/** Resolves when the node has all slots and says that its cluster works. */
async function takeAllSlots(redis: Redis): Promise<void> {
  await redis.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
  await eventually(
    async () => String(await redis.call('CLUSTER', 'INFO')).includes('cluster_state:ok'),
    'the cluster to work',
  );
}

/** On a Redis Cluster of one node, which refuses commands and scripts whose keys lie in different slots. */
export async function openInRedisCluster(
  options: TestHouseOptions = {},
): Promise<{ house: TestHouse; close(): Promise<void> }> {
  const server = await startRedis({ dir: newFolder('redis'), throwaway: true, cluster: true });
  const redis = new Redis(server.url);
  await takeAllSlots(redis);
  const house = await openTestHouse({ ...options, env: { ...options.env, REDIS_URL: server.url } });
  return {
    house: { ...house, stores: { ...house.stores, redisUrl: server.url, redis } },
    async close() {
      await house.close();
      redis.disconnect();
      await server.stop();
    },
  };
}
