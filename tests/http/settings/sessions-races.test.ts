import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { houseOfThisFile, type TestHouse, withAnother } from '../../support/house.ts';
import { sessionsOf } from '../../support/joining.ts';
import { whileLocked } from '../../support/locks.ts';
import { statuses, together } from '../../support/many.ts';
import { another } from '../../support/recovering.ts';
import {
  alsoOn,
  copyOf,
  eventsOf,
  handleOfTheOther,
  isIn,
  revoke,
  revokeOthers,
  sidOf,
} from '../../support/security.ts';
import { type Page, visitor, type Visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const right = 'lantern-tandem-42';

/**
 * Lets `end` happen while a request of the session that it ends is in hand, at an instance that has read the session
 * and is going to save it: its last visit is so long ago that it notes this one.
 */
const whileItIsAsked = async (
  at: TestHouse,
  phone: Visitor,
  end: () => Promise<Page>,
): Promise<{ slow: Page; sid: string }> => {
  const sid = sidOf(phone);
  house.clock.pass(minutes(5));
  let slow: Promise<Page> | undefined;
  // The profile's languages are read by that page only: everybody else goes on.
  await whileLocked(house, 'UserLanguage', async (waiting) => {
    slow = copyOf(at, phone).get('/profile');
    await waiting();
    expect((await end()).redirectedTo).toBe('/settings/security');
    expect((await sessionsOf(house)).has(sid)).toBe(false);
  });
  return { slow: await slow!, sid };
};

const isOver = async (phone: Visitor, { slow, sid }: { slow: Page; sid: string }): Promise<void> => {
  expect(slow.status).toBe(200);
  expect((await sessionsOf(house)).has(sid)).toBe(false);
  expect((await phone.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
};

test('a request in hand at another instance does not bring a session back that is signed out meanwhile', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const phone = await alsoOn(house, username);
  const handle = await handleOfTheOther(ann);
  await withAnother(house, {}, async (second) => {
    await isOver(phone, await whileItIsAsked(second, phone, () => revoke(ann, handle)));
  });
  expect(await isIn(ann)).toBe(true);
});

test('nor one that is signed out with all others', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const phone = await alsoOn(house, username);
  await ann.token();
  await isOver(phone, await whileItIsAsked(house, phone, () => revokeOthers(ann)));
});

test('nor one that a new password ends', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const phone = await alsoOn(house, username);
  const change = () =>
    ann.post('/settings/password', {
      currentPassword: right,
      password: another,
      passwordConfirmation: another,
    });
  await ann.token();
  const { slow, sid } = await whileItIsAsked(house, phone, change);
  expect(slow.status).toBe(303);
  expect((await sessionsOf(house)).has(sid)).toBe(false);
  expect(await isIn(phone)).toBe(false);
});

test('fifty presses of one button end one session and are told once; nobody sees more than a 404', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const phone = await alsoOn(house, username);
  const handle = await handleOfTheOther(ann);
  expect(statuses(await together(50, () => revoke(ann, handle)))).toEqual({ 303: 1, 404: 49 });
  expect([await isIn(phone), await isIn(ann)]).toEqual([false, true]);
  const kinds = (await eventsOf(house, username)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'session_revoked')).toHaveLength(1);
});

test('of two browsers that sign each other out at once, over two instances, at most one is left', async () => {
  const laptop = visitor(house);
  const { username } = await laptop.signUp();
  await withAnother(house, {}, async (second) => {
    const phone = await alsoOn(house, username, { at: second });
    await Promise.all([laptop.token(), phone.token()]);
    const pages = await Promise.all([revokeOthers(laptop), revokeOthers(phone)]);
    for (const { status } of pages) expect([303, 403]).toContain(status);
    expect([await isIn(laptop), await isIn(phone)].filter(Boolean).length).toBeLessThanOrEqual(1);
  });
});
