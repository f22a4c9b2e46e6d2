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
  /** As the site has it. */
  databaseUrl: string;
  /** The owner's, for what the site may not do: to look into everything, and to change tables. */
  ownerUrl: string;
  redisUrl: string;
  /** The site's own Redis database, empty at the beginning. */
  redis: Redis;
  /** A folder for pictures that is not there yet. */
  mediaDir: string;
  /** For looking at what was written. */
  sql<Row extends object = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Everything in them is gone; the tables stay. */
  empty(): Promise<void>;
  drop(): Promise<void>;
}

/** One question on a connection of its own; the rows of its last statement. */
export const asked = async (url: string, text: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

/** Deletes in one statement: truncating sixteen tables takes ten times as long as what few rows a test has. */
const emptyTables = `
DO $$
DECLARE name text;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' LOOP
    EXECUTE format('DELETE FROM %I', name);
  END LOOP;
END $$`;

const workers = Number(process.env.TEST_WORKERS ?? 1);
const worker = Number(process.env.JEST_WORKER_ID ?? 1);
/** Which of this worker's Redis databases are in use, by their place among them. */
const inUse = new Set<number>();

/** Redis numbers its databases: each worker has every `workers`-th. */
const takeRedisDatabase = (): { number: number; release(): void } => {
  let place = 0;
  while (inUse.has(place)) place++;
  inUse.add(place);
  return { number: place * workers + worker - 1, release: () => void inUse.delete(place) };
};

/** A database cloned from the migrated one, and a Redis database that nobody else uses meanwhile. */
export const createTestStores = async (): Promise<TestStores> => {
  const owner = new URL(required('TEST_OWNER_DATABASE_URL'));
  const templateName = owner.pathname.slice(1);
  const name = `${templateName}_${randomBytes(4).toString('hex')}`;
  const admin = new URL(owner);
  admin.pathname = '/postgres';
  await asked(admin.href, `CREATE DATABASE "${name}" TEMPLATE "${templateName}"`);

  const site = new URL(required('TEST_DATABASE_URL'));
  for (const url of [owner, site]) url.pathname = `/${name}`;
  const redis = new URL(required('TEST_REDIS_URL'));
  const redisDatabase = takeRedisDatabase();
  redis.pathname = `/${redisDatabase.number}`;
  const pool = new pg.Pool({ connectionString: owner.href, max: 3 });
  pool.on('error', () => {});
  const client = new Redis(redis.href);
  client.on('error', () => {});
  await client.flushdb();
  const mediaDir = join(tmpdir(), `chatlink-media-${randomBytes(8).toString('hex')}`);

  return {
    databaseUrl: site.href,
    ownerUrl: owner.href,
    redisUrl: redis.href,
    redis: client,
    mediaDir,
    sql: async <Row extends object>(text: string, values: unknown[] = []) =>
      (await pool.query<Row & pg.QueryResultRow>(text, values)).rows,
    async empty() {
      await client.flushdb();
      await rm(mediaDir, { recursive: true, force: true });
      await pool.query(emptyTables);
    },
    async drop() {
      client.disconnect();
      redisDatabase.release();
      await rm(mediaDir, { recursive: true, force: true });
      await pool.end();
      await asked(admin.href, `DROP DATABASE "${name}" WITH (FORCE)`);
    },
  };
};
