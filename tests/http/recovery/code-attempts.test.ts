import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { sessionsOf, wrongCode } from '../../support/joining.ts';
import { repeatedly, tally, together } from '../../support/many.ts';
import { resetsOf } from '../../support/recovering.ts';
import {
  budgetOf,
  codeAfter,
  grantsFor,
  holdingCode,
  joinedYesterday,
  resendReset,
  typeResetCode,
} from '../../support/resetting.ts';
import { copyOf } from '../../support/security.ts';

const house = await houseOfThisFile();

test('the fifth try may still be the right one', async () => {
  const { email } = await joinedYesterday(house);
  const { who, code } = await holdingCode(house, email, email);
  const tries = await repeatedly(4, (n) => typeResetCode(who, wrongCode(code, n + 1)));
  expect(tries.map((page) => /(\d) tr(?:y|ies) left/.exec(page.html)?.[1])).toEqual(['4', '3', '2', '1']);
  expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/new');
});

test('the fifth wrong code ends it: the right one comes too late, and nothing waits any more', async () => {
  const { username, email } = await joinedYesterday(house);
  const { who, code } = await holdingCode(house, email, email);
  const tries = await repeatedly(5, (n) => typeResetCode(who, wrongCode(code, n + 1)));
  expect(tries.map((page) => page.status)).toEqual([422, 422, 422, 422, 303]);
  expect(tries[4]?.redirectedTo).toBe('/password/forgot');
  const [{ id } = { id: '?' }] = await resetsOf(house, email);
  expect(JSON.stringify([...(await sessionsOf(house)).values()])).not.toContain(id);
  expect((await who.get('/password/forgot')).html).toContain('That was the fifth wrong code');

  expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/forgot');
  expect((await who.post('/password/code/resend')).redirectedTo).toBe('/password/forgot');
  expect((await who.get('/password/new')).redirectedTo).toBe('/password/forgot');
  expect(await grantsFor(house, username)).toBe(0);
});

test('sending another code refills nothing, and neither does time', async () => {
  const { username, email } = await joinedYesterday(house);
  const { who, code } = await holdingCode(house, email, email);
  await repeatedly(3, (n) => typeResetCode(who, wrongCode(code, n + 1)));
  house.clock.pass(minutes(9));
  const second = await codeAfter(house, email, () => resendReset(who));
  expect((await who.get('/password/code')).html).toContain('2 tries left');
  await repeatedly(2, (n) => typeResetCode(who, wrongCode(second, n + 1)));
  expect((await typeResetCode(who, second)).redirectedTo).toBe('/password/forgot');
  expect(await grantsFor(house, username)).toBe(0);
});

test('what cannot be a code costs no try', async () => {
  const { email } = await joinedYesterday(house);
  const { who, code } = await holdingCode(house, email, email);
  for (const typed of ['', '12345', 'abcdef', '1234567'])
    expect((await typeResetCode(who, typed)).html).toContain('5 tries left');
  expect((await typeResetCode(who, `Your code is ${code}`)).redirectedTo).toBe('/password/new');
});

test('fifty wrong codes at once, over two instances, take exactly five turns', async () => {
  await withAnother(house, {}, async (second) => {
    const { username, email } = await joinedYesterday(house);
    const { who, code } = await holdingCode(house, email, email);
    await who.get('/password/code');
    const twin = copyOf(second, who);
    await twin.get('/password/code');
    await together(50, (n) => typeResetCode(n % 2 ? twin : who, wrongCode(code, n + 1)));
    const [row] = await resetsOf(house, email);
    expect(row?.attempts).toBe(5);
    expect((await budgetOf(house, email)).failures).toBe(5);
    for (const one of [who, twin])
      expect((await typeResetCode(one, code)).redirectedTo).toBe('/password/forgot');
    expect(await grantsFor(house, username)).toBe(0);
  });
});

test('fifty right codes at once, over two instances, make one grant', async () => {
  await withAnother(house, {}, async (second) => {
    const { username, email } = await joinedYesterday(house);
    const { who, code } = await holdingCode(house, email, email);
    await who.get('/password/code');
    const twin = copyOf(second, who);
    await twin.get('/password/code');
    const pages = await together(50, (n) => typeResetCode(n % 2 ? twin : who, code));
    // All others are sent back, or to the code page, which knows by the new cookie where they belong.
    const ways = tally(pages.map(({ redirectedTo, status }) => redirectedTo ?? status));
    expect(ways['/password/new']).toBe(1);
    expect((ways['/password/forgot'] ?? 0) + (ways['/password/code'] ?? 0)).toBe(49);
    expect(await grantsFor(house, username)).toBe(1);
    const opened = await Promise.all([who, twin].map((one) => one.get('/password/new')));
    expect(opened.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await budgetOf(house, email)).failures).toBe(0);
  });
});
