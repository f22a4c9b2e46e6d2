import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';

const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with npm test`);
  return value;
};

export interface TestStores {
  databaseUrl: string;
  redisUrl: string;
  /** The site's own Redis database, empty at the beginning. */
  redis: Redis;
  /** A folder for pictures that is not there yet. */
  mediaDir: string;
  /** For looking at what was written. */
  sql<Row extends object = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

const asked = async (url: string, text: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
};

/** A database of its own, cloned from the migrated one, and this Jest worker's Redis database. */
export const createTestStores = async (): Promise<TestStores> => {
  const template = new URL(required('TEST_DATABASE_URL'));
  const templateName = template.pathname.slice(1);
  const name = `${templateName}_${randomBytes(4).toString('hex')}`;
  const admin = new URL(template);
  admin.pathname = '/postgres';
  await asked(admin.href, `CREATE DATABASE "${name}" TEMPLATE "${templateName}"`);

  const own = new URL(template);
  own.pathname = `/${name}`;
  const redis = new URL(required('TEST_REDIS_URL'));
  redis.pathname = `/${process.env.JEST_WORKER_ID ?? '1'}`;
  const pool = new pg.Pool({ connectionString: own.href, max: 3 });
  pool.on('error', () => {});
  // What an earlier file of this worker counted must not limit anybody here: their clocks show the same day.
  const client = new Redis(redis.href);
  client.on('error', () => {});
  await client.flushdb();
  const mediaDir = join(tmpdir(), `chatlink-media-${randomBytes(8).toString('hex')}`);

  return {
    databaseUrl: own.href,
    redisUrl: redis.href,
    redis: client,
    mediaDir,
    sql: async <Row extends object>(text: string, values: unknown[] = []) =>
      (await pool.query<Row & pg.QueryResultRow>(text, values)).rows,
    async drop() {
      client.disconnect();
      await rm(mediaDir, { recursive: true, force: true });
      await pool.end();
      await asked(admin.href, `DROP DATABASE "${name}" WITH (FORCE)`);
    },
  };
};
