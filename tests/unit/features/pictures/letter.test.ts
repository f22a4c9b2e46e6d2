import { expect, test } from '@jest/globals';
import { letterOf } from '../../../../src/features/pictures/letter.ts';

test.each([
  ['Ann', 'A'],
  ['ann', 'A'],
  ['\u200fمحمد', 'م'],
  ['\u061cمحمد', 'م'],
  ['\u200eAna', 'A'],
  ['«Али»', 'А'],
  ['"ana"', 'A'],
  ['(ana)', 'A'],
  ['ßander', 'ß'],
  ['ﬁlip', 'ﬁ'],
  ['ŉx', 'ŉ'],
  ['გიორგი', 'გ'],
  ['⸻ dash', 'D'],
  ['﷽ علي', 'ع'],
  ['e\u0301a', 'E\u0301'],
  ['\ud801\udc28x', '\ud801\udc00'],
  ['5ive', '5'],
  ['१२', '१'],
  ['नमस्ते', 'न'],
  ['🦊 fox', '🦊'],
  ['👩‍👧 two', '👩‍👧'],
  ['❤️ a', '❤️'],
  ['山田', '山'],
  ['—', 'M'],
  [null, 'M'],
])('%j begins with %s', (displayName, initial) => {
  expect(letterOf({ username: 'mika', displayName }).initial).toBe(initial);
});
