/** Whether a string can be stored and shown as it is: no NUL, no half of a surrogate pair. */
export function isCleanText(s: string): boolean {
  return !s.includes('\0') && s.isWellFormed();
}

/** How many characters a person would count; a surrogate pair is one. */
export function codePoints(s: string): number {
  let n = 0;
  for (const _ of s) n++;
  return n;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * What a reader counts as characters (UAX #29): a family of emoji is one, and so is a letter with its accents. At most
 * the first `max`: each step of Intl.Segmenter costs more, the longer the text.
 */
export function graphemes(s: string, max: number): string[] {
  // Between two plain letters there is always a boundary, and most texts have no others.
  const first = s.slice(0, max + 1);
  if (/^[ -~]*$/.test(first)) return first.split('').slice(0, max);
  const found: string[] = [];
  for (const { segment } of segmenter.segment(s)) if (found.push(segment) >= max) break;
  return found;
}
