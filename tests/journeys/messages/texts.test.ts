import { afterEach, expect, test } from '@jest/globals';
import { createSendLimits } from '../../../src/features/auth/codes/send-limits.ts';
import { days, hours, minutes } from '../../../src/kernel/clock.ts';
import { DeliveryDeferred } from '../../../src/platform/messages/delivery.ts';
import { createLimits } from '../../../src/platform/limits/limits.ts';
import { changeEmail, changeMobile, undoIn } from '../../support/contacts.ts';
import { right } from '../../support/devices.ts';
import { type TestHouse, houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, forgetBudgets, newMobile } from '../../support/joining.ts';
import { fillLimit } from '../../support/limits.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { another, forgot } from '../../support/recovering.ts';
import { askOften, codesTo, linksTo } from '../../support/resetting.ts';
import { settled } from '../../support/security.ts';
import { type Page, type Visitor, visitor } from '../../support/visitor.ts';
import { endWaiting, waitsOf } from '../../support/waiting.ts';

const house = await houseOfThisFile({ replaced: { retry: { tries: 2, backoff: 10 } } });
const { redis } = house.stores;
afterEach(async () => {
  house.outbox.failure = null;
  await endWaiting(house, 'security');
  house.clock.pass(days(4));
  await endWaiting(house, 'security');
});

/** Somebody who is reached by text only, and what was texted to them since. */
async function phoned(who = visitor(house)) {
  const mobile = newMobile();
  const { username } = await who.signUp(byMobile(mobile));
  await settled(house);
  const before = house.outbox.to(mobile).length;
  const texts = async (): Promise<string[]> => {
    await settled(house);
    return house.outbox
      .to(mobile)
      .slice(before)
      .map(({ text }) => text);
  };
  return { who, username, mobile, texts };
}
/** A thief who knows the password, at another instance of the site. */
async function thiefAt(other: TestHouse, username: string): Promise<Visitor> {
  const thief = visitor(other);
  expect((await thief.signIn(username, right)).redirectedTo).toBe('/people');
  return thief;
}
function changePassword(who: Visitor, from: string, to: string): Promise<Page> {
  return who.post('/settings/password', { currentPassword: from, password: to, passwordConfirmation: to });
}
/** Everything that strangers can fill without a number of the victim's. */
async function fillReserves(): Promise<void> {
  for (const reserve of ['sms-country', 'sms-named-country', 'sms-news-country'])
    await fillLimit(house, `${reserve}:DE`, 1_000);
  for (const reserve of ['sms-everywhere', 'sms-named-everywhere', 'sms-news-everywhere'])
    await fillLimit(house, reserve, 10_000);
}
function counted(limit: string): Promise<number> {
  return redis.zcard(`limit:${limit}`);
}

test('a stranger with usernames fills the reserve of names, and no other', async () => {
  const people = await repeatedly(3, () => phoned());
  await forgetBudgets(house);
  const news = await counted('sms-news-country:DE');
  const codes = await counted('sms-country:DE');
  for (const { username } of people) expect(statuses(await askOften(house, username, 5))).toEqual({ 303: 5 });
  await settled(house);
  expect(await counted('sms-named-country:DE')).toBe(15);
  expect([await counted('sms-news-country:DE'), await counted('sms-country:DE')]).toEqual([news, codes]);
});

test('with every reserve full, a thief of a phone-only account is told of, each step with its way back', async () => {
  const { username, mobile, texts } = await phoned();
  await fillReserves();
  await withAnother(house, {}, async (other) => {
    const thief = await thiefAt(other, username);
    await changeEmail(house, thief);
    expect(await texts()).toEqual([expect.stringMatching(/email address added\..*\/contact\/undo\//s)]);
    await changePassword(thief, right, another);
    expect((await texts())[1]).toMatch(/new password for/);
    await thief.post('/settings/account/delete', { currentPassword: another });
    expect((await texts())[2]).toMatch(/will be deleted/);
    // What tells of a device only waits for its country's reserve, and is told of all the same.
    expect(await texts()).toHaveLength(3);
    expect((await waitsOf(house, 'security')).at(-1)).toBeGreaterThan(hours(23));
  });
  const owner = visitor(house);
  const undo = await undoIn(house, await settledTo(mobile));
  expect((await owner.get(undo)).status).toBe(200);
  house.clock.pass(days(1));
  await endWaiting(house, 'security');
  expect((await texts()).at(-1)).toMatch(/new sign-in/);
});
/** The number, with its sign-up code taken from the outbox already. */
async function settledTo(mobile: string): Promise<string> {
  await settled(house);
  return mobile;
}

test('with every reserve full, the owner gets a link: by number, and by username, once an hour', async () => {
  const { username, mobile } = await phoned();
  const codes = codesTo(house, mobile).length;
  await forgetBudgets(house);
  await fillReserves();
  expect((await forgot(visitor(house), username)).redirectedTo).toBe('/password/code');
  await settled(house);
  expect([codesTo(house, mobile).length, linksTo(house, mobile).length]).toEqual([codes, 1]);
  expect((await forgot(visitor(house), mobile)).status).toBe(429);
  await settled(house);
  expect(linksTo(house, mobile)).toHaveLength(1);
  house.clock.pass(hours(1));
  await fillReserves();
  expect((await forgot(visitor(house), mobile)).status).toBe(429);
  await settled(house);
  expect(linksTo(house, mobile)).toHaveLength(2);
  const owner = visitor(house);
  expect((await owner.post(linksTo(house, mobile)[1]!)).redirectedTo).toBe('/password/new');
});

test('a ring with accounts of its own: ten changes of a password a day each, ten texts, and nobody else’s reserve', async () => {
  const ring = await repeatedly(3, () => phoned());
  const news = await counted('sms-news-country:DE');
  for (const [n, { who, texts }] of ring.entries()) {
    const words = (i: number) => (i === 0 ? right : `river lantern copper ${i} voyage ${n}`);
    for (let i = 0; i < 10; i++)
      expect((await changePassword(who, words(i), words(i + 1))).redirectedTo).toBe('/settings/security');
    const refused = await changePassword(who, words(10), words(11));
    expect([refused.status, refused.header('retry-after')]).toEqual([429, '86400']);
    expect(await texts()).toHaveLength(10);
  }
  expect(await counted('sms-news-country:DE')).toBe(news);
  // Leaving and coming back tells of itself ten times a day at most, too.
  const [{ who, username, mobile }] = ring as [(typeof ring)[number]];
  await fillLimit(house, `sms-news:leaving:${mobile}`, 10);
  const last = 'river lantern copper 10 voyage 0';
  await who.post('/settings/account/delete', { currentPassword: last });
  expect(await waitsOf(house, 'security')).toEqual([days(1)]);
  expect((await visitor(house).signIn(username, last)).redirectedTo).toBe('/people');
  house.clock.pass(days(1));
  await endWaiting(house, 'security');
  // Nobody is told of a deletion that was taken back meanwhile.
  expect(house.outbox.to(mobile).filter(({ text }) => text.includes('will be deleted'))).toEqual([]);
});

test('the day of password changes slides; who changed nothing has used none; a reset is not counted', async () => {
  const ann = visitor(house);
  const { username, email } = await ann.signUp();
  const words = (i: number) => (i === 0 ? right : `meadow trumpet ${i} saddle`);
  for (let i = 0; i < 10; i++) {
    await changePassword(ann, words(i), words(i)); // the old one: refused
    expect((await changePassword(ann, words(i), words(i + 1))).status).toBe(303);
  }
  expect((await changePassword(ann, words(10), words(11))).status).toBe(429);
  const owner = visitor(house);
  await settled(house);
  await forgot(owner, username);
  await settled(house);
  await owner.post('/password/code', { code: codesTo(house, email).at(-1)! });
  expect(
    (await owner.post('/password/new', { password: another, passwordConfirmation: another })).redirectedTo,
  ).toBe('/login');
  house.clock.pass(days(1) - 1);
  const ben = visitor(house);
  await ben.signIn(username, another);
  expect((await changePassword(ben, another, words(12))).status).toBe(429);
  house.clock.pass(1);
  expect((await changePassword(ben, another, words(12))).redirectedTo).toBe('/settings/security');
});

test.each(['contact-changed', 'password-changed', 'new-device', 'leaving', 'contact-undone'])(
  'of fifty texts of %s at once to one number ten leave, and none of another kind is kept back by them',
  async (kind) => {
    const limits = createLimits(redis, house.clock);
    const texts = createSendLimits(true, ['DE']);
    const mobile = newMobile();
    const all = await together(50, () => limits.take(texts.forNews(mobile, kind)));
    expect(all.filter(({ ok }) => ok)).toHaveLength(10);
    expect(await limits.take(texts.forNews(mobile, 'another-kind'))).toMatchObject({ ok: true });
    expect(await limits.take(texts.forNews(newMobile(), kind))).toMatchObject({ ok: true });
    house.clock.pass(days(1) - 1);
    expect(await limits.take(texts.forNews(mobile, kind))).toMatchObject({ ok: false, waitMs: 1 });
    house.clock.pass(1);
    expect(await limits.take(texts.forNews(mobile, kind))).toMatchObject({ ok: true });
  },
);

test('an undo whose number is full waits until it has a place, and works then', async () => {
  const { who, mobile, texts } = await phoned();
  await fillLimit(house, `sms-news:contact-changed:${mobile}`, 10);
  await changeMobile(house, who);
  expect(await texts()).toEqual([]);
  expect(await waitsOf(house, 'security')).toEqual([days(1)]);
  // Too early: it waits on.
  house.clock.pass(hours(23));
  await endWaiting(house, 'security');
  expect(await waitsOf(house, 'security')).toEqual([hours(1)]);
  house.clock.pass(hours(1));
  await endWaiting(house, 'security');
  expect(await texts()).toEqual([expect.stringMatching(/mobile number changed/)]);
  const owner = visitor(house);
  const undo = await undoIn(house, mobile);
  await owner.get(undo);
  expect((await owner.post(undo)).status).toBe(303);
  expect(await waitsOf(house, 'security')).toEqual([]);
});

test.each([
  ['an outage of mail', () => new Error('connect ECONNREFUSED')],
  ['a mailbox that asks to wait', null],
] as const)('%s of hours keeps back no undo: it is tried while it is of use', async (_, failure) => {
  const late = visitor(house);
  const { email } = await late.signUp();
  const gone = visitor(house);
  const { email: never } = await gone.signUp();
  const of = (to: string) => house.outbox.to(to).filter(({ text }) => text.includes('/contact/undo/'));
  house.outbox.failure = (to) =>
    to === email || to === never ? (failure?.() ?? new DeliveryDeferred('smtp 452')) : null;
  await changeEmail(house, late);
  await changeEmail(house, gone);
  expect(await waitsOf(house, 'security')).toEqual([minutes(15), minutes(15)]);
  for (const hour of [2, 40, 29.5]) {
    house.clock.pass(hours(hour));
    await endWaiting(house, 'security');
    expect(await waitsOf(house, 'security')).toEqual([minutes(15), minutes(15)]);
  }
  house.outbox.failure = (to) => (to === never ? new Error('connect ECONNREFUSED') : null);
  await endWaiting(house, 'security');
  expect(of(email)).toHaveLength(1);
  const undo = /\/contact\/undo\/[\w-]{32}/.exec(of(email)[0]!.text)![0];
  const owner = visitor(house);
  await owner.get(undo);
  expect((await owner.post(undo)).status).toBe(303);
  // After 72 hours it opens nothing any more: it is not sent.
  house.clock.pass(minutes(30));
  await endWaiting(house, 'security');
  house.outbox.failure = null;
  await endWaiting(house, 'security');
  expect(of(never)).toEqual([]);
  expect(await waitsOf(house, 'security')).toEqual([]);
});
