import unhomoglyph from 'unhomoglyph';
import { drawnLetters } from '../look-alikes.ts';
import { plainLetters } from '../plain-letters.ts';
import { decimalDigits, withoutInvisible } from '../typed.ts';

/** Normal forms take quadratic time for many marks; no letter that we look for has more than this. */
const tower = /(\p{M}{4})\p{M}+/gu;

export function withoutTowers(text: string): string {
  return text.replace(tower, '$1');
}

const keycap = /\p{Me}/gu;
/** Phrases of up to eighteen letters in NFKD, and no number or name. */
const phrases = /[\ufdf0-\ufdff]/g;
/** Ranges of one to nine that NFKD leaves as they are. */
const circledOnes = [0x2776, 0x2780, 0x278a, 0x24f5];
const circled = /[\u2776-\u277e\u2780-\u2788\u278a-\u2792\u24f5-\u24fd]/g;

function circledDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  return String(code - circledOnes.find((one) => code >= one && code < one + 9)! + 1);
}

const cjk = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Hangul}';
/** Korean parts its words. */
const unspaced = '\\p{sc=Han}\\p{sc=Hiragana}';
const insideCjk = new RegExp(
  `(?<=[${unspaced}])[\\p{Extended_Pictographic} *_~·]{1,4}(?=[${unspaced}])`,
  'gu',
);
const cjkBorder = new RegExp(
  `(?<=[${cjk}ー])(?=[a-z0-9_@])|(?<=[a-z0-9_])(?=[${cjk}])|(?<=[\\p{L}\\p{N}])(?=@[^\\s@]+_)`,
  'gu',
);

/** NFKD, no accents, hiragana for katakana, ASCII digits; at most one blank in a row. */
function plainOf(text: string): string {
  const letters = drawnLetters(
    withoutTowers(withoutInvisible(text)).replace(keycap, '').replace(phrases, ' '),
  )
    .replace(circled, circledDigit)
    .replaceAll('\u24ff', '0');
  return plainLetters(decimalDigits(letters))
    .replace(/\s+/g, (blank) => (blank.includes('\n') ? '\n' : ' '))
    .replace(insideCjk, '');
}

/** What is drawn as a Latin letter in both cases, or in the case that a mixed word would use. */
const likeLatin: Record<string, string> = Object.fromEntries(
  'аa вb еe ёe кk мm нh оo рp сc тt уy хx іi їi ѕs јj ԁd ԛq ԝw һh ɡg ıi ɪi пn αa εe ιi κk νv οo ρp τt υu χx ηn'
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.slice(1)]),
);
const known = new Map<string, string>();
const KNOWN_MAX = 5_000;
function latinLetter(letter: string): string {
  const lower = letter.toLowerCase();
  let found = known.get(letter) ?? likeLatin[lower];
  if (found === undefined) {
    const like = unhomoglyph(letter).toLowerCase();
    found = /^[a-z]{1,2}$/.test(like) ? like : lower;
    if (known.size < KNOWN_MAX) known.set(letter, found);
  }
  return found;
}

const foreign =
  /(?![a-z])[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Armenian}\p{sc=Cherokee}\p{sc=Lisu}\p{sc=Coptic}]/giu;

/** Look-alikes of other scripts are read as Latin in a word that has Latin letters. */
function withoutLookAlikes(text: string): string {
  return text
    .split(/([^\p{L}\p{M}\p{N}@.'_-]+)/u)
    .map((word) => (/[a-z]/i.test(word) ? word.replace(foreign, latinLetter) : word))
    .join('')
    .toLowerCase()
    .replace(cjkBorder, ' ')
    .replaceAll('v 信', 'v信');
}

const punctuated = /^(?:[\p{L}\p{N}@][.\-_*~|/·,+]){2,}[\p{L}\p{N}](?![\p{L}\p{N}])/u;
function withoutInnerSigns(word: string): string {
  const spelled = punctuated.exec(word)?.[0];
  return spelled ? spelled.replace(/[^\p{L}\p{N}@]/gu, '') + word.slice(spelled.length) : word;
}

const SPELLED_MIN = 3;
function isSingle(word: string): boolean {
  return word.length === 1 || (word.length === 2 && word.codePointAt(0)! > 0xffff);
}

/** "s n a p", "s-n-a-p" → "snap". */
function joined(line: string): string {
  const words: string[] = [];
  let singles: string[] = [];
  const close = (): void => {
    if (singles.length >= SPELLED_MIN) words.push(singles.join(''));
    else words.push(...singles);
    singles = [];
  };
  for (const word of line.split(' ')) {
    if (isSingle(word)) singles.push(word);
    else {
      close();
      words.push(withoutInnerSigns(word));
    }
  }
  close();
  return words.join(' ');
}

export interface Readings {
  plain: string;
  /** Letters that stood apart are words again. */
  joined: string;
}

export function readingsOf(text: string): Readings {
  const plain = plainOf(text);
  return {
    plain: withoutLookAlikes(plain),
    joined: withoutLookAlikes(plain.split('\n').map(joined).join('\n')),
  };
}

/** As the words of our lists have to be written to be found in a reading. */
export function listed(words: string): string[] {
  return plainLetters(words).toLowerCase().split(/\s+/).filter(Boolean);
}
