import { expect, test } from '@jest/globals';
import { browserWith, deviceIn, strangersFail } from '../../support/devices.ts';
import { whileEventsWait } from '../../support/held-events.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { newMobile } from '../../support/joining.ts';
import { memberRoutes } from '../../support/member-routes.ts';
import { repeatedly } from '../../support/many.ts';
import { another, setPassword } from '../../support/recovering.ts';
import { alsoReachedBy, holdingGrant, joinedYesterday } from '../../support/resetting.ts';
import { alsoOn, copyOf, isIn, sessionsSeenBy, sidOf } from '../../support/security.ts';
import { encodeForm, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test('every session ends by its next request, at both instances, remembered or not', async () => {
  await withAnother(house, {}, async (second) => {
    const { username, email } = await joinedYesterday(house);
    const owner = await holdingGrant(house, email, email);
    const open = await repeatedly(4, async (n) => {
      const who = await alsoOn(house, username, n < 2 ? { remember: 'on' } : {});
      return n % 2 ? who.at(second) : who;
    });
    for (const who of open) expect(await isIn(who)).toBe(true);
    expect((await setPassword(owner)).redirectedTo).toBe('/login');
    for (const who of open) {
      expect((await who.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
      expect(await isIn(who)).toBe(false);
    }
    expect((await visitor(second).signIn(username, another)).redirectedTo).toBe('/profile');
  });
});

test('even one that Redis still has, or gets back, opens no page and carries nothing out', async () => {
  const { username, email } = await joinedYesterday(house);
  const owner = await holdingGrant(house, email, email);
  const ann = await alsoOn(house, username);
  await ann.get('/settings/security');
  const _csrf = await ann.token();
  const key = `sess:${sidOf(ann)}`;
  const kept = (await house.stores.redis.get(key))!;
  expect((await setPassword(owner)).redirectedTo).toBe('/login');
  expect(await house.stores.redis.exists(key)).toBe(0);
  for (const { method, path, fields } of memberRoutes({ username, handle: 'x'.repeat(22) })) {
    await house.stores.redis.set(key, kept);
    const late = copyOf(house, ann);
    const body = method === 'post' ? encodeForm({ _csrf, ...fields }) : undefined;
    const page = await late.send(method, path, body);
    expect([path, page.status, page.redirectedTo?.split('?')[0]]).toEqual([path, 303, '/login']);
    expect((await late.get('/login')).html).toContain('You were signed out here.');
  }
});

test('nobody is signed in by it, and the first sign-in stands alone in the list', async () => {
  const { username, email } = await joinedYesterday(house);
  await repeatedly(2, () => alsoOn(house, username));
  const owner = await holdingGrant(house, email, email);
  await setPassword(owner);
  expect(await isIn(owner)).toBe(false);
  expect((await owner.signIn(username, another)).redirectedTo).toBe('/profile');
  expect(await sessionsSeenBy(owner)).toEqual([expect.objectContaining({ isThisOne: true })]);
});

test('the old password is worthless by every name', async () => {
  const { username, email, password } = await joinedYesterday(house);
  const phone = newMobile();
  await alsoReachedBy(house, username, { phone });
  await setPassword(await holdingGrant(house, email, email));
  for (const identifier of [username, email, phone])
    expect((await visitor(house).signIn(identifier, password)).status).toBe(422);
});

test('a sign-in that had checked the old password already does not survive', async () => {
  const { username, email, password } = await joinedYesterday(house);
  const owner = await holdingGrant(house, email, email);
  const thief = visitor(house);
  await thief.token();
  await whileEventsWait(house, 'signed_in_new_device', async ({ waiting, open }) => {
    const late = thief.signIn(username, password);
    await waiting();
    expect((await setPassword(owner)).redirectedTo).toBe('/login');
    await open();
    // It was right when it was checked; the session that it gets is dead at its first request.
    expect((await late).redirectedTo).toBe('/profile');
  });
  expect(await isIn(thief)).toBe(false);
  // Nor has it made a known device of the thief's.
  await strangersFail(house, username);
  expect((await browserWith(house, deviceIn(thief)).signIn(username, another)).status).toBe(429);
});
