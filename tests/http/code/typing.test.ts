import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { challengeOf, joining, typeCode } from '../../support/joining.ts';
import { errorsIn } from '../../support/visitor.ts';

const house = await houseOfThisFile();

const spaced = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;
const fullWidth = (code: string): string =>
  code.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));

test.each<[string, (code: string) => string]>([
  ['six digits', (code) => code],
  ['two groups', spaced],
  ['a dash between', (code) => spaced(code).replace(' ', '-')],
  ['spaces around', (code) => `  ${code}\t`],
  ['the sentence of the message', (code) => `Your code is ${code}.`],
  ['full-width digits', fullWidth],
])('a code is read when it comes as %s', async (_, written) => {
  const { ann, code } = await joining(house);
  expect((await typeCode(ann, written(code))).redirectedTo).toBe('/profile');
});

test('the message holds one run of six digits and nothing else that looks like a code', async () => {
  const { to, code } = await joining(house);
  const [letter] = house.outbox.to(to);
  expect(code).toMatch(/^\d{6}$/);
  expect(letter?.text.match(/\d{6}/g)).toEqual([code]);
  expect(letter?.subject).not.toMatch(/\d{6}/);
});

test.each([
  ['nothing', ''],
  ['five digits', '12345'],
  ['seven digits', '1234567'],
  ['letters', 'abcdef'],
  ['two codes', '123456 or 654321'],
  ['a whole letter', `the code ${'x'.repeat(300)} 123456`],
])('%s cannot be a code, and costs no attempt', async (_, typed) => {
  const { ann, to, code } = await joining(house);
  const page = await typeCode(ann, typed);
  expect(page.status).toBe(422);
  expect(errorsIn(page.html)).toEqual(['Enter the six digits of your code.']);
  expect((await challengeOf(house, to)).attempts).toBe(0);
  expect((await typeCode(ann, code)).redirectedTo).toBe('/profile');
});

test('what was typed is never shown again', async () => {
  const { ann, code } = await joining(house);
  const page = await typeCode(ann, `${code}9`);
  expect(page.html).not.toContain(code);
});

test('the page and the message carry the same three letters', async () => {
  const { ann, to } = await joining(house);
  const { reference } = await challengeOf(house, to);
  expect(reference).toMatch(/^[A-Z]{3}$/);
  expect((await ann.get('/sign-up/code')).html).toContain(`class="reference">${reference}<`);
  expect(house.outbox.to(to)[0]?.subject).toContain(reference);
  expect(house.outbox.to(to)[0]?.text).toContain(reference);
});
