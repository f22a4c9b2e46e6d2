import { expect, test } from '@jest/globals';
import { hours, minutes } from '../../../src/kernel/clock.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { statuses, together } from '../../support/many.ts';
import { forgot } from '../../support/recovering.ts';
import {
  askOften,
  codesTo,
  joinedYesterday,
  leftFor,
  linksTo,
  resendReset,
} from '../../support/resetting.ts';
import { settled } from '../../support/security.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** How many codes have left for an address since `before` of them had. */
const codesSince = async (to: string, before: number): Promise<number> =>
  (await leftFor(house, to)).codes - before;

test('both together, at once and over two instances, send five codes and one link', async () => {
  await withAnother(house, { jobs: true }, async (second) => {
    const { username, email } = await joinedYesterday(house);
    const before = codesTo(house, email).length;
    const askers = await together(50, async (n) => {
      const who = visitor(n % 2 ? second : house);
      await who.token();
      return who;
    });
    const pages = await Promise.all(askers.map((who, n) => forgot(who, n % 4 < 2 ? username : email)));
    expect(statuses(pages)).toEqual({ 303: 10, 429: 40 });
    expect(await codesSince(email, before)).toBe(5);
    expect(linksTo(house, email)).toHaveLength(1);
  });
});

test('the day is shared in the same way', async () => {
  const { username, email } = await joinedYesterday(house);
  const before = codesTo(house, email).length;
  for (const identifier of [username, email]) {
    await askOften(house, identifier, 5);
    await settled(house);
    house.clock.pass(hours(2));
  }
  expect(await codesSince(email, before)).toBe(10);
  for (const identifier of [username, email])
    expect(statuses(await askOften(house, identifier, 5))).toEqual({ 303: 5 });
  expect(await codesSince(email, before)).toBe(10);
  for (const identifier of [username, email])
    expect((await forgot(visitor(house), identifier)).status).toBe(429);
});

test('the silence ends to the millisecond, for a new run and for one that goes on', async () => {
  const { username, email } = await joinedYesterday(house);
  await askOften(house, username, 5);
  house.clock.pass(minutes(40));
  const before = codesTo(house, email).length;
  const who = visitor(house);
  await forgot(who, email);
  house.clock.pass(minutes(20) - 1);
  expect((await resendReset(who)).redirectedTo).toBe('/password/code');
  expect(await codesSince(email, before)).toBe(0);
  house.clock.pass(1);
  expect((await forgot(visitor(house), email)).redirectedTo).toBe('/password/code');
  expect(await codesSince(email, before)).toBe(1);
  house.clock.pass(minutes(2));
  expect((await resendReset(who)).redirectedTo).toBe('/password/code');
  expect(await codesSince(email, before)).toBe(2);
});
