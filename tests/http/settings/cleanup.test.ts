import { expect, test } from '@jest/globals';
import { days, hours, minutes } from '../../../src/kernel/clock.ts';
import { clean, countRows } from '../../support/cleaning.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { recovering } from '../../support/recovering.ts';
import { eventsOf, settled } from '../../support/security.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const sql: typeof house.stores.sql = (text, values) => house.stores.sql(text, values);

/** More rows than one batch takes, of days long past, and people to whom the links belong. */
const fill = async (username: string, rows: number): Promise<void> => {
  const now = house.clock.now().toISOString();
  await sql(
    `INSERT INTO "SecurityEvent" SELECT gen_random_uuid(), u."id", 'signed_in', 'done', $2::timestamptz - interval '90 days', 'x', 'Firefox', false
     FROM "User" u, generate_series(1, $3::int) n WHERE u."username" = $1`,
    [username, now, rows],
  );
  await sql(
    `INSERT INTO "PasswordResetOtp" ("id", "channel", "destination", "destinationKey", "askedKey", "decoy", "keyId", "reference",
                                     "nextSendAt", "expiresAt", "endsAt", "createdAt")
     SELECT gen_random_uuid(), 'email', 'a' || n, 'a' || n, 'a' || n, true, 'dev', 'KFR', t, t, t, t
     FROM generate_series(1, $2::int) n, (SELECT $1::timestamptz - interval '1 day' AS t) old`,
    [now, rows],
  );
  await sql(
    `INSERT INTO "User" ("id", "username", "usernameKey", "email", "emailKey", "emailVerifiedAt", "passwordHash", "dateOfBirth", "country", "createdAt", "updatedAt")
     SELECT gen_random_uuid(), 'old' || n, 'old' || n, n || '@example.com', n || '@example.com', "createdAt", "passwordHash", "dateOfBirth", "country", "createdAt", "updatedAt"
     FROM "User", generate_series(1, $2::int) n WHERE "username" = $1`,
    [username, rows],
  );
  await sql(
    `INSERT INTO "PasswordResetLink" ("userId", "id", "channel", "keyId", "tokenHash", "securityVersion", "expiresAt", "createdAt")
     SELECT u."id", gen_random_uuid(), 'email', 'dev', repeat('x', 43 - length(u."username")) || u."username", 0, $1::timestamptz, $1::timestamptz - interval '1 hour'
     FROM "User" u WHERE u."username" LIKE 'old%'`,
    [now],
  );
};

test('old events, reset codes and links are deleted, batch after batch, by two workers at once', async () => {
  const { username, email } = await visitor(house).signUp();
  const { who, code } = await recovering(house, email, email);
  await settled(house);
  await fill(username, 2_500);
  // Two cleanings, and more rows than two batches.
  await withAnother(house, { jobs: true }, () => clean(house, 2));
  const left = (await eventsOf(house, username)).map(({ kind }) => kind);
  expect(left.toSorted()).toEqual(['joined', 'reset_asked']);
  expect([await countRows(house, 'PasswordResetOtp'), await countRows(house, 'PasswordResetLink')]).toEqual([
    1, 0,
  ]);
  expect(house.logged.filter((line) => line.includes('job failed'))).toEqual([]);
  // What is still alive goes on.
  expect((await who.post('/password/code', { code })).redirectedTo).toBe('/password/new');
});

test('an event is kept for ninety days', async () => {
  const { username } = await visitor(house).signUp();
  house.clock.pass(days(90) - 1);
  await clean(house);
  expect(await eventsOf(house, username)).toHaveLength(1);
  house.clock.pass(1);
  await clean(house);
  expect(await eventsOf(house, username)).toHaveLength(0);
});

test('a reset code is kept a day after its end', async () => {
  const { email } = await visitor(house).signUp();
  await recovering(house, email, email);
  const kept = async () =>
    (await sql('SELECT FROM "PasswordResetOtp" WHERE "destination" = $1', [email])).length;
  house.clock.pass(minutes(30) + days(1) - 1);
  await clean(house);
  expect(await kept()).toBe(1);
  house.clock.pass(1);
  await clean(house);
  expect(await kept()).toBe(0);
});

test('a link is kept for the hour in which no other may follow', async () => {
  const { username } = await visitor(house).signUp();
  await sql(
    `INSERT INTO "PasswordResetLink" ("userId", "id", "channel", "keyId", "tokenHash", "securityVersion", "expiresAt", "createdAt")
     SELECT "id", gen_random_uuid(), 'email', 'dev', 'one', 0, $2::timestamptz + interval '30 minutes', $2::timestamptz FROM "User" WHERE "username" = $1`,
    [username, house.clock.now().toISOString()],
  );
  house.clock.pass(hours(1) - 1);
  await clean(house);
  expect(await countRows(house, 'PasswordResetLink')).toBe(1);
  house.clock.pass(1);
  await clean(house);
  expect(await countRows(house, 'PasswordResetLink')).toBe(0);
});
