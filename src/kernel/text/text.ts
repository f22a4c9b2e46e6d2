/** Can be stored: no NUL, no unpaired surrogate. */
export function isCleanText(s: string): boolean {
  return !s.includes('\0') && s.isWellFormed();
}

export function codePoints(s: string): number {
  let n = 0;
  for (const _ of s) n++;
  return n;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** User-perceived characters (UAX #29), at most `max`: Intl.Segmenter slows down with the length of a text. */
export function graphemes(s: string, max: number): string[] {
  // Between plain letters there is always a boundary.
  const first = s.slice(0, max + 1);
  if (/^[ -~]*$/.test(first)) return first.split('').slice(0, max);
  const found: string[] = [];
  for (const { segment } of segmenter.segment(s)) if (found.push(segment) >= max) break;
  return found;
}
