import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { days } from '../../../src/kernel/clock.ts';
import { preparing, type Prepared } from '../../../src/platform/stores/prepared.ts';
import { type TestHouse, houseOfThisFile, openTestHouse } from '../../support/house.ts';
import { statuses, together } from '../../support/many.ts';
import { type PgBouncer, hasPgBouncer, openPgBouncer } from '../../support/pgbouncer.ts';
import { setPassword } from '../../support/recovering.ts';
import { codesTo } from '../../support/resetting.ts';
import { settled } from '../../support/security.ts';
import { visitor } from '../../support/visitor.ts';

const { stores } = await houseOfThisFile();

describe('pgbouncer', () => {
  // Debian's package `pgbouncer`; without it there is nothing to try.
  const where = hasPgBouncer ? describe : describe.skip;

  where('behind PgBouncer in transaction mode, with two connections for everybody,', () => {
    let direct: TestHouse;
    let pooler: PgBouncer;
    let house: TestHouse;
    beforeAll(async () => {
      direct = await openTestHouse({ jobs: false });
      pooler = await openPgBouncer(direct.stores.databaseUrl, 2);
      house = await openTestHouse({ beside: direct, env: { DATABASE_URL: pooler.url } });
    });
    afterAll(async () => {
      await house.close();
      await pooler.close();
      await direct.close();
    });

    test('people join, sign in and reset their passwords', async () => {
      const ann = visitor(house);
      const { email } = await ann.signUp();
      expect((await ann.get('/profile')).status).toBe(200);
      await settled(house);
      house.clock.pass(days(1));
      const back = visitor(house);
      await back.post('/password/forgot', { identifier: email });
      await settled(house);
      await back.post('/password/code', { code: codesTo(house, email).at(-1) });
      expect((await setPassword(back, 'harbour-violin-58')).redirectedTo).toBe('/login');
      expect((await visitor(house).signIn(email, 'harbour-violin-58')).redirectedTo).toBe('/people');
    });

    test('fifty pages at once and twenty people who join at once share them', async () => {
      const ann = visitor(house);
      await ann.signUp();
      expect(statuses(await together(50, () => ann.get('/profile')))).toEqual({ 200: 50 });
      const joined = await together(20, () => visitor(house).signUp());
      expect(new Set(joined.map(({ username }) => username)).size).toBe(20);
    });

    test('of fifty right codes at once one makes the account', async () => {
      const ann = visitor(house);
      const { person } = await ann.startSignUp();
      const code = await house.outbox.nextCode(String(person.email));
      await ann.get('/sign-up/code');
      const pages = await together(50, () => ann.post('/sign-up/code', { code }));
      expect(pages.filter((page) => page.status >= 500)).toEqual([]);
      const rows = await house.stores.sql('SELECT FROM "User" WHERE "username" = $1', [person.username]);
      expect(rows).toHaveLength(1);
    });
  });
});

describe('prepared', () => {
  beforeEach(() => stores.sql('DROP TABLE IF EXISTS "Kept"; CREATE TABLE "Kept" AS SELECT 1 AS "n"'));

  /** A pool of so many connections, each with what Postgres keeps for it. */
  const over = async (
    max: number,
    work: (ask: Prepared['ask'], pool: pg.Pool) => Promise<void>,
  ): Promise<void> => {
    const pool = new pg.Pool({ connectionString: stores.databaseUrl, max });
    try {
      await work(preparing(pool).ask, pool);
    } finally {
      await pool.end();
    }
  };
  const sum = async (ask: Prepared['ask'], n: number): Promise<unknown> =>
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
});
