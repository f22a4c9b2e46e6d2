import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { clean } from '../../support/cleaning.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { newMobile } from '../../support/joining.ts';
import { eventsOf, settled } from '../../support/security.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** An event that was written, but whose news never reached the queue: Redis went away in between. */
const missed = (username: string, kind: string, at = house.clock.now()) =>
  house.stores.sql(
    `INSERT INTO "SecurityEvent" SELECT gen_random_uuid(), "id", $2::"SecurityEventKind", 'done', $3::timestamptz, 'x', 'Firefox on Windows', true
     FROM "User" WHERE "username" = $1`,
    [username, kind, at.toISOString()],
  );
const isDue = async (username: string) =>
  (await eventsOf(house, username)).some(({ noticeDue }) => noticeDue);

test.each([
  ['password_changed', /password was changed/],
  ['password_reset', /password was changed/],
  ['signed_in_new_device', /new device signed in/],
])('news of %s that the queue missed goes out with the next cleaning, once', async (kind, subject) => {
  const { username, email } = await visitor(house).signUp();
  await missed(username, kind);
  const letters = () => house.outbox.to(email).filter((letter) => subject.test(letter.subject ?? ''));
  house.clock.pass(minutes(10));
  await withAnother(house, { jobs: true }, async () => {
    await clean(house, 4);
    await settled(house);
  });
  expect(letters()).toHaveLength(1);
  // It tells of then, not of now.
  expect(letters()[0]?.text).toMatch(/Firefox on Windows, 15 Jun 2026, 1\d:\d0 UTC/);
  expect(letters()[0]?.text).not.toContain(
    `:${String(house.clock.now().getUTCMinutes()).padStart(2, '0')} UTC`,
  );
  expect(await isDue(username)).toBe(false);
  await clean(house, 2);
  await settled(house);
  expect(letters()).toHaveLength(1);
});

test('every verified contact hears of it', async () => {
  const { username, email } = await visitor(house).signUp();
  const mobile = newMobile();
  await house.stores.sql(
    'UPDATE "User" SET "phone" = $2, "phoneVerifiedAt" = "createdAt" WHERE "username" = $1',
    [username, mobile],
  );
  await missed(username, 'password_changed');
  house.clock.pass(minutes(1));
  await clean(house);
  await settled(house);
  expect([house.outbox.to(email).slice(1).length, house.outbox.to(mobile).length]).toEqual([1, 1]);
});

test('what is only just written is left to its own request for a minute', async () => {
  const { username, email } = await visitor(house).signUp();
  await missed(username, 'password_changed');
  const told = async () => {
    await clean(house);
    await settled(house);
    return house.outbox.to(email).length - 1;
  };
  house.clock.pass(minutes(1) - 1);
  expect(await told()).toBe(0);
  house.clock.pass(1);
  expect(await told()).toBe(1);
});

test('what was told already is not told again', async () => {
  const ann = visitor(house);
  const { username, email } = await ann.signUp();
  await visitor(house).signIn(username, 'lantern-tandem-42');
  await settled(house);
  const before = house.outbox.to(email).length;
  expect(before).toBe(2);
  house.clock.pass(minutes(10));
  await clean(house, 2);
  await settled(house);
  expect(house.outbox.to(email)).toHaveLength(before);
});
