import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { type Page, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const right = 'lantern-tandem-42';
const wrong = 'lantern-tandem-43';

let names = 0;
/** Each try is for somebody else. */
const tryFrom = (ip: string, name = `stranger_${++names}`, password = wrong): Promise<Page> =>
  visitor(house, { ip }).signIn(name, password);

test('a network has thirty wrong passwords in ten minutes, for whomever', async () => {
  const ip = '203.0.113.20';
  expect(statuses(await repeatedly(30, () => tryFrom(ip)))).toEqual({ 422: 30 });
  const refused = await tryFrom(ip);
  expect([refused.status, refused.header('retry-after')]).toEqual([429, '600']);
  expect((await tryFrom('203.0.113.21')).status).toBe(422);
  house.clock.pass(minutes(10) - 1);
  expect((await tryFrom(ip)).header('retry-after')).toBe('1');
  house.clock.pass(1);
  expect((await tryFrom(ip)).status).toBe(422);
});

test('of fifty at once, thirty are looked at', async () => {
  const ip = '203.0.113.30';
  const visitors = await together(50, async () => {
    const who = visitor(house, { ip });
    await who.token();
    return who;
  });
  const pages = await Promise.all(visitors.map((who, n) => who.signIn(`someone_${n}`, wrong)));
  expect(statuses(pages)).toEqual({ 422: 30, 429: 20 });
});

test('a success counts nothing, and forgives the network nothing', async () => {
  const ip = '203.0.113.40';
  const { username } = await visitor(house).signUp();
  await repeatedly(29, () => tryFrom(ip));
  for (let n = 0; n < 3; n++) expect((await tryFrom(ip, username, right)).redirectedTo).toBe('/profile');
  expect((await tryFrom(ip)).status).toBe(422);
  expect((await tryFrom(ip, username, right)).status).toBe(429);
});

test('a try that one identifier’s wait refused is not counted against the network', async () => {
  const ip = '203.0.113.50';
  await repeatedly(5, () => tryFrom(ip, 'one_name'));
  expect(statuses(await repeatedly(10, () => tryFrom(ip, 'one_name')))).toEqual({ 429: 10 });
  expect(await house.stores.redis.zcard(`limit:failed-sign-ins:${ip}`)).toBe(5);
});

test('a whole /64 of IPv6 is one network', async () => {
  const pages = await repeatedly(31, (n) => tryFrom(`2001:db8:1:2:${n + 1}::${n + 1}`));
  expect(statuses(pages)).toEqual({ 422: 30, 429: 1 });
  expect((await tryFrom('2001:db8:1:3::1')).status).toBe(422);
});
