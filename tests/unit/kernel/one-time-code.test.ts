import { expect, test } from '@jest/globals';
import { findCode } from '../../../src/kernel/one-time-code.ts';

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
  '٠١٢٣٤٥',
  `${' '.repeat(200)}123456`,
])('%j holds none', (typed) => {
  expect(findCode(typed, 6)).toBeNull();
});
