import { afterAll, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { isDbDown, openDb } from '../../../src/platform/stores/db.ts';
import { houseOfThisFile } from '../../support/house.ts';

const { stores } = await houseOfThisFile();
const url = new URL(stores.databaseUrl);
url.searchParams.set('application_name', 'doomed');
const db = openDb(url.href, 4);
afterAll(() => db.$disconnect());

async function whatWentWrong(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (err) {
    return isDbDown(err) ? 'away' : String(err);
  }
}

test('connections that Postgres ends in the middle of everything end no process, and are told as a store that is away', async () => {
  let busy = true;
  const told = new Set<string | null>();
  const loop = async (work: () => Promise<unknown>): Promise<void> => {
    while (busy) told.add(await whatWentWrong(work));
  };
  const row = () => db.rows`SELECT 1 AS "one"`;
  const transaction = () =>
    db.$transaction(async (tx) => [await tx.$queryRaw`SELECT 1`, await tx.$queryRaw`SELECT 2`]);
  const both = () => db.$transaction([db.$queryRaw`SELECT 1`, db.$queryRaw`SELECT 2`]);
  const model = () => db.user.findFirst({ where: { username: 'nobody_here' } });
  const all = [row, row, row, transaction, transaction, both, both, model].flatMap((work) => [
    loop(work),
    loop(work),
  ]);
  for (let n = 0; n < 25; n++) {
    await pause(60);
    await stores.sql(
      `SELECT pg_terminate_backend("pid") FROM pg_stat_activity WHERE "application_name" = 'doomed'`,
    );
  }
  busy = false;
  await Promise.all(all);
  expect(told).toEqual(new Set([null, 'away']));
  expect(await db.rows`SELECT 1 AS "one"`).toEqual([{ one: 1 }]);
});

const states = ['57014', '55P03', '25006', '53100', '53200', '53300', '57P01', '08006'];

test.each(states)(
  'SQLSTATE %s is a store that is away, straight from the driver and through Prisma',
  async (state) => {
    const raise = `DO $$ BEGIN RAISE EXCEPTION 'as asked' USING ERRCODE = '${state}'; END $$`;
    expect(await whatWentWrong(() => db.read(raise, []))).toBe('away');
    expect(await whatWentWrong(() => db.$executeRawUnsafe(raise))).toBe('away');
    expect(await whatWentWrong(() => db.$transaction((tx) => tx.$executeRawUnsafe(raise)))).toBe('away');
  },
);

test('what we asked wrong is no store that is away', async () => {
  expect(await whatWentWrong(() => db.read('SELECT 1 / 0', []))).toContain('division by zero');
});
