import { findInvisible, isVisible, withoutIdle } from './invisible.ts';
import { codePoints, graphemes } from './text.ts';

/** UTF-16 units of Unicode 17's longest emoji (a kiss with two skin tones). */
export const unitsPerGrapheme = 15;

export interface TextLimits {
  graphemes: number; // user-perceived characters
  units: number; // UTF-16 units, as `maxlength`; asked first, to bound the work
  lines: number;
}

export type TextFault =
  | { fault: 'control' | 'direction' | 'invisible' | 'unshowable' | 'stacked'; near: string }
  /** Null: too many to count. */
  | { fault: 'length'; count: number | null }
  | { fault: 'lines'; count: number };

export type WrittenText = { ok: true; text: string } | ({ ok: false } & TextFault);

const MARKS_MAX = 5; // UTS #39, 5.4 has 4 for identifiers; pointed Hebrew with accents reaches 5
const ALL_MARKS_MAX = 9; // spacing marks too: Indic and Burmese syllables have up to seven
/** Code points: the longest emoji of Unicode 17 has 10, and so have Sanskrit's longest conjuncts. */
const GRAPHEME_MAX = 16;
const EMPTY_LINES_MAX = 2;

const notBelow = '(?![\\u0F90-\\u0FBC])'; // Tibetan subjoined letters; GRAPHEME_MAX bounds them
/** A line may begin with these: without a letter they are drawn on a dotted circle. */
const vowelSigns = `(?=\\p{Alphabetic})[${'Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Thai Laoo Tibt Mymr Khmr Java Bali'.replace(/\w+ ?/g, (script) => `\\p{sc=${script.trim()}}`)}]`;

/** A mark at the start would stand on our own words. */
const stacked = new RegExp(
  `(?:^|\\n)(?!${vowelSigns})\\p{M}|(?:${notBelow}[\\p{Mn}\\p{Me}]){${MARKS_MAX + 1}}|(?:${notBelow}\\p{M}){${ALL_MARKS_MAX + 1}}`,
  'u',
);

const refused = [
  ['control', /(?!\n)\p{Cc}/u],
  ['direction', /\u202E/], // embeddings and isolates were removed before
  // Unpaired surrogates, private and forbidden characters, placeholders of what wasn't copied.
  ['unshowable', /[\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\uFFF9-\uFFFC]/u],
  ['stacked', stacked],
] as const;

const lineBreaks = /\r\n?|[\v\f\u0085\u2028\u2029]/g; // UAX #14: BK, CR, NL

/** U+2800: braille's empty cell. */
function withoutWaste(text: string): string {
  return text
    .replace(/[\t\u2800]/g, ' ')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(new RegExp(`\\n{${EMPTY_LINES_MAX + 2},}`, 'g'), '\n'.repeat(EMPTY_LINES_MAX + 1))
    .trim();
}

function onOneLine(text: string): string {
  return text.replace(/[\p{Zs}\u2800]+/gu, ' ').trim();
}

function wordBefore(text: string, index: number): string {
  const words = text
    .slice(Math.max(0, index - 40), index)
    .replace(/\p{C}/gu, '')
    .trim()
    .split(/\s/);
  return words.at(-1)!.replace(/^\p{M}+/u, '');
}

function findFault(text: string): TextFault | null {
  for (const [fault, pattern] of refused) {
    const index = text.search(pattern);
    if (index >= 0) return { fault, near: wordBefore(text, index) };
  }
  if (text !== '' && !isVisible(text)) return { fault: 'invisible', near: '' };
  const index = findInvisible(text);
  return index < 0 ? null : { fault: 'invisible', near: wordBefore(text, index) };
}

function findExcess(text: string, limits: TextLimits): TextFault | null {
  // NFC can lengthen a text.
  if (text.length > limits.units) return { fault: 'length', count: null };
  const most = limits.graphemes * 2;
  const parts = graphemes(text, most + 1);
  if (parts.length > limits.graphemes)
    return { fault: 'length', count: parts.length > most ? null : parts.length };
  const lines = text.split('\n').length;
  if (lines > limits.lines) return { fault: 'lines', count: lines };
  const tower = parts.findIndex((part) => codePoints(part) > GRAPHEME_MAX);
  if (tower >= 0) return { fault: 'stacked', near: wordBefore(text, parts.slice(0, tower).join('').length) };
  return null;
}

/** NFC may take a mark from another one that needed it. */
function composedOf(text: string): string {
  const composed = withoutIdle(text.normalize('NFC'));
  return composed === text ? text : composedOf(composed);
}

/** NFC, without outer space and needless marks. Refuses what hides, turns or overflows text. Idempotent; '' is fine. */
export function readWrittenText(typed: string, limits: TextLimits): WrittenText {
  const several = limits.lines > 1;
  // A browser sends a line break as two units.
  if (typed.length > limits.units * 2) return { ok: false, fault: 'length', count: null };
  const broken = withoutIdle(several ? typed.replace(lineBreaks, '\n') : typed);
  if (broken.length > limits.units) return { ok: false, fault: 'length', count: null };
  // Before NFC, which takes quadratic time for many marks.
  const tower = broken.search(stacked);
  if (tower >= 0) return { ok: false, fault: 'stacked', near: wordBefore(broken, tower) };

  const composed = composedOf(broken);
  const text = several ? withoutWaste(composed) : onOneLine(composed);
  const lineBreak = several ? -1 : text.search(/[\n\u2028\u2029]/);
  if (lineBreak >= 0) return { ok: false, fault: 'control', near: wordBefore(text, lineBreak) };
  const fault = findFault(text) ?? findExcess(text, limits);
  return fault ? { ok: false, ...fault } : { ok: true, text };
}
