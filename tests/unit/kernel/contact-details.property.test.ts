import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { contactDetailIn } from '../../../src/kernel/text/contact-details/contact-details.ts';
import { firstWordsKey } from '../../../src/kernel/text/contact-details/first-words.ts';
import { hostile } from './hostile.ts';

const kinds = [null, 'email', 'link', 'phone', 'handle'];
const fragments = [
  ...'a 1 @ . .com a. a@ ((((( 一 に о insta insta: a_ 1. +1 zero 0 - at dot #1234 www. 1: 1, @@ _ ٣ (at) isbn ﷺ ー'.split(
    ' ',
  ),
  ' ',
  '\n',
  '\u0301',
  '\u20e3',
  '\u200b',
  '👉',
  '👨‍👩‍👧',
  'eins und ',
  'a at ',
  '1 000',
  ' . ',
];

test('whatever is written, there is an answer, and the same one for the same words', () => {
  fc.assert(
    fc.property(hostile(fragments), (text) => {
      const found = contactDetailIn(text);
      expect(kinds).toContain(found);
      expect(contactDetailIn(text)).toBe(found);
    }),
    { numRuns: 200 },
  );
});

/** Units: far beyond what 4,000 usual graphemes take. What takes quadratic time never ends here. */
const LONGEST = 20_000;

test.each(fragments)('the longest text made of %j alone is read', (fragment) => {
  const text = fragment.repeat(Math.ceil(LONGEST / fragment.length));
  expect(kinds).toContain(contactDetailIn(text));
  expect(typeof firstWordsKey(text)).toBe('string');
});

const digit = fc.integer({ min: 0, max: 9 });
/** Long enough, and neither counting nor round. */
const national = fc
  .array(digit, { minLength: 8, maxLength: 10 })
  .map((digits) => [0, 1, 5, ...digits])
  .filter((digits) => new Set(digits).size > 3);
const zeros = ['0', '٠', '०', '০', '０', '𝟎', '۰', '๐'];

test('a number is found in every script, with any usual sign between its digits', () => {
  const between = fc.constantFrom('', ' ', '-', '.', '/', ' - ', '\u200b', '\u00a0', '*', '_');
  fc.assert(
    fc.property(national, fc.constantFrom(...zeros), between, (digits, zero, sign) => {
      const written = digits.map((one) => String.fromCodePoint(zero.codePointAt(0)! + one)).join(sign);
      expect([written, contactDetailIn(`call ${written} now`)]).toEqual([written, 'phone']);
    }),
  );
});

const inWords = [
  'zero one two three four five six seven eight nine',
  'cero uno dos tres cuatro cinco seis siete ocho nueve',
  'zéro un deux trois quatre cinq six sept huit neuf',
  'null eins zwei drei vier fünf sechs sieben acht neun',
  'zero um dois três quatro cinco seis sete oito nove',
  'zero uno due tre quattro cinque sei sette otto nove',
  'ноль один два три четыре пять шесть семь восемь девять',
  'صفر واحد اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة',
  'ゼロ いち に さん よん ご ろく なな はち きゅう',
  '零 一 二 三 四 五 六 七 八 九',
  'शून्य एक दो तीन चार पाँच छह सात आठ नौ',
  '공 일 이 삼 사 오 육 칠 팔 구',
  'sıfır bir iki üç dört beş altı yedi sekiz dokuz',
].map((words) => words.split(' '));

test('a number is found when it is said, in words and digits mixed', () => {
  fc.assert(
    fc.property(
      national,
      fc.constantFrom(...inWords),
      fc.array(fc.boolean(), { minLength: 13 }),
      (digits, words, said) => {
        const written = digits.map((one, n) => (said[n] ? words[one]! : String(one))).join(' ');
        expect([written, contactDetailIn(written)]).toEqual([written, 'phone']);
      },
    ),
  );
});

test('what is found is found in capitals, and with invisible characters in it', () => {
  const lines = ['insta: annlee', 'ann@example.com', 'example.com', 'snap me: ann_07', '0151 23456789'];
  fc.assert(
    fc.property(fc.constantFrom(...lines), fc.array(fc.nat(30), { maxLength: 5 }), (line, places) => {
      const hidden = places.reduce((text, at) => text.slice(0, at) + '\u200d' + text.slice(at), line);
      expect([hidden, contactDetailIn(hidden)]).toEqual([hidden, contactDetailIn(line)]);
      expect(contactDetailIn(hidden.toUpperCase())).toBe(contactDetailIn(line));
      expect(contactDetailIn(line)).not.toBeNull();
    }),
  );
});

test('the same first words have one key, whatever their case, blanks, signs, accents and scripts', () => {
  const key = firstWordsKey('Hello there, how are you?');
  for (const other of [
    'HELLO  there how are you',
    'H.e.l.l.o thére: how are you!!',
    'Неllо thеrе, hоw аrе уоu?',
    'Hell0 there how\u200b are y0u 😊',
  ])
    expect([other, firstWordsKey(other)]).toEqual([other, key]);
  expect(firstWordsKey('Hello there, where are you?')).not.toBe(key);
});

test('the name of whoever reads them makes no difference', () => {
  expect(firstWordsKey('Hi Ann, nice to meet you', ['Ann', 'ann_lee'])).toBe(
    firstWordsKey('hi BEN! nice to meet you', ['Ben']),
  );
  expect(firstWordsKey('Hi @ann_lee, hello', ['Ann', 'ann_lee'])).toBe(firstWordsKey('Hi, hello'));
});

test('words without letters have a key, too', () => {
  expect(firstWordsKey('👋 👋')).toBe('👋👋');
  expect(firstWordsKey('👋')).not.toBe(firstWordsKey('🙂'));
});
