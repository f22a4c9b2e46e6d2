import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { browserWith, member, right, wrong } from '../../support/devices.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { fillLimit } from '../../support/limits.ts';
import { repeatedly, statuses } from '../../support/many.ts';
import { type Page, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const ten = minutes(10);

let names = 0;
const fresh = (): string => `target_${++names}`;
const addresses = { used: 0 };
const freshIp = (): string => `198.51.${Math.floor(++addresses.used / 250)}.${(addresses.used % 250) + 1}`;
const tryOn = (identifier: string, ip = freshIp(), password = wrong): Promise<Page> =>
  visitor(house, { ip }).signIn(identifier, password);
const answer = (page: Page) => [page.status, page.header('retry-after')];
/** So many strangers' failures of this moment, and none from before. */
const strangersFailed = async (count: number): Promise<void> => {
  house.clock.pass(ten);
  await fillLimit(house, 'sign-in-strangers', count);
};

test('with 999 failures of strangers a mistake is free', async () => {
  await strangersFailed(999);
  const [name, ip] = [fresh(), freshIp()];
  expect((await tryOn(name, ip)).status).toBe(422);
  // That was the thousandth: it has begun no wait, but the next one does.
  expect((await tryOn(fresh(), ip)).status).toBe(422);
  expect(answer(await tryOn(fresh(), ip))).toEqual([429, '60']);
});

test('with 1,000 the second try on a name waits a minute, wherever it comes from', async () => {
  await strangersFailed(1_000);
  const { username } = await member(house);
  for (const name of [fresh(), username, 'nobody@example.com', '+4915120000009', '???']) {
    expect((await tryOn(name)).status).toBe(422);
    for (const password of [wrong, right])
      expect(answer(await tryOn(name, freshIp(), password))).toEqual([429, '60']);
  }
});

test('and the second try from an address waits a minute, whomever it is for', async () => {
  await strangersFailed(1_000);
  const { username } = await member(house);
  const ip = freshIp();
  expect((await tryOn(fresh(), ip)).status).toBe(422);
  for (const name of [fresh(), username]) expect(answer(await tryOn(name, ip, right))).toEqual([429, '60']);
  house.clock.pass(minutes(1) - 1);
  expect(answer(await tryOn(username, ip, right))).toEqual([429, '1']);
  house.clock.pass(1);
  expect((await tryOn(username, ip, right)).redirectedTo).toBe('/profile');
});

test.each(['name', 'address'])(
  'the waits of one %s grow: one, five, fifteen, sixty minutes',
  async (kind) => {
    const [name, ip] = [fresh(), freshIp()];
    const again = () => (kind === 'name' ? tryOn(name) : tryOn(fresh(), ip));
    await strangersFailed(1_000);
    for (const wait of [1, 5, 15, 60, 60]) {
      expect((await again()).status).toBe(422);
      expect(answer(await again())).toEqual([429, String(wait * 60)]);
      house.clock.pass(minutes(wait) - 1);
      await fillLimit(house, 'sign-in-strangers', 1_000);
      expect(answer(await again())).toEqual([429, '1']);
      house.clock.pass(1);
    }
  },
);

test('whoever knows the password comes in at the first try', async () => {
  await strangersFailed(1_000);
  const { username } = await member(house);
  expect((await tryOn(username, freshIp(), right)).redirectedTo).toBe('/profile');
});

test('known devices feel nothing, not even where strangers wait by name and by address', async () => {
  await strangersFailed(1_000);
  const { username, device } = await member(house);
  const ip = freshIp();
  await tryOn(username, ip);
  expect((await tryOn(username, ip, right)).status).toBe(429);
  const mine = (password: string) => browserWith(house, device, { ip }).signIn(username, password);
  expect(statuses(await repeatedly(4, () => mine(wrong)))).toEqual({ 422: 4 });
  expect((await mine(right)).redirectedTo).toBe('/profile');
});

test('after ten minutes it is over by itself', async () => {
  await strangersFailed(1_000);
  house.clock.pass(ten - 1);
  const [late, early] = [fresh(), fresh()];
  expect((await tryOn(late)).status).toBe(422);
  expect(answer(await tryOn(late))).toEqual([429, '60']);
  house.clock.pass(1);
  const ip = freshIp();
  expect(statuses(await repeatedly(5, () => tryOn(early, ip)))).toEqual({ 422: 5 });
});

test('two instances share what was counted and what is waited for', async () => {
  await strangersFailed(1_000);
  await withAnother(house, {}, async (second) => {
    const [name, ip] = [fresh(), freshIp()];
    expect((await visitor(second, { ip }).signIn(name, wrong)).status).toBe(422);
    expect(answer(await tryOn(name))).toEqual([429, '60']);
    expect(answer(await tryOn(fresh(), ip))).toEqual([429, '60']);
  });
});
