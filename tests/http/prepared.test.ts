import { beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { type Ask, preparing } from '../../src/platform/prepared.ts';
import { houseOfThisFile } from '../support/house.ts';
import { together } from '../support/many.ts';

const { stores } = await houseOfThisFile();

beforeEach(() => stores.sql('DROP TABLE IF EXISTS "Kept"; CREATE TABLE "Kept" AS SELECT 1 AS "n"'));

/** A pool of so many connections, each with what Postgres keeps for it. */
const over = async (max: number, work: (ask: Ask, pool: pg.Pool) => Promise<void>): Promise<void> => {
  const pool = new pg.Pool({ connectionString: stores.databaseUrl, max });
  try {
    await work(preparing(pool), pool);
  } finally {
    await pool.end();
  }
};
const sum = async (ask: Ask, n: number): Promise<unknown> =>
  (await ask('SELECT $1::int + "n" AS "sum" FROM "Kept"', [n])).rows;
const keptOf = async (on: pg.Pool | pg.PoolClient, like = '%'): Promise<number | null> =>
  (await on.query('SELECT FROM pg_prepared_statements WHERE "statement" LIKE $1', [like])).rowCount;

test('a statement is prepared once a connection, however often it is asked', () =>
  over(1, async (ask, pool) => {
    const sums = await together(50, () => sum(ask, 2));
    expect(sums).toEqual(Array.from({ length: 50 }, () => [{ sum: 3 }]));
    expect(await keptOf(pool)).toBe(1);
  }));

test('of texts that differ at every request two hundred are kept', () =>
  over(1, async (ask, pool) => {
    for (let n = 0; n < 210; n++) expect((await ask(`SELECT ${n} AS "n"`, [])).rows).toEqual([{ n }]);
    expect(await keptOf(pool)).toBe(200);
  }));

/** Looks at each of four connections. */
const ofEach = async <T>(pool: pg.Pool, look: (client: pg.PoolClient) => Promise<T>): Promise<T[]> => {
  const clients = await together(4, () => pool.connect());
  const seen: T[] = [];
  for (const client of clients) seen.push(await look(client));
  for (const client of clients) client.release();
  return seen;
};

/** As a pooler does: this connection has the name already, and its client does not know. */
const forget = async (client: pg.PoolClient): Promise<unknown> =>
  Object.assign((client as unknown as { connection: object }).connection, { parsedStatements: {} });

test.each([
  [
    'has forgotten what was prepared',
    (client: pg.PoolClient): Promise<unknown> => client.query('DEALLOCATE ALL'),
  ],
  ['has the name from somebody else', forget],
  [
    'answers otherwise after a migration',
    () => stores.sql('ALTER TABLE "Kept" ALTER "n" TYPE bigint USING "n"::bigint'),
  ],
])(
  'where a connection %s, fifty at once are answered, and nothing is prepared from then on',
  (_how, change) =>
    over(4, async (ask, pool) => {
      await together(50, () => sum(ask, 1));
      expect(await ofEach(pool, (client) => keptOf(client))).toEqual([1, 1, 1, 1]);
      await ofEach(pool, change);
      const answers = await together(50, () => sum(ask, 5));
      expect(new Set(answers.map((rows) => Number((rows as [{ sum: unknown }])[0].sum)))).toEqual(
        new Set([6]),
      );
      await together(50, () => ask('SELECT 7 AS "seven"', []));
      expect(await ofEach(pool, (client) => keptOf(client, '%seven%'))).toEqual([0, 0, 0, 0]);
    }),
);

test('what is wrong with a statement is told as it is, and changes nothing', () =>
  over(1, async (ask, pool) => {
    await expect(ask('SELECT "nothing" FROM "Kept"', [])).rejects.toMatchObject({ code: '42703' });
    await expect(ask('SELECT 1 / $1::int AS "n"', [0])).rejects.toMatchObject({ code: '22012' });
    await sum(ask, 1);
    expect(await keptOf(pool)).toBeGreaterThan(0);
  }));
