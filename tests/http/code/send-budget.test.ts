import { expect, test } from '@jest/globals';
import { hours, minutes } from '../../../src/kernel/clock.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { joining, resend } from '../../support/joining.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { type Page, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

let addresses = 0;
const newAddress = (): string => `budget${++addresses}@example.com`;
/** Somebody new, from another place each time, names the same address. */
const start = async (email: string): Promise<Page> => (await visitor(house).startSignUp({ email })).page;

test('an address gets five messages an hour, however many people ask from wherever', async () => {
  const email = newAddress();
  expect(statuses(await repeatedly(5, () => start(email)))).toEqual({ 303: 5 });
  const sixth = await start(email);
  expect([sixth.status, sixth.header('retry-after')]).toEqual([429, '3600']);
  expect(sixth.html).toContain('Too many codes were sent to this address');
  expect(await start(newAddress())).toMatchObject({ status: 303 });
});

test('other spellings of an address share its budget', async () => {
  const email = newAddress();
  await repeatedly(5, () => start(email));
  expect((await start(email.toUpperCase())).status).toBe(429);
});

test('the hour slides: each message gives its place back an hour after it was sent', async () => {
  const email = newAddress();
  for (let n = 0; n < 5; n++) {
    await start(email);
    house.clock.pass(minutes(5));
  }
  house.clock.pass(minutes(35) - 1);
  const early = await start(email);
  expect([early.status, early.header('retry-after')]).toEqual([429, '1']);
  house.clock.pass(1);
  expect((await start(email)).status).toBe(303);
  const next = await start(email);
  expect([next.status, next.header('retry-after')]).toEqual([429, '300']);
});

test('resends count too, and the page says how long to wait', async () => {
  const { ann, to } = await joining(house);
  await repeatedly(3, () => start(to));
  expect((await resend(ann)).status).toBe(303);
  const refused = await resend(ann);
  expect([refused.status, refused.header('retry-after')]).toEqual([429, '3600']);
  expect(refused.html).toContain('You can send another code in 1 hour.');
});

test('a day has ten messages, and slides as well', async () => {
  const email = newAddress();
  await repeatedly(5, () => start(email));
  house.clock.pass(hours(2));
  await repeatedly(5, () => start(email));
  house.clock.pass(hours(22) - 1);
  const early = await start(email);
  expect([early.status, early.header('retry-after')]).toEqual([429, '1']);
  house.clock.pass(1);
  expect(statuses(await repeatedly(5, () => start(email)))).toEqual({ 303: 5 });
  expect((await start(email)).status).toBe(429);
});

test('of fifty who ask at once, five are served', async () => {
  const email = newAddress();
  const visitors = await together(50, async () => {
    const who = visitor(house);
    await who.token();
    return who;
  });
  const pages = await Promise.all(visitors.map(async (who) => (await who.startSignUp({ email })).page));
  expect(statuses(pages)).toEqual({ 303: 5, 429: 45 });
});

test('the budget outlives everything that Redis knew', async () => {
  const email = newAddress();
  await repeatedly(5, () => start(email));
  await house.stores.redis.flushdb();
  expect((await start(email)).status).toBe(429);
});

test('a refused send costs the network of the asker nothing', async () => {
  const [email, ip] = [newAddress(), '198.51.100.7'];
  await repeatedly(5, () => start(email));
  const asks = await repeatedly(3, async () => (await visitor(house, { ip }).startSignUp({ email })).page);
  expect(statuses(asks)).toEqual({ 429: 3 });
  expect(await house.stores.redis.zcard(`limit:sends:${ip}`)).toBe(0);
});

test('the spellings that Gmail delivers to one mailbox share its budget; elsewhere a plus is another mailbox', async () => {
  const gmail = [
    'bea.lee@gmail.com',
    'bealee@gmail.com',
    'b.e.a.lee@googlemail.com',
    'bealee+1@gmail.com',
    'bea.lee+2@gmail.com',
  ];
  for (const email of gmail) expect((await start(email)).status).toBe(303);
  expect((await start('beal.ee+3@googlemail.com')).status).toBe(429);
  for (let n = 0; n < 6; n++) expect((await start(`bealee+${n}@example.org`)).status).toBe(303);
});
