import { expect, test } from '@jest/globals';
import { days, hours } from '../../../src/kernel/clock.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { sessionsOf } from '../../support/joining.ts';
import { alsoOn, isIn, sessionsSeenBy } from '../../support/security.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** How many sessions a person sees from a browser that signs in just for that. */
const seenFromANewOne = async (username: string): Promise<number> => {
  const who = await alsoOn(house, username);
  const count = (await sessionsSeenBy(who)).length;
  await who.post('/logout');
  return count - 1;
};
/** How many of a person's sessions Redis still holds: its own clock does not stand in the test's hand. */
const held = async (username: string): Promise<number> =>
  [...(await sessionsOf(house)).values()].filter((session) => session.username === username).length;

test('a session that nobody used for a day is not listed', async () => {
  const { username } = await visitor(house).signUp();
  house.clock.pass(hours(24) - 1);
  expect(await seenFromANewOne(username)).toBe(1);
  house.clock.pass(1);
  expect([await seenFromANewOne(username), await held(username)]).toEqual([0, 1]);
});

test('nor is one that was used every day and is seven days old', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  for (let n = 0; n < 8; n++) {
    house.clock.pass(hours(20));
    expect(await isIn(ann)).toBe(true);
  }
  house.clock.pass(hours(8) - 1);
  expect(await seenFromANewOne(username)).toBe(1);
  house.clock.pass(1);
  expect([await seenFromANewOne(username), await held(username)]).toEqual([0, 1]);
});

test('one that is to be kept is listed for fourteen days without a visit', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  await ann.post('/logout');
  await alsoOn(house, username, { remember: 'on' });
  house.clock.pass(days(14) - 1);
  expect(await seenFromANewOne(username)).toBe(1);
  house.clock.pass(1);
  expect(await seenFromANewOne(username)).toBe(0);
});

test('nor is one of before a new password, whatever Redis still holds', async () => {
  const { username } = await visitor(house).signUp();
  await house.stores.sql(
    'UPDATE "User" SET "securityVersion" = "securityVersion" + 1 WHERE "username" = $1',
    [username],
  );
  expect([await seenFromANewOne(username), await held(username)]).toEqual([0, 1]);
});

test('nor one that was signed out', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  await ann.post('/logout');
  expect(await seenFromANewOne(username)).toBe(0);
});
