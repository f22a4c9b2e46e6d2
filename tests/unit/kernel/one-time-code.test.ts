import { expect, test } from '@jest/globals';
import { findCode } from '../../../src/kernel/one-time-code.ts';

/** What a mail program copies with a code: more than anybody types. */
const letter = 'Somebody asked for a code on 29 November 2026 at 10:45. '.repeat(20);

test.each([
  ['123456', '123456'],
  ['000000', '000000'],
  [' 123456\n', '123456'],
  ['123 456', '123456'],
  ['123-456', '123456'],
  ['123–456', '123456'],
  ['1 2 3 4 5 6', '123456'],
  ['123\u00a0456', '123456'],
  ['Your code is 123456', '123456'],
  ['ChatLink code for KFR: 123456. Never share it.', '123456'],
  ['G-123456', '123456'],
  ['１２３４５６', '123456'],
  ['code 123456 for 7 minutes', '123456'],
  ['123\u2011456', '123456'],
  ['ChatLink code for KFR: 123456. Never share it.\n\n@chatlink.example #123456', '123456'],
  ['۸۳۳۱۲۲', '833122'],
  ['٨٣٣١٢٢', '833122'],
  ['१२३४५६', '123456'],
  ['১২৩ ৪৫৬', '123456'],
  ['๑๒๓-๔๕๖', '123456'],
  ['12۳۴٥٦', '123456'],
  ['کد شما ۱۲۳۴۵۶ است', '123456'],
  ['123,456', '123456'],
  ['123_456', '123456'],
  ['1/2/3/4/5/6', '123456'],
  ['1, 2, 3, 4, 5, 6', '123456'],
  ['(123) 456', '123456'],
  ['123−456', '123456'],
  ['123\u200b456', '123456'],
  ['123\u2060456', '123456'],
  ['123\u200e456', '123456'],
  ['123\u00ad456', '123456'],
  ['\u202a1\u20682\u20693456\u202c', '123456'],
  ['Your code is 123456, 10 minutes left', '123456'],
  ['"123456"', '123456'],
  [`${letter}\nYour code is 123 456.\n${letter}`, '123456'],
])('%j holds the code %s', (typed, code) => {
  expect(findCode(typed, 6)).toBe(code);
});

test.each([
  '',
  'abcdef',
  '12345',
  '1234567',
  '123456789012',
  '123456 or 654321',
  '12345a6',
  '٠١٢٣٤',
  '1,234,567',
  '123,456 or 654,321',
  '123456 and ۶۵۴۳۲۱',
  `${' '.repeat(10_000)}123456`,
])('%j holds none', (typed) => {
  expect(findCode(typed, 6)).toBeNull();
});
