import { expect, test } from '@jest/globals';
import { minutes, seconds } from '../../../src/kernel/clock.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { forgetBudgets } from '../../support/joining.ts';
import { statuses, together } from '../../support/many.ts';
import { resetsOf } from '../../support/recovering.ts';
import {
  codeAfter,
  codesTo,
  holdingCode,
  joinedYesterday,
  resendReset,
  typeResetCode,
} from '../../support/resetting.ts';
import { copyOf, settled } from '../../support/security.ts';

const house = await houseOfThisFile();

test('another code kills the one before and has a reference of its own', async () => {
  const { email } = await joinedYesterday(house);
  const { who, code } = await holdingCode(house, email, email);
  const referenceOf = (html: string) => /class="reference">([A-Z]{3})</.exec(html)?.[1];
  let reference = '';
  const second = await codeAfter(house, email, async () => {
    expect((await resendReset(who)).redirectedTo).toBe('/password/code');
    const { html } = await who.get('/password/code');
    reference = referenceOf(html) ?? '?';
    expect(html).toContain(`another code is on its way, for ${reference}. The one before does not work`);
  });
  expect(house.outbox.to(email).at(-1)?.subject).toContain(`${reference}: `);

  const old = await typeResetCode(who, code);
  expect({ status: old.status, same: code === second }).toEqual({ status: 422, same: false });
  expect(old.html).toContain(`This is not the code we sent for ${reference}.`);
  expect((await typeResetCode(who, second)).redirectedTo).toBe('/password/new');
});

test('two are free, then they wait one, two and five minutes, to the millisecond', async () => {
  const { email } = await joinedYesterday(house);
  const { who } = await holdingCode(house, email, email);
  expect((await resendReset(who)).status).toBe(303);
  expect((await resendReset(who)).status).toBe(303);
  for (const wait of [60, 120, 300]) {
    const refused = await resendReset(who);
    expect([refused.status, refused.header('retry-after')]).toEqual([429, String(wait)]);
    house.clock.pass(seconds(wait) - 1);
    const early = await resendReset(who);
    expect([early.status, early.header('retry-after')]).toEqual([429, '1']);
    house.clock.pass(1);
    // An hour's budget of a destination is smaller than one run could use: it has a file of its own.
    await forgetBudgets(house);
    expect((await resendReset(who)).status).toBe(303);
  }
  const [row] = await resetsOf(house, email);
  expect(row?.sends).toBe(6);
});

test('after five there are no more, the page says so, and the latest code still works', async () => {
  const { email } = await joinedYesterday(house);
  const { who } = await holdingCode(house, email, email);
  let code = '';
  for (const wait of [0, 0, 60, 120, 300]) {
    house.clock.pass(seconds(wait));
    await forgetBudgets(house);
    code = await codeAfter(house, email, () => resendReset(who));
  }
  house.clock.pass(minutes(9));
  await forgetBudgets(house);
  const refused = await resendReset(who);
  expect(refused.status).toBe(429);
  expect(Number(refused.header('retry-after'))).toBeGreaterThan(0);
  expect(refused.html).toContain('No more codes can be sent this time.');
  expect(refused.html).not.toContain('action="/password/code/resend"');
  await settled(house);
  // The first of them, and five more.
  expect(codesTo(house, email)).toHaveLength(1 + 6);
  expect((await typeResetCode(who, code)).redirectedTo).toBe('/password/new');
});

test('fifty presses at once, over two instances, send one message', async () => {
  await withAnother(house, { jobs: true }, async (second) => {
    const { email } = await joinedYesterday(house);
    const { who } = await holdingCode(house, email, email);
    await who.get('/password/code');
    const twin = copyOf(second, who);
    await twin.get('/password/code');
    const before = codesTo(house, email).length;
    const pages = await together(50, (n) => (n % 2 ? twin : who).post('/password/code/resend'));
    expect(statuses(pages)).toEqual({ 303: 50 });
    const [row] = await resetsOf(house, email);
    expect(row?.sends).toBe(2);
    await settled(house);
    expect(codesTo(house, email)).toHaveLength(before + 1);
  });
});

test('a second press of the same page is the same press, a later one is not', async () => {
  const { email } = await joinedYesterday(house);
  const { who } = await holdingCode(house, email, email);
  const sends = async () => (await resetsOf(house, email))[0]?.sends;
  await who.get('/password/code');
  await who.post('/password/code/resend');
  house.clock.pass(seconds(2) - 1);
  await who.post('/password/code/resend');
  expect(await sends()).toBe(2);
  house.clock.pass(1);
  await who.post('/password/code/resend');
  expect(await sends()).toBe(3);
});
