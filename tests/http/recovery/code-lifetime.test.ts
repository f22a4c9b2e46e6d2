import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { resetsOf } from '../../support/recovering.ts';
import {
  codeAfter,
  grantsFor,
  holdingCode,
  joinedYesterday,
  resendReset,
  typeResetCode,
} from '../../support/resetting.ts';

const house = await houseOfThisFile();

test('a code works until the last millisecond of its ten minutes', async () => {
  const { email } = await joinedYesterday(house);
  const { who, code } = await holdingCode(house, email, email);
  house.clock.pass(minutes(10) - 1);
  expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/new');
});

test('at ten minutes it is refused, the page says so, and it costs no try', async () => {
  const { username, email } = await joinedYesterday(house);
  const { who, code } = await holdingCode(house, email, email);
  house.clock.pass(minutes(10));
  const refused = await typeResetCode(who, code);
  expect(refused.status).toBe(422);
  expect(refused.html).toContain('This code has expired. Send another one below.');
  const [row] = await resetsOf(house, email);
  expect(row?.attempts).toBe(0);
  expect(await grantsFor(house, username)).toBe(0);
});

test('a new code brings an expired run back to life, and only the new one works', async () => {
  const { email } = await joinedYesterday(house);
  const { who, code } = await holdingCode(house, email, email);
  house.clock.pass(minutes(10));
  const second = await codeAfter(house, email, () => resendReset(who));
  expect((await typeResetCode(who, code)).status).toBe(422);
  expect((await typeResetCode(who, second)).redirectedTo).toBe('/password/new');
});

test('one millisecond before the thirty minutes are over the latest code still works', async () => {
  const { email } = await joinedYesterday(house);
  const { who } = await holdingCode(house, email, email);
  house.clock.pass(minutes(25));
  const code = await codeAfter(house, email, () => resendReset(who));
  house.clock.pass(minutes(5) - 1);
  expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/new');
});

test('at thirty minutes it is over, whatever was sent again', async () => {
  const { username, email } = await joinedYesterday(house);
  const { who } = await holdingCode(house, email, email);
  house.clock.pass(minutes(25));
  const code = await codeAfter(house, email, () => resendReset(who));
  const [row] = await resetsOf(house, email);
  expect(row?.expiresAt).toEqual(row?.endsAt);
  house.clock.pass(minutes(5));
  expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/forgot');
  expect((await who.get('/password/forgot')).html).toContain('This code has run out.');
  expect(await grantsFor(house, username)).toBe(0);
});

test('then nothing is sent any more, and every step leads to the start', async () => {
  const { email } = await joinedYesterday(house);
  const { who } = await holdingCode(house, email, email);
  house.clock.pass(minutes(29));
  // Keeps the session itself, which lives thirty minutes from the last request.
  await who.get('/password/code');
  house.clock.pass(minutes(1));
  expect((await who.post('/password/code/resend')).redirectedTo).toBe('/password/forgot');
  expect((await who.get('/password/code')).redirectedTo).toBe('/password/forgot');
  const [row] = await resetsOf(house, email);
  expect(row?.sends).toBe(1);
});
