import { expect, test } from '@jest/globals';
import { hours } from '../../../src/kernel/clock.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { joining, resend } from '../../support/joining.ts';
import { fillLimit } from '../../support/limits.ts';
import { repeatedly, statuses } from '../../support/many.ts';
import { type Page, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** Sixty sign-ups of one network within the hour, each by somebody else for an address of their own. */
const sixtyFrom = (ip: (n: number) => string): Promise<Page[]> =>
  repeatedly(60, async (n) => (await visitor(house, { ip: ip(n) }).startSignUp()).page);
const startFrom = async (ip: string): Promise<Page> => (await visitor(house, { ip }).startSignUp()).page;

test('a network gets sixty messages an hour, to whomever, resends included', async () => {
  const ip = '203.0.113.9';
  const { ann } = await joining(house, {}, visitor(house, { ip }));
  expect(statuses(await repeatedly(59, () => startFrom(ip)))).toEqual({ 303: 59 });
  const refused = await startFrom(ip);
  expect([refused.status, refused.header('retry-after')]).toEqual([429, '3600']);
  expect((await resend(ann)).status).toBe(429);
  expect((await startFrom('203.0.113.10')).status).toBe(303);

  house.clock.pass(hours(1) - 1);
  expect((await startFrom(ip)).header('retry-after')).toBe('1');
  house.clock.pass(1);
  expect((await startFrom(ip)).status).toBe(303);
});

test('one subscriber of IPv6 holds a /64, and is counted as one', async () => {
  const pages = await sixtyFrom((n) => `2001:db8:7:9:${n.toString(16)}::${(n * 7).toString(16)}`);
  expect(statuses(pages)).toEqual({ 303: 60 });
  expect((await startFrom('2001:db8:7:9::1')).status).toBe(429);
  expect((await startFrom('2001:0DB8:0007:0009:ffff:ffff:ffff:ffff')).status).toBe(429);
  expect((await startFrom('2001:db8:7:a::1')).status).toBe(303);
});

test('what was refused for another reason costs the network nothing', async () => {
  const ip = '203.0.113.77';
  const weak = await repeatedly(5, async () => {
    const { page } = await visitor(house, { ip }).startSignUp({ password: 'password' });
    return page;
  });
  expect(statuses(weak)).toEqual({ 422: 5 });
  expect(await house.stores.redis.exists(`limit:sends:${ip}`)).toBe(0);
});

test('forms are counted as well, so that nobody lists taken usernames quickly', async () => {
  const who = visitor(house, { ip: '203.0.113.88' });
  await fillLimit(house, 'sign-up:203.0.113.88', 118);
  const pages = await repeatedly(3, () => who.post('/sign-up', { username: 'x' }));
  expect(statuses(pages)).toEqual({ 422: 2, 429: 1 });
  expect(pages.at(-1)?.header('retry-after')).toBe('3600');
});
