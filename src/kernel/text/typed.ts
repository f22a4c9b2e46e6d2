const invisible = /\p{Default_Ignorable_Code_Point}/gu;

export function withoutInvisible(text: string): string {
  return text.replace(invisible, '');
}

const isEmpty = /^[\s\p{Default_Ignorable_Code_Point}]$/u;

/** Not with `+$`, which takes quadratic time. */
export function trimmed(text: string): string {
  const letters = Array.from(text);
  const isSeen = (letter: string): boolean => !isEmpty.test(letter);
  const first = letters.findIndex(isSeen);
  return first === -1 ? '' : letters.slice(first, letters.findLastIndex(isSeen) + 1).join('');
}

function isDecimal(codePoint: number): boolean {
  return /^\p{Nd}$/u.test(String.fromCodePoint(codePoint));
}

/** A script's digits follow each other (The Unicode Standard, 4.6). */
function valueOf(digit: string): string {
  const codePoint = digit.codePointAt(0)!;
  let first = codePoint;
  while (isDecimal(first - 1)) first--;
  return String((codePoint - first) % 10);
}

export function decimalDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, valueOf);
}

/** Includes what Japanese keyboards type for a dash, and box lines. */
export function plainPunctuation(text: string): string {
  return text
    .replace(/[\p{Pd}\u2212\u2043\u02D7\u30FC\u2500\u2501\u223C~]/gu, '-')
    .replace(/[\u00B7\u2022\u2027\u2219\u22C5\u30FB]/g, '.')
    .replace(/[\u2044\u2215]/g, '/');
}

export function plainTyped(text: string): string {
  return plainPunctuation(decimalDigits(withoutInvisible(text).normalize('NFKC'))).trim();
}
