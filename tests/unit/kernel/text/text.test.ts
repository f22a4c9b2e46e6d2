import { expect, test } from '@jest/globals';
import { codePoints, isCleanText } from '../../../../src/kernel/text/text.ts';

test.each([
  ['', 0],
  ['abc', 3],
  ['🦊', 1],
  ['é', 1],
  ['e\u0301', 2],
  ['👩‍👧', 3],
])('%j has %i characters', (text, count) => {
  expect(codePoints(text)).toBe(count);
});

test.each(['', 'abc', '🦊', 'a\nb'])('%j can be stored', (text) => {
  expect(isCleanText(text)).toBe(true);
});

test.each(['\0', 'a\0b', '\ud83e', '\udd8a\ud83e', 'a\ud800'])('%j cannot', (text) => {
  expect(isCleanText(text)).toBe(false);
});
