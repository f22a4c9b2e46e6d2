import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findCode } from '../../../src/kernel/one-time-code.ts';
import { plainTyped } from '../../../src/kernel/text/typed.ts';
import { hostile } from './hostile.ts';

const separators = ['', '', ' ', '-', '–', '—', '.', '·', '\u00a0', '\n', ' - ', ',', '_', '\u200b'];
const separator = fc.constantFrom(...separators);
/** What stands around a code in a letter, a notification or a badly aimed paste: no digit. */
const piece = fc.constantFrom(
  'Your code is',
  'G',
  'é',
  '漢字',
  ' ',
  '\n',
  ': ',
  '-',
  '.',
  ', ',
  '#',
  '\u202a',
  '\0',
);
const words = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));

const digit = fc.constantFrom(...'0123456789'.split(''));

/** Digits, and the same with something before any of them. */
function grouped(min: number, max: number) {
  return fc
    .array(fc.tuple(separator, digit), { minLength: min, maxLength: max })
    .map((pairs) => ({ digits: pairs.map(([, one]) => one).join(''), text: pairs.flat().join('') }));
}
const code = grouped(6, 6);
function wide(text: string): string {
  return text.replace(/[0-9]/g, (one) => '０１２３４５６７８９'.charAt(Number(one)));
}

test('a code planted among words is found, however its digits are grouped', () => {
  fc.assert(
    fc.property(words, code, words, fc.boolean(), (before, { digits, text }, after, isWide) => {
      expect(findCode(`${before}${isWide ? wide(text) : text}${after}`, 6)).toBe(digits);
    }),
    { numRuns: 2_000 },
  );
});

test('of two codes none is chosen', () => {
  fc.assert(
    fc.property(words, code, code, words, (before, one, other, after) => {
      fc.pre(one.digits !== other.digits);
      expect(findCode(`${before}${one.text} or ${other.text}${after}`, 6)).toBeNull();
    }),
    { numRuns: 1_000 },
  );
});

test('too few or too many digits are no code, however they are grouped', () => {
  fc.assert(
    fc.property(words, fc.oneof(grouped(0, 5), grouped(7, 20)), words, (before, { text }, after) => {
      expect(findCode(before + text + after, 6)).toBeNull();
    }),
    { numRuns: 1_000 },
  );
});

test('whatever comes, the answer is nothing or six digits that were typed in this order', () => {
  const digits = '1 23 456 000000 123456 １ ２３４５６ ² ① ⑫ ㉑ ⒈ ½ ٣ ৪ 𝟙';
  const between = ' -–·.a\n\0\u2011\u200b\ufeff\ufdfa\udfff\ud800'.split('');
  fc.assert(
    fc.property(hostile([...digits.split(' '), ...between]), (typed) => {
      const found = findCode(typed, 6);
      if (found === null) return;
      expect(found).toMatch(/^[0-9]{6}$/);
      expect(plainTyped(typed).replace(/[^0-9]/g, '')).toContain(found);
      expect(findCode(found, 6)).toBe(found);
    }),
    { numRuns: 3_000 },
  );
});
