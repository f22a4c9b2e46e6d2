/**
 * What people type or paste where something is looked up or sent to: contacts, names, codes. Whatever those are written
 * with is read here, once, so that every field knows the same marks and digits.
 */

/** Marks that nobody sees; address books, chats and web pages copy them along. */
const invisible = /\p{Default_Ignorable_Code_Point}/gu;

/** For what holds none: numbers, codes, usernames. */
export function withoutInvisible(text: string): string {
  return text.replace(invisible, '');
}

const isEmpty = /^[\s\p{Default_Ignorable_Code_Point}]$/u;

/** White space and marks that nobody sees, at both ends. Not by `+$`: its time grows with the square of what stands inside. */
export function trimmed(text: string): string {
  const letters = Array.from(text);
  const isSeen = (letter: string): boolean => !isEmpty.test(letter);
  const first = letters.findIndex(isSeen);
  return first === -1 ? '' : letters.slice(first, letters.findLastIndex(isSeen) + 1).join('');
}

function isDecimal(codePoint: number): boolean {
  return /^\p{Nd}$/u.test(String.fromCodePoint(codePoint));
}

/** Unicode keeps the decimal digits of a script together, 0 to 9 (The Unicode Standard, section 4.6). */
function valueOf(digit: string): string {
  const codePoint = digit.codePointAt(0)!;
  let first = codePoint;
  while (isDecimal(first - 1)) first--;
  return String((codePoint - first) % 10);
}

/** "۱۲۳", "१२३" and "１２３" are "123". */
export function decimalDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, valueOf);
}

/**
 * Dashes of any kind, the minus, the long vowel that Japanese keyboards give for a dash, and lines of boxes are "-";
 * dots in the middle are ".".
 */
export function plainPunctuation(text: string): string {
  return text
    .replace(/[\p{Pd}\u2212\u2043\u02D7\u30FC\u2500\u2501\u223C~]/gu, '-')
    .replace(/[\u00B7\u2022\u2027\u2219\u22C5\u30FB]/g, '.')
    .replace(/[\u2044\u2215]/g, '/');
}

/** A number, a code or a name of ours, in letters and digits that every keyboard has. */
export function plainTyped(text: string): string {
  return plainPunctuation(decimalDigits(withoutInvisible(text).normalize('NFKC'))).trim();
}
