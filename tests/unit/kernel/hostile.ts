import fc from 'fast-check';

const codeUnit = fc.nat(0xffff).map((unit) => String.fromCharCode(unit));

/** What strangers may send at most: far beyond every limit, so that a test of it stays quick. */
const LONGEST = 5_000;

/**
 * Strings that stay close to what a parser listens for, since wholly random ones are refused at their first
 * character: its own fragments shuffled, one of them over and over, or any code units at all, with NUL and halves
 * of surrogate pairs among them.
 */
export function hostile(fragments: readonly string[]): fc.Arbitrary<string> {
  const fragment = fc.constantFrom(...fragments);
  const piece = fc.oneof({ weight: 9, arbitrary: fragment }, codeUnit);
  return fc.oneof(
    { weight: 20, arbitrary: fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')) },
    {
      weight: 2,
      arbitrary: fc.tuple(piece, fragment, fc.nat(LONGEST), piece).map(([start, one, times, end]) => {
        return `${start}${one.repeat(times)}${end}`.slice(0, LONGEST);
      }),
    },
    { weight: 1, arbitrary: fc.string({ unit: codeUnit, maxLength: LONGEST, size: 'max' }) },
  );
}

/** `text` with `part` pushed in somewhere, at neither end: there it might be trimmed away. */
export function withInside(text: string, part: string): fc.Arbitrary<string> {
  return fc.integer({ min: 1, max: text.length - 1 }).map((at) => text.slice(0, at) + part + text.slice(at));
}
