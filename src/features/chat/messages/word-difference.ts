import { diffArrays } from 'diff';
import { remembering } from '../../../kernel/remembering.ts';

/** `changed`: taken out of the first text, or put into the second. */
export interface DifferencePart {
  text: string;
  changed: boolean;
}

export interface WordDifference {
  before: DifferencePart[];
  after: DifferencePart[];
}

/** Long texts that have little in common take long: whoever waits for a page of fifty does not wait for that. */
const TIMEOUT_MS = 10;
/** UTF-16 units: twice the longest message of letters. */
const LONGEST = 8_000;
/** Where less than this stays, marks would say less than the two texts beside each other. */
const LEAST_COMMON = 0.4;

const segmenterOf = remembering(
  Infinity,
  (language: string) => new Intl.Segmenter(language, { granularity: 'word' }),
);

/** Words as the language has them, spaces and marks between them each a token. Piece by piece: Intl.Segmenter slows down with the length of a text. */
function tokensOf(text: string, language: string | null): string[] {
  const segmenter = segmenterOf(language ?? 'und');
  const pieces = text.split(/(?<=[\s\u3001\u3002\uff01\uff0c\uff1f])/);
  return pieces.flatMap((piece) => [...segmenter.segment(piece)].map(({ segment }) => segment));
}

/** A mark holds words; a space at its edge is none. */
function tight({ text, changed }: DifferencePart): DifferencePart[] {
  const words = text.trim();
  if (!changed || words === '') return [{ text, changed }];
  const from = text.indexOf(words);
  return [
    { text: text.slice(0, from), changed: false },
    { text: words, changed },
    { text: text.slice(from + words.length), changed: false },
  ].filter((part) => part.text !== '');
}

/** Neighbours of a kind become one, and so do two marks with nothing but a space between. */
function joined(parts: readonly DifferencePart[]): DifferencePart[] {
  const found: DifferencePart[] = [];
  for (const [at, part] of parts.entries()) {
    const isBetween = part.text.trim() === '' && parts[at - 1]?.changed && parts[at + 1]?.changed;
    const changed = part.changed || Boolean(isBetween);
    const last = found.at(-1);
    if (last?.changed === changed) last.text += part.text;
    else found.push({ text: part.text, changed });
  }
  return found.flatMap(tight);
}

/** Null: too much is new. */
export function wordDifference(
  before: string,
  after: string,
  language: string | null,
): WordDifference | null {
  if (Math.max(before.length, after.length) > LONGEST) return null;
  const [one, other] = [before, after].map((text) => tokensOf(text.normalize('NFC'), language));
  const changes = diffArrays(one!, other!, { timeout: TIMEOUT_MS });
  if (!changes) return null;
  const parts = changes.map(({ value, added, removed }) => ({ text: value.join(''), added, removed }));
  const lengthOf = (of: typeof parts): number =>
    of.reduce((sum, { text }) => sum + text.replace(/\s+/g, '').length, 0);
  const common = lengthOf(parts.filter(({ added, removed }) => !added && !removed));
  const longest = Math.max(
    lengthOf(parts.filter((_) => !_.added)),
    lengthOf(parts.filter((_) => !_.removed)),
  );
  if (common < longest * LEAST_COMMON) return null;
  return {
    before: joined(parts.filter((_) => !_.added).map(({ text, removed }) => ({ text, changed: removed }))),
    after: joined(parts.filter((_) => !_.removed).map(({ text, added }) => ({ text, changed: added }))),
  };
}
