import { findInvisible, isVisible, withoutIdle } from './invisible.ts';
import { codePoints, graphemes } from './text.ts';

/** The longest emoji of Unicode 17 (a kiss of two skin tones) in UTF-16 units: whoever writes nothing else has room. */
export const unitsPerGrapheme = 15;

/** How much a person may write. */
export interface TextLimits {
  /** What a reader counts as characters. */
  graphemes: number;
  /** UTF-16 units, as `maxlength` counts them; asked before anything else, so that no text costs more than this. */
  units: number;
  /** 1: all on one line. */
  lines: number;
}

export type TextFault =
  | { fault: 'control' | 'direction' | 'invisible' | 'unshowable' | 'stacked'; near: string }
  /** `count`: graphemes; null where they were too many to count. */
  | { fault: 'length'; count: number | null }
  | { fault: 'lines'; count: number };

export type WrittenText = { ok: true; text: string } | ({ ok: false } & TextFault);

/**
 * Marks above and below one letter. UTS #39 section 5.4 has 4 for identifiers; pointed Hebrew with accents reaches 5.
 */
const MARKS_MAX = 5;
/** The same with marks that stand beside their letter, as Indic and Burmese syllables have up to seven. */
const ALL_MARKS_MAX = 9;
/** Code points of one grapheme. The longest emoji of Unicode 17 has 10, Sanskrit's longest conjuncts about as many. */
const GRAPHEME_MAX = 16;
/** Empty lines next to each other; more are taken away. */
const EMPTY_LINES_MAX = 2;

/** Letters that Tibetan writes below another, which Unicode counts among marks. What they pile up, GRAPHEME_MAX bounds. */
const notBelow = '(?![\\u0F90-\\u0FBC])';
/**
 * Vowel signs that everything which draws them gives a ring to stand on where there is no letter, as in a list of them: a
 * line may begin so.
 */
const vowelSigns = `(?=\\p{Alphabetic})[${'Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Thai Laoo Tibt Mymr Khmr Java Bali'.replace(/\w+ ?/g, (script) => `\\p{sc=${script.trim()}}`)}]`;

/** A mark with nothing to stand on takes what is before the text: our own words. */
const stacked = new RegExp(
  `(?:^|\\n)(?!${vowelSigns})\\p{M}|(?:${notBelow}[\\p{Mn}\\p{Me}]){${MARKS_MAX + 1}}|(?:${notBelow}\\p{M}){${ALL_MARKS_MAX + 1}}`,
  'u',
);

/** First those that name what a text was made for, so that a person hears the reason and not a symptom. */
const refused = [
  ['control', /(?!\n)\p{Cc}/u],
  // The override turns the text that follows; embeddings and isolates are taken away before.
  ['direction', /\u202E/],
  // Halves of surrogate pairs, private and forbidden characters, and stand-ins for things that were not copied.
  ['unshowable', /[\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\uFFF9-\uFFFC]/u],
  ['stacked', stacked],
] as const;

/** How other systems write a line break (UAX #14: BK, CR, NL). */
const lineBreaks = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

/** U+2800 is braille's empty cell, a space to everybody else. */
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

/** The word before a fault, for a message to point with. */
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
  // NFC can make a text longer.
  if (text.length > limits.units) return { fault: 'length', count: null };
  // Up to the double the excess is worth a number.
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

/** In NFC, which may take a mark from beside another that needed it there. */
function composedOf(text: string): string {
  const composed = withoutIdle(text.normalize('NFC'));
  return composed === text ? text : composedOf(composed);
}

/**
 * Reads a text that others will see: in NFC, line breaks as "\n", white space at the ends, heaps of empty lines and marks
 * that came along unseen gone. '' is a text. Refuses what cannot be seen, turns the direction of other text, or grows out of its line. What it
 * answers it would answer again unchanged.
 */
export function readWrittenText(typed: string, limits: TextLimits): WrittenText {
  const several = limits.lines > 1;
  // A form sends each line break as two units.
  if (typed.length > limits.units * 2) return { ok: false, fault: 'length', count: null };
  const broken = withoutIdle(several ? typed.replace(lineBreaks, '\n') : typed);
  if (broken.length > limits.units) return { ok: false, fault: 'length', count: null };
  // Before NFC: putting thousands of marks in order takes it the square of their number.
  const tower = broken.search(stacked);
  if (tower >= 0) return { ok: false, fault: 'stacked', near: wordBefore(broken, tower) };

  const composed = composedOf(broken);
  const text = several ? withoutWaste(composed) : onOneLine(composed);
  const lineBreak = several ? -1 : text.search(/[\n\u2028\u2029]/);
  if (lineBreak >= 0) return { ok: false, fault: 'control', near: wordBefore(text, lineBreak) };
  const fault = findFault(text) ?? findExcess(text, limits);
  return fault ? { ok: false, ...fault } : { ok: true, text };
}
