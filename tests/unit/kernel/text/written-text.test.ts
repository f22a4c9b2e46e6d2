import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { variantBases } from '../../../../src/kernel/text/standard-variants.ts';
import { codePoints, graphemes } from '../../../../src/kernel/text/text.ts';
import { readWrittenText, type TextLimits } from '../../../../src/kernel/text/written-text.ts';

const name: TextLimits = { graphemes: 50, units: 750, lines: 1 };
const bio: TextLimits = { graphemes: 500, units: 7_500, lines: 40 };
function faultOf(typed: string, law = name) {
  const read = readWrittenText(typed, law);
  return read.ok ? null : read.fault;
}

test.each([
  ['', ''],
  ['  Ann \u00a0 Bell ', 'Ann Bell'],
  ['e\u0301', 'é'],
  ['山田\u3000太郎', '山田 太郎'],
  ['\u2800\u2800', ''],
  ['\ufeffAnn', 'Ann'],
  // What came along with something copied: at the ends, or where it does nothing.
  ['\u202d+49 170 1234567\u202c', '+49 170 1234567'],
  ['Call \u202a+49 170\u202c now', 'Call +49 170 now'],
  ['\u2068Ann\u2069', 'Ann'],
  ['\u200eHello', 'Hello'],
  ['Donau\u00addampf\u00adschiff', 'Donaudampfschiff'],
  ['a\u2060b\ufeffc\u200bd\u200ce\u200df\u200eg\u034fh', 'abcdefgh'],
  ['❤\ufe0f\ufe0f', '❤\ufe0f'],
  ['x👩\u200d', 'x👩'],
  ['\u200d👩', '👩'],
  ['👩\u200d\u200d👩', '👩\u200d👩'],
  ['שלום\u200f\u200f!', 'שלום\u200f!'],
  ['עב\u200f\u200f', 'עב'],
  ['\u200fمحمد', 'محمد'],
  ['می\u200c\u200cخواهم', 'می\u200cخواهم'],
  ['می\u200c خواهم\u200c', 'می خواهم'],
  ['ខ្មែរ\u200b\u200bភាសា\u200b', 'ខ្មែរ\u200bភាសា'],
  ['ខ្មែរ \u200bភាសា', 'ខ្មែរ ភាសា'],
  ['Ann\u{e0041}Lee', 'AnnLee'],
  ['🏴\u{e0067}\u{e0062}\u{e0061}\u{e007f}', '🏴'],
  ['1\ufe0f ♡\ufe0e →\ufe0e', '1 ♡ →'],
  ['\u202eAnn', 'Ann'],
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
  ['Thai with places to break around digits', 'ผม\u200bอายุ\u200b๒๕\u200bปี'],
  ['Lao with digits', 'ອາຍຸ\u200b໒໕'],
  ['Khmer with digits, a full stop and a foreign word', 'ខ្ញុំ\u200bអាយុ\u200b២៥\u200bឆ្នាំ។\u200bYouTube\u200bក'],
  ['Khmer in quotation marks', '«\u200bខ្មែរ\u200b»'],
  ['Burmese behind its full stop', 'မြန်မာ။\u200bစာ'],
  ['Tibetan behind the tsheg', 'བོད་\u200bཡིག'],
  ['Javanese', 'ꦗꦮ\u200bꦗꦮ'],
  ['Balinese', 'ᬩᬮᬶ\u200bᬩᬮᬶ'],
  ['Tai Tham', 'ᨲᩫ᩠ᩅ\u200bᨾᩮᩬᩥᨦ'],
  ['New Tai Lue', 'ᦅᧄ\u200bᦺᦑ'],
  ['Cham', 'ꨌꩌ\u200bꨌꩌ'],
  ['a half-space behind Persian digits', '۲۵\u200cساله'],
  ['a half-space behind Latin digits', '25\u200cساله'],
  ['a half-space behind a foreign word', 'DVD\u200cهای قدیمی'],
  ['a half-space behind a quotation mark', '«کتاب»\u200cها'],
  ['a half-space behind a bracket', 'کتاب(ها)\u200cی'],
  ['a half-space behind a sign', '۱۰۰٪\u200cی'],
  ['a half-space behind an emoji', '❤️\u200cها'],
  ['Khamti with dots', 'ꩫ\ufe00 က\ufe00'],
  ['a full stop in the middle', '。\ufe01'],
  ['a zero with a stroke', '0\ufe00'],
  ['a sign with serifs', '∩\ufe00'],
  ['Old Korean', '\u1112\u119e\u11ab \u110b\u1160\u11ab'],
  ['Tibetan with long stacks', 'ཧྐྵྨླྺྼྻྂ རྐྵྨླྻྃ'],
  ['a list of vowel signs', 'ா ி ீ'],
  ['a vowel sign alone', 'ี'],
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
  ['invisible', '\u3164'],
  ['invisible', 'a\u3164'],
  ['invisible', 'a\u3164b'],
  ['invisible', 'a\uffa0b'],
  ['invisible', '\u115f'],
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

test.each(['\v', '\f', '\u0085', '\u2028', '\u2029', '\r', '\r\n'])('%j is a line break', (lineBreak) => {
  expect(readWrittenText(`Teacher${lineBreak}From Lyon`, bio)).toEqual({
    ok: true,
    text: 'Teacher\nFrom Lyon',
  });
  expect(faultOf(`Teacher${lineBreak}From Lyon`)).toBe('control');
});

test('places to break the line do nothing at the ends of lines', () => {
  expect(readWrittenText('ខ្មែរ\u200b\n\u200bភាសា', bio)).toEqual({ ok: true, text: 'ខ្មែរ\nភាសា' });
});

test('the standardised variation sequences are those of Unicode 17, and all of them may be written', () => {
  const sequences = Object.entries(variantBases).flatMap(([selector, ranges]) =>
    ranges.split(' ').flatMap((range) => {
      const [first, last = first] = range.split('-').map((code) => Number.parseInt(code, 16)) as [
        number,
        number?,
      ];
      return Array.from({ length: last - first + 1 }, (_, n) => [first + n, Number.parseInt(selector, 16)]);
    }),
  );
  const hex = (code: number) => code.toString(16).toUpperCase().padStart(4, '0');
  const lines = sequences.map((sequence) => sequence.map(hex).join(' ')).sort((a, b) => (a < b ? -1 : 1));
  // Of StandardizedVariants-17.0.0.txt: the sequences whose base is neither Han nor Mongolian, sorted, one a line.
  expect(lines).toHaveLength(244);
  expect(createHash('sha256').update(lines.join('\n')).digest('hex')).toBe(
    '8d2de64ecd6f4aea7f93605db7b512348aacfd67ce1c09249604fcd8764dddd0',
  );
  for (const sequence of sequences) {
    const text = String.fromCodePoint(...sequence);
    expect(readWrittenText(text, name)).toEqual({ ok: true, text });
    const other = `${text}\ufe0a`;
    expect(readWrittenText(other, name)).toEqual({ ok: true, text });
  }
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
        /[\u00AD\u2060\u202A-\u202E\u2066-\u2069\uFEFF]|[\u200B-\u200F\u061C]{2}|(?:(?![\u0F90-\u0FBC])[\p{Mn}\p{Me}]){6}/u,
      );
      expect(text).not.toMatch(
        /^[\p{sc=Zinh}\p{sc=Zyyy}\p{sc=Hebr}\p{sc=Arab}](?<=\p{M})|^[\u200B-\u200F\u061C]|[\u200B\u200C\u200E\u200F\u061C]$/u,
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

test('one hidden character among Latin letters is gone, wherever it stands, or is found where it shows as a blank', () => {
  const idle = [
    '\u200b',
    '\u200c',
    '\u200d',
    '\u200e',
    '\u2060',
    '\u00ad',
    '\ufeff',
    '\u{e0061}',
    '\ufe0f',
    '\u202a',
  ];
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(letters, letters, fc.constantFrom(...idle), (before, after, it) => {
      expect(readWrittenText(before + it + after, name)).toEqual({ ok: true, text: before + after });
    }),
  );
  fc.assert(
    fc.property(letters, letters, fc.constantFrom('\u3164', '\uffa0', '\u115f'), (before, after, it) => {
      expect(readWrittenText(before + it + after, name)).toEqual({
        ok: false,
        fault: 'invisible',
        near: before,
      });
    }),
  );
});
