import { expect, test } from '@jest/globals';
import { hours, minutes, seconds } from '../../../src/kernel/clock.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, newMobile } from '../../support/joining.ts';
import { throttleKey } from '../../support/limits.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { type Page, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const right = 'lantern-tandem-42';
const wrong = 'lantern-tandem-43';
/** Each try comes from another session and another network. */
const tryOn = (identifier: string, password = wrong): Promise<Page> =>
  visitor(house).signIn(identifier, password);

test('five wrong passwords are free, then the waits are one, five, fifteen and sixty minutes', async () => {
  const { username } = await visitor(house).signUp();
  expect(statuses(await repeatedly(5, () => tryOn(username)))).toEqual({ 422: 5 });
  for (const wait of [1, 5, 15, 60, 60]) {
    const refused = await tryOn(username, right);
    expect([refused.status, refused.header('retry-after')]).toEqual([429, String(wait * 60)]);
    house.clock.pass(minutes(wait) - 1);
    const early = await tryOn(username, right);
    expect([early.status, early.header('retry-after')]).toEqual([429, '1']);
    house.clock.pass(1);
    expect((await tryOn(username)).status).toBe(422);
  }
});

test('the page says how long to wait, and the right password works after it', async () => {
  const { username } = await visitor(house).signUp();
  await repeatedly(5, () => tryOn(username));
  const page = await tryOn(username, right);
  expect(page.html).toContain('There were too many tries. Please wait 1 minute, then try again.');
  house.clock.pass(minutes(1));
  expect((await tryOn(username, right)).redirectedTo).toBe('/profile');
});

test('tries that are refused do not lengthen the wait', async () => {
  const { username } = await visitor(house).signUp();
  await repeatedly(5, () => tryOn(username));
  await repeatedly(20, () => tryOn(username));
  house.clock.pass(minutes(1));
  expect((await tryOn(username, right)).redirectedTo).toBe('/profile');
});

test('of fifty wrong passwords at once exactly five are looked at', async () => {
  const { username } = await visitor(house).signUp();
  const visitors = await together(50, async () => {
    const who = visitor(house);
    await who.token();
    return who;
  });
  const pages = await Promise.all(visitors.map((who) => who.signIn(username, wrong)));
  expect(statuses(pages)).toEqual({ 422: 5, 429: 45 });
  expect(await house.stores.redis.hget(throttleKey(`username:${username}`), 'failures')).toBe('5');
});

test('somebody unknown is throttled just the same', async () => {
  const pages = await repeatedly(7, () => tryOn('nobody_at_all'));
  expect(pages.map((page) => page.status)).toEqual([422, 422, 422, 422, 422, 429, 429]);
});

test('the throttle is the same at another instance and in another session', async () => {
  const { username } = await visitor(house).signUp();
  await repeatedly(5, () => tryOn(username));
  await withAnother(house, {}, async (second) => {
    expect((await visitor(second).signIn(username, right)).status).toBe(429);
  });
});

test('a success clears what was counted', async () => {
  const { username } = await visitor(house).signUp();
  await repeatedly(4, () => tryOn(username));
  expect((await tryOn(username, right)).redirectedTo).toBe('/profile');
  expect(statuses(await repeatedly(5, () => tryOn(username)))).toEqual({ 422: 5 });
  expect((await tryOn(username)).status).toBe(429);
});

test('failures are forgotten after a day without any', async () => {
  const { username } = await visitor(house).signUp();
  await repeatedly(4, () => tryOn(username));
  house.clock.pass(hours(24));
  expect(statuses(await repeatedly(5, () => tryOn(username)))).toEqual({ 422: 5 });
});

test('spellings of one identifier share one count', async () => {
  const { username, email } = await visitor(house).signUp();
  for (const [plain, other] of [
    [username, username.toUpperCase()],
    [email, email.toUpperCase()],
  ] as const) {
    await repeatedly(3, () => tryOn(plain));
    await repeatedly(2, () => tryOn(` ${other} `));
    expect((await tryOn(plain)).status).toBe(429);
  }
});

test('spellings of one number share one count, with its country and without', async () => {
  const mobile = newMobile();
  await visitor(house).signUp(byMobile(mobile));
  const national = mobile.slice(3);
  for (const spelling of [mobile, `0049${national}`, `0${national}`, `+49-${national}`, national])
    expect((await tryOn(spelling)).status).toBe(422);
  for (const spelling of [mobile, national, `(0${national.slice(0, 4)}) ${national.slice(4)}`])
    expect((await tryOn(spelling)).status).toBe(429);
});

test('one identifier’s failures are not another’s', async () => {
  const [ann, bob] = [await visitor(house).signUp(), await visitor(house).signUp()];
  await repeatedly(6, () => tryOn(ann.username));
  house.clock.pass(seconds(1));
  expect((await tryOn(bob.username, right)).redirectedTo).toBe('/profile');
});
