import { expect, test } from '@jest/globals';
import { hours, minutes } from '../../../src/kernel/clock.ts';
import { browserWith, deviceIn, member, right, strangersFail, wrong } from '../../support/devices.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { type Page, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const tryOn = (device: string, username: string, password = wrong): Promise<Page> =>
  browserWith(house, device).signIn(username, password);

test('a known device has five wrong passwords of its own, then waits one, five, fifteen and sixty minutes', async () => {
  const { username, device } = await member(house);
  expect(statuses(await repeatedly(5, () => tryOn(device, username)))).toEqual({ 422: 5 });
  for (const wait of [1, 5, 15, 60, 60]) {
    const refused = await tryOn(device, username, right);
    expect([refused.status, refused.header('retry-after')]).toEqual([429, String(wait * 60)]);
    house.clock.pass(minutes(wait) - 1);
    expect((await tryOn(device, username, right)).header('retry-after')).toBe('1');
    house.clock.pass(1);
    expect((await tryOn(device, username)).status).toBe(422);
  }
});

test('of fifty at once exactly five are looked at, over two instances', async () => {
  const { username, device } = await member(house);
  await withAnother(house, {}, async (second) => {
    const browsers = await together(50, async (n) => {
      const who = browserWith(n % 2 ? house : second, device);
      await who.token();
      return who;
    });
    const pages = await Promise.all(browsers.map((who) => who.signIn(username, wrong)));
    expect(statuses(pages)).toEqual({ 422: 5, 429: 45 });
  });
});

test('all names of a person share the device’s tries', async () => {
  const { username, email, device } = await member(house);
  await repeatedly(3, () => tryOn(device, username));
  await repeatedly(2, () => tryOn(device, email.toUpperCase()));
  for (const identifier of [username, email])
    expect((await tryOn(device, identifier, right)).status).toBe(429);
});

test('it locks neither strangers nor another device of the same person', async () => {
  const { username, device } = await member(house);
  const phone = visitor(house);
  await phone.signIn(username, right);
  await repeatedly(6, () => tryOn(device, username));
  expect((await tryOn(device, username, right)).status).toBe(429);
  expect((await tryOn(deviceIn(phone), username, right)).redirectedTo).toBe('/profile');
  expect(statuses(await strangersFail(house, username))).toEqual({ 422: 5 });
});

test('nor does it count against its network', async () => {
  const { username, device } = await member(house);
  const ip = '203.0.113.90';
  await repeatedly(5, () => browserWith(house, device, { ip }).signIn(username, wrong));
  expect(await house.stores.redis.zcard(`limit:failed-sign-ins:${ip}`)).toBe(0);
});

test('a success clears what was counted, also when the cookie was renewed by it', async () => {
  const { username, device } = await member(house);
  await repeatedly(4, () => tryOn(device, username));
  const ann = browserWith(house, device);
  expect((await ann.signIn(username, right)).redirectedTo).toBe('/profile');
  expect(statuses(await repeatedly(5, () => tryOn(deviceIn(ann), username)))).toEqual({ 422: 5 });
  // The older cookie is the same device: keeping it gives no second budget.
  expect((await tryOn(device, username, right)).status).toBe(429);
});

test('failures of a device are forgotten after a day without any', async () => {
  const { username, device } = await member(house);
  await repeatedly(4, () => tryOn(device, username));
  house.clock.pass(hours(24) - 1);
  await tryOn(device, username);
  expect((await tryOn(device, username)).status).toBe(429);
  house.clock.pass(hours(24));
  expect(statuses(await repeatedly(5, () => tryOn(device, username)))).toEqual({ 422: 5 });
});
