import { expect, test } from '@jest/globals';
import { days, hours, minutes } from '../../../src/kernel/clock.ts';
import { clean } from '../../support/cleaning.ts';
import { changeEmail, codeFor, newEmail, member } from '../../support/contacts.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';

const house = await houseOfThisFile();

const count = async (table: string): Promise<number> =>
  (await house.stores.sql<{ n: number }>(`SELECT count(*)::int AS n FROM "${table}"`))[0]!.n;

test('ways back are kept as long as they lead anywhere, codes a day after their end', async () => {
  const { ann } = await member(house);
  await changeEmail(house, ann);
  await codeFor(house, ann, newEmail());
  house.clock.pass(days(1) + minutes(30) - 1);
  await clean(house);
  expect([await count('ContactChangeOtp'), await count('ContactUndo')]).toEqual([2, 1]);
  house.clock.pass(1);
  await clean(house);
  expect([await count('ContactChangeOtp'), await count('ContactUndo')]).toEqual([0, 1]);
  house.clock.pass(hours(72) - days(1) - minutes(30) - 1);
  await clean(house);
  expect(await count('ContactUndo')).toBe(1);
  house.clock.pass(1);
  await clean(house);
  expect(await count('ContactUndo')).toBe(0);
});

test('thousands go in batches, by two workers at once', async () => {
  await member(house);
  const long = new Date(house.clock.now().getTime() - days(4)).toISOString();
  await house.stores.sql(
    `INSERT INTO "ContactUndo" ("id", "userId", "channel", "newKey", "sentChannel", "sentTo", "keyId", "tokenHash", "expiresAt", "createdAt")
     SELECT gen_random_uuid(), u."id", 'email', 'a', 'email', 'a', 'dev', 'hash' || n, $1, $1
     FROM generate_series(1, 2500) n, (SELECT "id" FROM "User" LIMIT 1) u`,
    [long],
  );
  await house.stores.sql(
    `INSERT INTO "ContactChangeOtp" ("id", "channel", "destination", "destinationKey", "decoy", "keyId", "reference",
                                     "nextSendAt", "expiresAt", "endsAt", "createdAt", "userId", "securityVersion")
     SELECT gen_random_uuid(), 'email', 'a', 'a', false, 'dev', 'KFR', $1, $1, $1, $1, u."id", 0
     FROM generate_series(1, 2500) n, (SELECT "id" FROM "User" LIMIT 1) u`,
    [long],
  );
  await withAnother(house, { jobs: true }, async () => clean(house, 4));
  expect([await count('ContactChangeOtp'), await count('ContactUndo')]).toEqual([0, 0]);
  expect(house.logged.filter((line) => line.includes('job failed'))).toEqual([]);
});
