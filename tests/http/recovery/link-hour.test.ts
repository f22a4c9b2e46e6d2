import { afterEach, expect, test } from '@jest/globals';
import { hours } from '../../../src/kernel/clock.ts';
import { DeliveryRefused } from '../../../src/platform/delivery.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { newMobile } from '../../support/joining.ts';
import { statuses, together } from '../../support/many.ts';
import { forgot } from '../../support/recovering.ts';
import { alsoReachedBy, askOften, joinedYesterday, leftFor, linksTo } from '../../support/resetting.ts';
import { settled } from '../../support/security.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile({ replaced: { deliveryRetry: { tries: 2, backoff: 10 } } });
afterEach(() => {
  house.outbox.failure = null;
});

/** How many links have left for an address. */
const links = async (to: string): Promise<number> => (await leftFor(house, to)).links;

test('fifty presses at once, over two instances, send one link', async () => {
  await withAnother(house, { jobs: true }, async (second) => {
    const { email } = await joinedYesterday(house);
    await askOften(house, email, 5);
    const askers = await together(50, async (n) => {
      const who = visitor(n % 2 ? second : house);
      await who.token();
      return who;
    });
    expect(statuses(await Promise.all(askers.map((who) => forgot(who, email))))).toEqual({ 429: 50 });
    expect(await links(email)).toBe(1);
    const rows = await house.stores.sql(
      `SELECT FROM "SecurityEvent" e JOIN "User" u ON u."id" = e."userId"
       WHERE u."emailKey" = $1 AND e."kind" = 'reset_link_sent'`,
      [email],
    );
    expect(rows).toHaveLength(1);
  });
});

test('the next one leaves an hour after the first, and not a millisecond earlier', async () => {
  const { email } = await joinedYesterday(house);
  await askOften(house, email, 6);
  expect(await links(email)).toBe(1);
  house.clock.pass(hours(1) - 1);
  expect((await forgot(visitor(house), email)).status).toBe(429);
  expect(await links(email)).toBe(1);
  house.clock.pass(1);
  // The hour has its codes again, the day none after these.
  expect(statuses(await askOften(house, email, 6))).toEqual({ 303: 5, 429: 1 });
  expect(await links(email)).toBe(2);
  const [first, second] = linksTo(house, email);
  expect(first).not.toBe(second);
  expect((await visitor(house).get(second!)).status).toBe(200);
  expect((await visitor(house).get(first!)).redirectedTo).toBe('/password/forgot');
});

test('however its owner was asked for, it is one an hour', async () => {
  const { username, email } = await joinedYesterday(house);
  const phone = newMobile();
  await alsoReachedBy(house, username, { phone });
  for (const identifier of [email, username, phone, `0${phone.slice(3)}`])
    await askOften(house, identifier, 6);
  expect((await links(email)) + (await links(phone))).toBe(1);
});

test('one that could not be delivered takes up no hour', async () => {
  const { email } = await joinedYesterday(house);
  await askOften(house, email, 5);
  await settled(house);
  for (const failure of [new DeliveryRefused('smtp 550'), new Error('connect ECONNREFUSED')]) {
    house.outbox.failure = () => failure;
    await forgot(visitor(house), email);
    expect(await links(email)).toBe(0);
  }
  house.outbox.failure = null;
  await forgot(visitor(house), email);
  expect(await links(email)).toBe(1);
  await forgot(visitor(house), email);
  expect(await links(email)).toBe(1);
  expect((await visitor(house).get(linksTo(house, email)[0]!)).status).toBe(200);
});
