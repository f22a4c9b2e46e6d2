import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { browserWith, member, right, wrong } from '../../support/devices.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { fillLimit, throttleKey } from '../../support/limits.ts';
import { statuses, together } from '../../support/many.ts';
import { visitor, type Visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const { redis } = house.stores;
const counted = (): Promise<number> => redis.zcard('limit:sign-in-strangers');
const strangersFailed = async (count: number): Promise<void> => {
  house.clock.pass(minutes(10));
  await redis.del('limit:sign-in-strangers');
  await fillLimit(house, 'sign-in-strangers', count);
};
/** So many browsers that hold a form, each in a network of its own unless told otherwise. */
const browsers = (count: number, ip?: string, at = house): Promise<Visitor[]> =>
  together(count, async () => {
    const who = visitor(at, ip ? { ip } : {});
    await who.token();
    return who;
  });

test('a stranger’s mistake takes a place, a success gives it back, and a known device never had one', async () => {
  await strangersFailed(10);
  const { username, device } = await member(house);
  await visitor(house).signIn(username, right);
  expect(await counted()).toBe(10);
  await visitor(house).signIn(username, wrong);
  expect(await counted()).toBe(11);
  await browserWith(house, device).signIn(username, wrong);
  await browserWith(house, device).signIn(username, right);
  expect(await counted()).toBe(11);
});

test('a try that a wait refused takes no place', async () => {
  await strangersFailed(10);
  const name = 'much_tried';
  for (let n = 0; n < 8; n++) await visitor(house).signIn(name, wrong);
  expect(await counted()).toBe(15);
});

test('nor does one that found the hash queue full', async () => {
  await strangersFailed(1_000);
  const full = { replaced: { hashQueue: { concurrency: 0, waiting: 0 } } };
  const ip = '198.51.100.7';
  await withAnother(house, full, async (crowded) => {
    for (let n = 0; n < 3; n++)
      expect((await visitor(crowded, { ip }).signIn('patient', right)).status).toBe(503);
  });
  expect((await visitor(house, { ip }).signIn('patient', wrong)).status).toBe(422);
  expect(await redis.hget(throttleKey('username:patient'), 'failures')).toBe('1');
});

test('while it is raised, a success frees its address as well', async () => {
  await strangersFailed(1_000);
  const { username } = await member(house);
  const ip = '198.51.100.8';
  for (let n = 0; n < 3; n++)
    expect((await visitor(house, { ip }).signIn(username, right)).redirectedTo).toBe('/profile');
  expect((await visitor(house, { ip }).signIn('somebody_else', wrong)).status).toBe(422);
});

test('of fifty at once, over two instances, it counts no more than its thousand', async () => {
  await strangersFailed(980);
  await withAnother(house, {}, async (second) => {
    const crowd = [...(await browsers(25)), ...(await browsers(25, undefined, second))];
    const pages = await Promise.all(crowd.map((who, n) => who.signIn(`crowd_${n}`, wrong)));
    expect(statuses(pages)).toEqual({ 422: 50 });
  });
  expect(await counted()).toBe(1_000);
});

test('of fifty at once on one name, one is looked at, and the others’ addresses do not wait for it', async () => {
  await strangersFailed(1_000);
  const crowd = await browsers(50);
  const pages = await Promise.all(crowd.map((who) => who.signIn('one_target', wrong)));
  expect(statuses(pages)).toEqual({ 422: 1, 429: 49 });
  const refused = crowd.filter((_, n) => pages[n]!.status === 429).slice(0, 5);
  const later = await Promise.all(refused.map((who, n) => who.signIn(`elsewhere_${n}`, wrong)));
  expect(statuses(later)).toEqual({ 422: 5 });
});

test('of fifty at once from one address, one is looked at, and the others’ names do not wait for it', async () => {
  await strangersFailed(1_000);
  const ip = '198.51.100.9';
  const crowd = await browsers(50, ip);
  const pages = await Promise.all(crowd.map((who, n) => who.signIn(`of_many_${n}`, wrong)));
  expect(statuses(pages)).toEqual({ 422: 1, 429: 49 });
  expect(await redis.zcard(`limit:failed-sign-ins:${ip}`)).toBe(1);
  const spared = pages.flatMap((page, n) => (page.status === 429 ? [`of_many_${n}`] : [])).slice(0, 5);
  const later = await Promise.all(spared.map((name) => visitor(house).signIn(name, wrong)));
  expect(statuses(later)).toEqual({ 422: 5 });
});
