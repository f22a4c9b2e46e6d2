import { expect, test } from '@jest/globals';
import { minutes, seconds } from '../../../src/kernel/clock.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { challengeOf, joining, resend, typeCode } from '../../support/joining.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { forgetBudgets } from '../../support/joining.ts';

const house = await houseOfThisFile();

test('another code kills the one before and has a reference of its own', async () => {
  const { ann, to, code } = await joining(house);
  const before = await challengeOf(house, to);
  expect((await resend(ann)).redirectedTo).toBe('/sign-up/code');
  const second = await house.outbox.nextCode(to);
  const after = await challengeOf(house, to);
  const page = await ann.get('/sign-up/code');
  expect(page.html).toContain(`We sent another code, for ${after.reference}.`);
  expect(page.html).toContain(`class="reference">${after.reference}<`);
  expect(after.id).toBe(before.id);

  const old = await typeCode(ann, code);
  expect({ status: old.status, same: code === second }).toEqual({ status: 422, same: false });
  expect(old.html).toContain(`This is not the code we sent for ${after.reference}.`);
  expect((await typeCode(ann, second)).redirectedTo).toBe('/profile');
});

test('references differ from send to send', async () => {
  const references = await repeatedly(4, async () => {
    const { to } = await joining(house);
    return (await challengeOf(house, to)).reference;
  });
  expect(new Set(references).size).toBeGreaterThan(1);
});

test('two are free, then they wait one, two and five minutes, to the millisecond', async () => {
  const { ann, to } = await joining(house);
  expect((await resend(ann)).status).toBe(303);
  expect((await resend(ann)).status).toBe(303);
  for (const wait of [60, 120, 300]) {
    const refused = await resend(ann);
    expect([refused.status, refused.header('retry-after')]).toEqual([429, String(wait)]);
    house.clock.pass(seconds(wait) - 1);
    const early = await resend(ann);
    expect([early.status, early.header('retry-after')]).toEqual([429, '1']);
    house.clock.pass(1);
    // An hour's budget of a destination is smaller than one challenge could use: it has a file of its own.
    await forgetBudgets(house);
    expect((await resend(ann)).status).toBe(303);
  }
  expect((await challengeOf(house, to)).sends).toBe(6);
});

test('after five the page says that there are no more, and the latest code still works', async () => {
  const { ann, to } = await joining(house);
  await resend(ann);
  await resend(ann);
  for (const wait of [60, 120, 300]) {
    house.clock.pass(seconds(wait));
    await forgetBudgets(house);
    await resend(ann);
  }
  house.clock.pass(minutes(9));
  await forgetBudgets(house);
  const refused = await resend(ann);
  expect(refused.status).toBe(429);
  expect(Number(refused.header('retry-after'))).toBeGreaterThan(0);
  expect(refused.html).toContain('No more codes can be sent this time.');
  expect(refused.html).not.toContain('action="/sign-up/code/resend"');
  expect((await challengeOf(house, to)).sends).toBe(6);
  const codes = await repeatedly(5, () => house.outbox.nextCode(to));
  expect((await typeCode(ann, codes[4]!)).redirectedTo).toBe('/profile');
});

test('the page says how long the next one has to wait', async () => {
  const { ann } = await joining(house);
  await resend(ann);
  await resend(ann);
  const page = await ann.get('/sign-up/code');
  expect(page.html).toContain('You can send another code in 1 minute.');
  expect(page.html).toMatch(/data-resend-state="waiting" data-resend-seconds="60"/);
});

test('fifty presses at once send one message', async () => {
  const { ann, to } = await joining(house);
  await ann.get('/sign-up/code');
  const pages = await together(50, () => ann.post('/sign-up/code/resend'));
  expect(statuses(pages)).toEqual({ 303: 50 });
  expect((await challengeOf(house, to)).sends).toBe(2);
  await house.outbox.next(to);
  expect(house.outbox.to(to)).toHaveLength(2);
});

test('a second press of the same page is the same press, a later one is not', async () => {
  const { ann, to } = await joining(house);
  await ann.get('/sign-up/code');
  await ann.post('/sign-up/code/resend');
  house.clock.pass(seconds(2) - 1);
  await ann.post('/sign-up/code/resend');
  expect((await challengeOf(house, to)).sends).toBe(2);
  house.clock.pass(1);
  await ann.post('/sign-up/code/resend');
  expect((await challengeOf(house, to)).sends).toBe(3);
});
