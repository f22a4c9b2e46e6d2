import { expect, test } from '@jest/globals';
import { hours, minutes } from '../../../src/kernel/clock.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, newMobile } from '../../support/joining.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { forgot } from '../../support/recovering.ts';
import { askOften, codesTo, holdingCode, joinedYesterday, resendReset } from '../../support/resetting.ts';
import { settled } from '../../support/security.ts';
import { faultsIn, newPerson, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

const ask = (identifier: string) => forgot(visitor(house), identifier);
const signUpWith = async (email: string) => (await visitor(house).startSignUp({ email })).page;

test('an address gets five codes an hour, however many people ask from wherever', async () => {
  const { email } = await joinedYesterday(house);
  expect(statuses(await askOften(house, email, 5))).toEqual({ 303: 5 });
  const sixth = await ask(email);
  expect([sixth.status, sixth.header('retry-after')]).toEqual([429, '3600']);
  expect(faultsIn(sixth.html).identifier).toContain('look for our message with a link');
  expect((await ask(email.toUpperCase())).status).toBe(429);
  expect(await ask('nobody.else@example.com')).toMatchObject({ status: 303 });
});

test('so does a number, in any spelling that says its country', async () => {
  const mobile = newMobile();
  await joinedYesterday(house, byMobile(mobile));
  await askOften(house, mobile, 5);
  const sixth = await ask(`0049 ${mobile.slice(3)}`);
  expect([sixth.status, sixth.header('retry-after')]).toEqual([429, '3600']);
});

test('resends count too', async () => {
  const { email } = await joinedYesterday(house);
  const { who } = await holdingCode(house, email, email);
  await askOften(house, email, 3);
  expect((await resendReset(who)).redirectedTo).toBe('/password/code');
  const refused = await resendReset(who);
  expect([refused.status, refused.header('retry-after')]).toEqual([429, '3600']);
  expect(refused.html).toContain('You can send another code in 1 hour.');
});

test('the hour slides: each code gives its place back an hour after it was sent', async () => {
  const { email } = await joinedYesterday(house);
  for (let n = 0; n < 5; n++) {
    await ask(email);
    house.clock.pass(minutes(5));
  }
  house.clock.pass(minutes(35) - 1);
  const early = await ask(email);
  expect([early.status, early.header('retry-after')]).toEqual([429, '1']);
  house.clock.pass(1);
  expect((await ask(email)).status).toBe(303);
  const next = await ask(email);
  expect([next.status, next.header('retry-after')]).toEqual([429, '300']);
});

test('a day has ten, and slides as well', async () => {
  const { email } = await joinedYesterday(house);
  await askOften(house, email, 5);
  house.clock.pass(hours(2));
  await askOften(house, email, 5);
  house.clock.pass(hours(22) - 1);
  const early = await ask(email);
  expect([early.status, early.header('retry-after')]).toEqual([429, '1']);
  house.clock.pass(1);
  expect(statuses(await askOften(house, email, 5))).toEqual({ 303: 5 });
  expect((await ask(email)).status).toBe(429);
});

test('of fifty who ask at once, over two instances, five are served', async () => {
  await withAnother(house, { jobs: true }, async (second) => {
    const { email } = await joinedYesterday(house);
    const before = codesTo(house, email).length;
    const askers = await together(50, async (n) => {
      const who = visitor(n % 2 ? second : house);
      await who.token();
      return who;
    });
    const pages = await Promise.all(askers.map((who) => forgot(who, email)));
    expect(statuses(pages)).toEqual({ 303: 5, 429: 45 });
    await settled(house);
    expect(codesTo(house, email)).toHaveLength(before + 5);
  });
});

test.each([
  ['an address with an account', true],
  ['an address without one', false],
])('%s has one budget for joining and for a new password', async (_, known) => {
  const email = known ? (await joinedYesterday(house)).email : String(newPerson().email);
  expect(statuses(await repeatedly(3, () => signUpWith(email)))).toEqual({ 303: 3 });
  expect(statuses(await askOften(house, email, 2))).toEqual({ 303: 2 });
  expect([(await ask(email)).status, (await signUpWith(email)).status]).toEqual([429, 429]);
});

test('the spellings that Gmail delivers to one mailbox share it, whichever of them has the account', async () => {
  await joinedYesterday(house, { email: 'bea.lee@gmail.com' });
  await askOften(house, 'bea.lee@gmail.com', 2);
  await askOften(house, 'bealee+1@googlemail.com', 3);
  expect(statuses([await ask('bea.lee@gmail.com'), await ask('b.ealee@gmail.com')])).toEqual({ 429: 2 });
});

test('the budget outlives everything that Redis knew, and a refused press costs its network nothing', async () => {
  const { email } = await joinedYesterday(house);
  await askOften(house, email, 5);
  await house.stores.redis.flushdb();
  const ip = '198.51.100.7';
  const pages = await repeatedly(3, () => forgot(visitor(house, { ip }), email));
  expect(statuses(pages)).toEqual({ 429: 3 });
  expect(await house.stores.redis.zcard(`limit:sends:${ip}`)).toBe(0);
});
