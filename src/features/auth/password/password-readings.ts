import { keysOf } from '../../../kernel/text/keyboards.ts';
import { plainLetters } from '../../../kernel/text/plain-letters.ts';
import { codePoints } from '../../../kernel/text/text.ts';

/** `times`: how many more guesses the password takes than what it is read as. */
export interface Reading {
  text: string;
  times: number;
}

const SEPARATORS = 10; // zxcvbn's count of usual separators
const separators = /[\p{Z}\p{P}\p{Cf}ـ]/gu;

/** "i love you": its letters, times ten for the blank, and for each unusual separator. */
function withoutSeparators(text: string): Reading | null {
  const found = text.match(separators) ?? [];
  const letters = text.replace(separators, '');
  // More of them than letters are no separators.
  if (found.length >= codePoints(letters)) return null;
  const most = Math.max(0, ...found.map((one) => found.filter((other) => other === one).length));
  const odd = found.length - most;
  return { text: letters, times: SEPARATORS ** (odd + (most > 0 ? 1 : 0)) };
}

/** As typed, in plain letters, and as Latin keys. */
export function readingsOf(password: string): Reading[] {
  const letters = withoutSeparators(plainLetters(password));
  const readings = [
    { text: password.normalize('NFKC'), times: 1 },
    ...(letters ? [letters] : []),
    ...keysOf(password).map((text) => ({ text, times: 1 })),
  ];
  const seen = new Set<string>();
  return readings.filter(({ text }) => !seen.has(text) && seen.add(text));
}
