import { expect, test } from '@jest/globals';
import { hours, minutes } from '../../../src/kernel/clock.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { joining, typeCode, wrongCode } from '../../support/joining.ts';
import { repeatedly, tally, together } from '../../support/many.ts';
import { forgot, resetsOf } from '../../support/recovering.ts';
import {
  budgetOf,
  grantsFor,
  holdingCode,
  joinedYesterday,
  linksTo,
  typeResetCode,
} from '../../support/resetting.ts';
import { copyOf, settled } from '../../support/security.ts';
import { newPerson, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** Five wrong codes in a run of their own; the sixth would be answered by its end. */
const fiveWrong = async (email: string) => {
  const { who, code } = await holdingCode(house, email, email);
  return repeatedly(5, (n) => typeResetCode(who, wrongCode(code, n + 1)));
};

test('an address bears ten wrong codes an hour over all sessions; then a right one costs no try, and helps nobody', async () => {
  const { username, email } = await joinedYesterday(house);
  await fiveWrong(email);
  await fiveWrong(email);
  const { who, code } = await holdingCode(house, email, email);
  const refused = await typeResetCode(who, code);
  expect([refused.status, refused.header('retry-after')]).toEqual([429, '3600']);
  expect(refused.html).toContain('There were too many wrong codes for this destination.');
  expect(refused.html).toContain('5 tries left');
  expect(tally((await resetsOf(house, email)).map(({ attempts }) => attempts))).toEqual({ 0: 1, 5: 2 });
  expect(await grantsFor(house, username)).toBe(0);
});

test('the hour of wrong codes slides', async () => {
  const { email } = await joinedYesterday(house);
  await fiveWrong(email);
  house.clock.pass(minutes(5));
  await fiveWrong(email);
  house.clock.pass(minutes(54));
  // Asked now, so that the code is alive when the first places come back.
  const { who, code } = await holdingCode(house, email, email);
  house.clock.pass(minutes(1) - 1);
  const early = await typeResetCode(who, code);
  expect([early.status, early.header('retry-after')]).toEqual([429, '1']);
  house.clock.pass(1);
  expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/new');
});

test('a day has twenty, to the millisecond', async () => {
  const { email } = await joinedYesterday(house);
  for (let round = 0; round < 2; round++) {
    await fiveWrong(email);
    await fiveWrong(email);
    house.clock.pass(hours(2));
  }
  expect((await budgetOf(house, email)).failures).toBe(20);
  house.clock.pass(hours(20) - minutes(1));
  const { who, code } = await holdingCode(house, email, email);
  house.clock.pass(minutes(1) - 1);
  const refused = await typeResetCode(who, code);
  expect([refused.status, refused.header('retry-after')]).toEqual([429, '1']);
  house.clock.pass(1);
  expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/new');
});

test('fifty wrong codes at once, over four sessions and two instances, take ten turns', async () => {
  await withAnother(house, {}, async (second) => {
    const { username, email } = await joinedYesterday(house);
    const held = await repeatedly(4, () => holdingCode(house, email, email));
    const twins = await Promise.all(
      held.map(async ({ who, code }) => {
        await who.get('/password/code');
        const twin = copyOf(second, who);
        await twin.get('/password/code');
        return { who: twin, code };
      }),
    );
    const all = [...held, ...twins];
    await together(50, (n) => typeResetCode(all[n % 8]!.who, wrongCode(all[n % 8]!.code, n + 1)));
    expect((await budgetOf(house, email)).failures).toBe(10);
    expect(await grantsFor(house, username)).toBe(0);
    await settled(house);
    expect(linksTo(house, email)).toHaveLength(1);
  });
});

test('joining and resetting share the wrong codes of an address', async () => {
  const email = String(newPerson().email);
  const { ann, code } = await joining(house, { email });
  await repeatedly(5, (n) => typeCode(ann, wrongCode(code, n + 1)));
  const ben = visitor(house);
  await forgot(ben, email);
  await repeatedly(5, () => typeResetCode(ben, '000000'));
  const joiner = await joining(house, { email });
  expect((await typeCode(joiner.ann, joiner.code)).status).toBe(429);
  const asker = visitor(house);
  await forgot(asker, email);
  expect((await typeResetCode(asker, '000000')).status).toBe(429);
});

test('the right code is not counted among the wrong ones', async () => {
  const { email } = await joinedYesterday(house);
  const { who, code } = await holdingCode(house, email, email);
  await typeResetCode(who, wrongCode(code));
  expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/new');
  expect((await budgetOf(house, email)).failures).toBe(1);
});

test('what was guessed is remembered when Redis forgets everything', async () => {
  const { email } = await joinedYesterday(house);
  await fiveWrong(email);
  await fiveWrong(email);
  await house.stores.redis.flushdb();
  const { who, code } = await holdingCode(house, email, email);
  expect((await typeResetCode(who, code)).status).toBe(429);
});
