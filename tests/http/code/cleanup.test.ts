import { expect, test } from '@jest/globals';
import { days, minutes } from '../../../src/kernel/clock.ts';
import { clean } from '../../support/cleaning.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { challengeOf, joining, typeCode } from '../../support/joining.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const { redis } = house.stores;
const sql: typeof house.stores.sql = (text, values) => house.stores.sql(text, values);

const count = async (table: string): Promise<number> =>
  (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM "${table}"`))[0]!.n;

/** Rows of days long past: more than one batch of both kinds. */
const fill = async (rows: number): Promise<void> => {
  const now = house.clock.now().toISOString();
  await sql(
    `INSERT INTO "RegistrationOtp" ("id", "channel", "destination", "destinationKey", "decoy", "keyId", "reference",
                                    "nextSendAt", "expiresAt", "endsAt", "createdAt")
     SELECT gen_random_uuid(), 'email', 'a' || n || '@example.com', 'a' || n || '@example.com', false, 'dev', 'KFR', t, t, t, t
     FROM generate_series(1, $1::int) n, (SELECT $2::timestamptz - interval '2 days' AS t) old`,
    [rows, now],
  );
  await sql(
    `INSERT INTO "DestinationBudget" SELECT 'b' || n, ARRAY[t], '{}', t
     FROM generate_series(1, $1::int) n, (SELECT $2::timestamptz - interval '2 days' AS t) old`,
    [rows, now],
  );
};

test('what nobody needs any more is deleted, batch after batch, by two workers at once', async () => {
  const { ann, to, code } = await joining(house);
  await fill(2_500);
  await withAnother(house, { jobs: true }, async () => clean(house, 4));
  expect(await count('RegistrationOtp')).toBe(1);
  expect(await count('DestinationBudget')).toBe(1);
  expect(house.logged.filter((line) => line.includes('job failed'))).toEqual([]);
  expect((await challengeOf(house, to)).attempts).toBe(0);
  expect((await typeCode(ann, code)).redirectedTo).toBe('/profile');
});

test('a challenge is kept a day after its end, and a budget as long as it counts', async () => {
  const ann = visitor(house);
  const { person } = await ann.startSignUp();
  const kept = async () =>
    (await sql('SELECT FROM "RegistrationOtp" WHERE "destination" = $1', [person.email])).length;
  const budgets = async () =>
    (await sql('SELECT FROM "DestinationBudget" WHERE "destinationKey" = $1', [person.email])).length;
  house.clock.pass(days(1) - 1);
  await clean(house);
  expect([await kept(), await budgets()]).toEqual([1, 1]);
  house.clock.pass(1);
  await clean(house);
  expect([await kept(), await budgets()]).toEqual([1, 0]);
  house.clock.pass(minutes(30) - 1);
  await clean(house);
  expect(await kept()).toBe(1);
  house.clock.pass(1);
  await clean(house);
  expect(await kept()).toBe(0);
});

test('the cleaning is on the clock of the queue, once over all workers', async () => {
  const schedulers = await redis.zcard('bull:cleanup:repeat');
  expect(schedulers).toBe(1);
});
