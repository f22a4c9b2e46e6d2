import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { codeIn } from '../../support/captured.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { challengeOf, joining, peopleCalled, resend, typeCode } from '../../support/joining.ts';

const house = await houseOfThisFile();

test('a code works until the last millisecond of its ten minutes', async () => {
  const { ann, code } = await joining(house);
  house.clock.pass(minutes(10) - 1);
  expect((await typeCode(ann, code)).redirectedTo).toBe('/profile');
});

test('at ten minutes it is refused, the page says so, and it costs no attempt', async () => {
  const { ann, person, to, code } = await joining(house);
  house.clock.pass(minutes(10));
  const refused = await typeCode(ann, code);
  expect(refused.status).toBe(422);
  expect(refused.html).toContain('This code has expired. Send another one below.');
  expect((await ann.get('/sign-up/code')).html).toContain('This code has expired. Ask for a new one below.');
  expect((await challengeOf(house, to)).attempts).toBe(0);
  expect(await peopleCalled(house, person.username)).toBe(0);
});

test('an expired code is revived by sending another one', async () => {
  const { ann, to } = await joining(house);
  house.clock.pass(minutes(10));
  await resend(ann);
  expect((await typeCode(ann, await house.outbox.nextCode(to))).redirectedTo).toBe('/profile');
});

test('a challenge ends thirty minutes after its start, whatever was sent again', async () => {
  const { ann, to } = await joining(house);
  house.clock.pass(minutes(29));
  await resend(ann);
  const letter = await house.outbox.next(to);
  expect(letter.text).toContain('It works for 1 minute.');
  const code = codeIn(letter.text);
  const row = await challengeOf(house, to);
  expect(row.expiresAt).toEqual(row.endsAt);
  expect((await ann.get('/sign-up/code')).html).toContain('The code works for 1 minute.');
  house.clock.pass(minutes(1));
  expect((await typeCode(ann, code)).redirectedTo).toBe('/sign-up');
  expect((await ann.get('/sign-up')).html).toContain('This sign-up has run out.');
});

test('one millisecond before that end the latest code still works', async () => {
  const { ann, to } = await joining(house);
  house.clock.pass(minutes(25));
  await resend(ann);
  const code = await house.outbox.nextCode(to);
  house.clock.pass(minutes(5) - 1);
  expect((await typeCode(ann, code)).redirectedTo).toBe('/profile');
});

test('after its end nothing can be sent again, and no step is left but the form', async () => {
  const { ann, to } = await joining(house);
  house.clock.pass(minutes(29));
  // Keeps the session itself, which lives thirty minutes from the last request.
  await ann.get('/sign-up/code');
  house.clock.pass(minutes(1));
  expect((await ann.post('/sign-up/code/resend')).redirectedTo).toBe('/sign-up');
  expect((await ann.get('/sign-up/code')).redirectedTo).toBe('/sign-up');
  expect((await challengeOf(house, to)).sends).toBe(1);
});
