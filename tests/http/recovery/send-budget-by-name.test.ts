import { expect, test } from '@jest/globals';
import { hours } from '../../../src/kernel/clock.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, newMobile } from '../../support/joining.ts';
import { fillLimit } from '../../support/limits.ts';
import { statuses } from '../../support/many.ts';
import { forgot } from '../../support/recovering.ts';
import { askOften, codesTo, joinedYesterday, leftFor, linksTo } from '../../support/resetting.ts';
import { sideBySide } from '../../support/side-by-side.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** How many codes have left for an address since `before` of them had. */
const codesSince = async (to: string, before: number): Promise<number> =>
  (await leftFor(house, to)).codes - before;

test('a username has a budget of its own, and an unknown one is refused at the same press', async () => {
  await joinedYesterday(house, { username: 'known_name' });
  const walk = sideBySide(house, ['known_name', 'other_name']);
  for (let n = 0; n < 7; n++) await walk.form();
  await walk.resend();
  house.clock.pass(hours(1) - 1);
  // Their sessions are over by now: a fresh form begins new ones.
  await walk.get('/password/forgot');
  await walk.form();
  house.clock.pass(1);
  for (let n = 0; n < 6; n++) await walk.form();
  const [ofKnown, ofUnknown] = walk.seen();
  expect(ofKnown).toEqual(ofUnknown);
  const asked = ofKnown?.filter(({ step }) => step === 'form').map(({ status }) => status);
  expect(asked).toEqual([...Array(5).fill(303), 429, 429, 429, ...Array(5).fill(303), 429]);
});

test('five codes by username do not show where the address is typed, yet no sixth leaves, but a link', async () => {
  const { username, email } = await joinedYesterday(house);
  const before = codesTo(house, email).length;
  await askOften(house, username, 5);
  expect(await codesSince(email, before)).toBe(5);
  const walk = sideBySide(house, [email, `n${email.slice(1)}`]);
  for (let n = 0; n < 4; n++) {
    await walk.form();
    await walk.look();
  }
  await walk.resend();
  await walk.look();
  await walk.form();
  const [ofKnown, ofUnknown] = walk.seen().map((all) => JSON.stringify(all).replaceAll(/[an]•/g, '?•'));
  expect(ofKnown).toEqual(ofUnknown);
  expect(walk.seen()[0]?.filter(({ status }) => status === 429)).toHaveLength(1);
  expect(await codesSince(email, before)).toBe(5);
  expect(linksTo(house, email)).toHaveLength(1);
});

test('nor does the address show where the username is typed', async () => {
  const { username, email } = await joinedYesterday(house);
  const before = codesTo(house, email).length;
  await askOften(house, email, 5);
  expect(statuses(await askOften(house, username, 5))).toEqual({ 303: 5 });
  expect(await codesSince(email, before)).toBe(5);
  expect(linksTo(house, email)).toHaveLength(1);
  expect((await forgot(visitor(house), username)).status).toBe(429);
});

test.each([
  ['in its national spelling', (mobile: string) => `0${mobile.slice(3)}`],
  ['without its plus', (mobile: string) => mobile.slice(1)],
])('a number %s is a name too', async (_, spelled) => {
  const mobile = newMobile();
  await joinedYesterday(house, byMobile(mobile));
  const before = codesTo(house, mobile).length;
  await askOften(house, spelled(mobile), 5);
  expect((await forgot(visitor(house), spelled(mobile))).status).toBe(429);
  expect(statuses(await askOften(house, mobile, 5))).toEqual({ 303: 5 });
  expect(await codesSince(mobile, before)).toBe(5);
  expect(linksTo(house, mobile)).toHaveLength(1);
});

test('that the texts to a number are limited does not show where a username leads to it', async () => {
  const mobile = newMobile();
  await joinedYesterday(house, { ...byMobile(mobile), username: 'known_caller' });
  const before = house.outbox.to(mobile).length;
  await fillLimit(house, `sms-prefix:${mobile.slice(0, -3)}`, 20);
  const walk = sideBySide(house, ['known_caller', 'other_caller']);
  await walk.form();
  await walk.look();
  await walk.resend();
  await walk.look();
  const [ofKnown, ofUnknown] = walk.seen();
  expect(ofKnown).toEqual(ofUnknown);
  // They have a reserve of their own, which strangers who ask for its neighbours cannot empty.
  expect(house.outbox.to(mobile)).toHaveLength(before + 2);
  // Where the number itself is typed the limit is said, known or not.
  expect((await forgot(visitor(house), mobile)).status).toBe(429);
  expect((await forgot(visitor(house), `${mobile.slice(0, -3)}000`)).status).toBe(429);
});
