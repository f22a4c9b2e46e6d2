import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codePoints, graphemes } from '../../../src/kernel/text.ts';
import { readWrittenText, type TextLaw } from '../../../src/kernel/written-text.ts';

const name: TextLaw = { graphemes: 50, units: 750, lines: 1 };
const bio: TextLaw = { graphemes: 500, units: 7_500, lines: 40 };
const faultOf = (typed: string, law = name) => {
  const read = readWrittenText(typed, law);
  return read.ok ? null : read.fault;
};

test.each([
  ['', ''],
  ['  Ann \u00a0 Bell ', 'Ann Bell'],
  ['e\u0301', 'é'],
  ['山田\u3000太郎', '山田 太郎'],
  ['\u2800\u2800', ''],
  ['\ufeffAnn', 'Ann'],
])('%j is read as %j', (typed, text) => {
  expect(readWrittenText(typed, name)).toEqual({ ok: true, text });
});

test.each([
  ['Persian with a non-joiner', 'می\u200cخواهم'],
  ['Sinhala with a joiner', 'ශ්\u200dරී ලංකා'],
  ['Devanagari with a half form', 'क्\u200dष'],
  ['Malayalam', 'ന്\u200d'],
  ['Khmer with a place to break', 'ភាសា\u200bខ្មែរ'],
  ['Thai with a place to break', 'ภาษา\u200bไทย'],
  ['Mongolian with a vowel separator', 'ᠮᠣᠩᠭᠣᠯ\u180eᠠ'],
  ['Hebrew with points and accents', 'מִתְּהֹ֤ום'],
  ['Hebrew with a direction mark', 'C++ \u200fהיא שפה'],
  ['Tibetan', 'བསྒྲུབས'],
  ['Sanskrit', 'कार्त्स्न्यम्'],
  ['Vietnamese taken apart', 'Tiê\u0301ng Viê\u0323t'],
  ['Japanese with a variant', '葛\u{e0100}城'],
  ['a family', '👨‍👩‍👧‍👦'],
  ['a kiss of two skin tones', '👩🏽‍❤️‍💋‍👨🏿'],
  ['a flag with a symbol', '🏳️‍⚧️'],
  ['the flags of England, Scotland and Wales', '🏴󠁧󠁢󠁥󠁮󠁧󠁿🏴󠁧󠁢󠁳󠁣󠁴󠁿🏴󠁧󠁢󠁷󠁬󠁳󠁿'],
  ['a key', '1️⃣'],
  ['a heart', '❤️'],
  ['a heart without colour', '❤︎'],
])('%s may be written', (_, typed) => {
  expect(readWrittenText(typed, name)).toEqual({ ok: true, text: typed.normalize('NFC') });
});

test.each([
  ['control', 'a\u0000'],
  ['control', 'a\u0085b'],
  ['control', 'a\u2028b'],
  ['control', 'a\tb'],
  ['control', 'a\nb'],
  ['direction', 'a\u202eb'],
  ['direction', '\u2066a\u2069'],
  ['invisible', 'a\u200bb'],
  ['invisible', 'a\u200cb'],
  ['invisible', 'a\u200db'],
  ['invisible', 'a\u2060b'],
  ['invisible', 'a\u00adb'],
  ['invisible', 'a\u200e'],
  ['invisible', 'עב\u200f\u200f'],
  ['invisible', 'می\u200c\u200cخ'],
  ['invisible', '\u200d👩'],
  ['invisible', '👩\u200d'],
  ['invisible', '👩\u200d\u200d👩'],
  ['invisible', '\u200f'],
  ['invisible', '\u115f'],
  ['invisible', 'a\u{e0041}'],
  ['invisible', '🏴\u{e0067}\u{e0062}\u{e0061}\u{e007f}'],
  ['invisible', 'a\ufe0f'],
  ['unshowable', '\ud83d'],
  ['unshowable', '\udc00\ud83d'],
  ['unshowable', '\uffff'],
  ['unshowable', '\ue000'],
  ['unshowable', '\ufffc'],
  ['stacked', '\u0301a'],
  ['stacked', ' \u0301a'],
  ['stacked', `a${'\u0301'.repeat(6)}`],
  ['stacked', `ส${'\u0e47'.repeat(6)}`],
  ['stacked', `a${'\u0301\u0301\u0301\u0301\u0301\u093e'.repeat(2)}`],
  ['stacked', `👩${'\u200d👩'.repeat(8)}`],
  ['length', 'a'.repeat(51)],
  ['length', '👨‍👩‍👧‍👦'.repeat(51)],
  ['length', `a${'\u0301'.repeat(10_000)}`],
])('%s: %j', (fault, typed) => {
  expect(faultOf(typed)).toBe(fault);
});

test('five marks may stand on a letter, and sixteen code points may be one', () => {
  expect(faultOf(`a${'\u0323'.repeat(5)}`)).toBeNull();
  expect(faultOf(`👩${'\u200d👩'.repeat(7)}\ufe0f`)).toBeNull();
});

test('units are counted when line breaks are, not as they were sent', () => {
  const law = { graphemes: 9, units: 9, lines: 9 };
  expect(readWrittenText('a\r\n'.repeat(4), law)).toEqual({ ok: true, text: 'a\na\na\na' });
  expect(faultOf('a\r\n'.repeat(5), law)).toBe('length');
});

/** Texts of what causes trouble: joiners, marks, overrides, breaks, halves of pairs, among letters of all kinds. */
const trouble = fc.oneof(
  fc.constantFrom(
    '\u200d',
    '\u200c',
    '\u200b',
    '\u200e',
    '\u200f',
    '\u061c',
    '\u202e',
    '\u2067',
    '\ufe0f',
    '\ufe0e',
  ),
  fc.constantFrom(
    '\u0301',
    '\u0323',
    '\u094d',
    '\u20e3',
    '\u{1f3fd}',
    '\u{e0067}',
    '\u{e007f}',
    '\ud83d',
    '\udc69',
  ),
  fc.constantFrom(
    '\n',
    '\r',
    '\t',
    ' ',
    '\u00a0',
    '\u3000',
    '\u2028',
    '\u2800',
    '\u0000',
    '\uffff',
    '\ufeff',
  ),
  fc.constantFrom(
    'a',
    'क',
    'م',
    'ש',
    'ក',
    '1',
    '👩',
    '❤',
    '🏴',
    'ᠮ',
    '葛',
    '\ufb2c',
    '\u{1d160}',
    '각',
    '\u1100',
  ),
  fc.string({ unit: 'binary', maxLength: 1 }),
  fc.string({ unit: 'grapheme', maxLength: 3 }),
);
const troubled = fc.array(trouble, { maxLength: 60 }).map((parts) => parts.join(''));

test.each([
  ['a name', name],
  ['a text', bio],
])('whatever is typed, %s that passes is fit to be seen, and passes again unchanged', (_, law) => {
  fc.assert(
    fc.property(troubled, (typed) => {
      const read = readWrittenText(typed, law);
      if (!read.ok) return;
      const { text } = read;
      expect(text).toBe(text.normalize('NFC').trim());
      expect(text.isWellFormed()).toBe(true);
      expect(text).not.toMatch(
        law.lines === 1 ? /\p{Cc}|[\u2028\u2029]/u : /(?!\n)\p{Cc}|[\u2028\u2029]|\n{4}/u,
      );
      expect(text).not.toMatch(
        /[\u202A-\u202E\u2066-\u2069]|[\u200B-\u200F\u061C]{2}|[\p{Mn}\p{Me}]{6}|^\p{M}/u,
      );
      const parts = graphemes(text, 10_000);
      expect(parts.length).toBeLessThanOrEqual(law.graphemes);
      expect(Math.max(0, ...parts.map(codePoints))).toBeLessThanOrEqual(16);
      expect(text === '' || /[^\p{DI}\p{Z}\p{C}]/u.test(text)).toBe(true);
      expect(readWrittenText(text, law)).toEqual({ ok: true, text });
    }),
    { numRuns: 3_000 },
  );
});

test('plain words of any script pass as they are', () => {
  const scripts = [
    'Latin',
    'Cyrillic',
    'Greek',
    'Arabic',
    'Hebrew',
    'Han',
    'Hangul',
    'Hiragana',
    'Devanagari',
    'Thai',
  ];
  const letter = fc
    .tuple(fc.constantFrom(...scripts), fc.integer({ min: 0x41, max: 0xd7ff }))
    .map(([script, code]) => [script, String.fromCodePoint(code)] as const)
    .filter(([script, char]) => new RegExp(`^(?=\\p{L})\\p{sc=${script}}$`, 'u').test(char))
    .map(([, char]) => char);
  fc.assert(
    fc.property(fc.array(letter, { maxLength: 40 }), (letters) => {
      const typed = letters.join('').replace(/\p{DI}/gu, '');
      expect(readWrittenText(typed, name)).toEqual({ ok: true, text: typed.normalize('NFC') });
    }),
    { numRuns: 300 },
  );
});

test('one hidden character among Latin letters is found, wherever it stands', () => {
  const hidden = fc.constantFrom(
    '\u200b',
    '\u200c',
    '\u200d',
    '\u200e',
    '\u2060',
    '\u00ad',
    '\u{e0061}',
    '\u3164',
  );
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(letters, letters, hidden, (before, after, it) => {
      expect(readWrittenText(before + it + after, name)).toEqual({
        ok: false,
        fault: 'invisible',
        near: before,
      });
    }),
  );
});
