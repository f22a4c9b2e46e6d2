import { scriptSkeleton } from '../look-alikes.ts';
import { withoutInvisible } from '../typed.ts';
import { readingsOf } from './readings.ts';

function lettersOf(text: string): string {
  // What looks like a dash is read as the length of a vowel.
  return scriptSkeleton(readingsOf(text).plain).replace(/[^\p{L}\p{N}]|ー/gu, '');
}

function withoutNames(text: string, names: readonly string[]): string {
  const longestFirst = names.filter(Boolean).toSorted((one, other) => other.length - one.length);
  return longestFirst.reduce((rest, name) => rest.replaceAll(name.toLowerCase(), ' '), text.toLowerCase());
}

/**
 * The same for words that look the same, whatever their case, blanks, signs and accents. `names` are the reader's, so
 * that "Hi Ann" and "Hi Ben" are one greeting.
 */
export function firstWordsKey(text: string, names: readonly string[] = []): string {
  return lettersOf(withoutNames(text, names)) || withoutInvisible(text).replace(/\s/g, '');
}
