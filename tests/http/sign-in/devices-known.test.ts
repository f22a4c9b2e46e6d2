import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import {
  browserWith,
  deviceIn,
  isKnown,
  member,
  right,
  strangersFail,
  wrong,
} from '../../support/devices.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { throttleKey } from '../../support/limits.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { another, granted, setPassword } from '../../support/recovering.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test('strangers’ wrong passwords do not lock the device that a person joined on, nor one signed in on later', async () => {
  const { username, device } = await member(house);
  const phone = visitor(house);
  await phone.signIn(username, right);
  expect(await isKnown(house, device, username)).toBe(true);
  expect(await isKnown(house, deviceIn(phone), username)).toBe(true);
});

test('not even fifty at once do', async () => {
  const { username, device } = await member(house);
  const strangers = await together(50, async () => {
    const who = visitor(house);
    await who.token();
    return who;
  });
  const owner = browserWith(house, device);
  await owner.token();
  const [mine, ...theirs] = await Promise.all(
    [owner, ...strangers].map((who) => who.signIn(username, who === owner ? right : wrong)),
  );
  expect(statuses(theirs)).toEqual({ 422: 5, 429: 45 });
  expect(mine?.redirectedTo).toBe('/profile');
  expect(await isKnown(house, device, username)).toBe(true);
});

test('not even when the identifier waits for an hour, by whichever name it was tried', async () => {
  const { username, email, device } = await member(house);
  for (const identifier of [username, email]) {
    await strangersFail(house, identifier);
    for (const wait of [1, 5, 15]) {
      house.clock.pass(minutes(wait));
      await strangersFail(house, identifier, 1);
    }
    const stranger = await visitor(house).signIn(identifier, right);
    expect([stranger.status, stranger.header('retry-after')]).toEqual([429, '3600']);
    expect((await browserWith(house, device).signIn(identifier, right)).redirectedTo).toBe('/profile');
  }
});

test('not even when the owner’s own network has no tries left', async () => {
  const { username, device } = await member(house);
  const ip = '203.0.113.70';
  expect(
    statuses(await repeatedly(30, (n) => visitor(house, { ip }).signIn(`neighbour_${n}`, wrong))),
  ).toEqual({
    422: 30,
  });
  expect((await visitor(house, { ip }).signIn(username, right)).status).toBe(429);
  const owner = browserWith(house, device, { ip });
  expect((await owner.signIn(username, wrong)).status).toBe(422);
  expect((await owner.signIn(username, right)).redirectedTo).toBe('/profile');
});

test('a known device is known at every instance', async () => {
  const { username, device } = await member(house);
  await withAnother(house, {}, async (second) => {
    expect(await isKnown(second, device, username)).toBe(true);
  });
});

test('who set a new password by a code comes in with it at once, whatever strangers do', async () => {
  const { username, email } = await member(house);
  await strangersFail(house, username);
  const ann = await granted(house, username, email);
  await setPassword(ann, another);
  expect((await visitor(house).signIn(username, another)).status).toBe(429);
  expect((await ann.signIn(username, another)).redirectedTo).toBe('/profile');
});

test('a known device’s success does not clear what strangers have counted', async () => {
  const { username, device } = await member(house);
  const counted = () => house.stores.redis.hget(throttleKey(`username:${username}`), 'failures');
  await strangersFail(house, username, 4);
  expect((await browserWith(house, device).signIn(username, right)).redirectedTo).toBe('/profile');
  expect(await counted()).toBe('4');
  await strangersFail(house, username, 1);
  expect((await browserWith(house, device).signIn(username, right)).redirectedTo).toBe('/profile');
  const stranger = await visitor(house).signIn(username, right);
  expect([stranger.status, stranger.header('retry-after')]).toEqual([429, '60']);
});

test('a stranger’s success excuses no other failure of its network', async () => {
  const { username } = await member(house);
  const ip = '203.0.113.80';
  const fail = (n: number) => visitor(house, { ip }).signIn(`somebody_${n}`, wrong);
  expect(statuses(await repeatedly(29, fail))).toEqual({ 422: 29 });
  expect((await visitor(house, { ip }).signIn(username, right)).redirectedTo).toBe('/profile');
  expect((await fail(29)).status).toBe(422);
  expect((await fail(30)).status).toBe(429);
  expect(await house.stores.redis.zcard(`limit:failed-sign-ins:${ip}`)).toBe(30);
});
