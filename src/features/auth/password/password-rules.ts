import { plainLetters } from '../../../kernel/text/plain-letters.ts';
import type { GuessEstimator } from '../../../platform/passwords/guesses.ts';
import { passwordPolicy } from '../policy.ts';
import { readingsOf } from './password-readings.ts';
import { siteWords } from './site-words.ts';

export type PasswordFault = 'guessed' | 'breached';

export interface PasswordRules {
  /** Null unless easily guessed. `personal`: username, email, phone. */
  fault(password: string, personal: readonly string[]): Promise<PasswordFault | null>;
}

/** zxcvbn takes most of a second for 128 characters; the first and last 24 take 20 ms, and make a password weak. */
const LOOKED_AT = 24;

async function guessesOf(guessEstimator: GuessEstimator, text: string, words: string[]): Promise<number> {
  const characters = Array.from(text);
  const parts = [characters.slice(0, LOOKED_AT), characters.slice(LOOKED_AT).slice(-LOOKED_AT)];
  let most = 0;
  for (const part of parts) {
    if (part.length > 0 && most < passwordPolicy.minGuesses)
      most = Math.max(most, await guessEstimator.guessesFor(part.join(''), words));
  }
  return most;
}

async function isGuessed(
  guessEstimator: GuessEstimator,
  password: string,
  words: string[],
): Promise<boolean> {
  for (const { text, times } of readingsOf(password))
    if ((await guessesOf(guessEstimator, text, words)) * times < passwordPolicy.minGuesses) return true;
  return false;
}

/** "ann.lee@example.com" → ann, lee, example. */
function wordsOf(personal: readonly string[]): string[] {
  return [...new Set(personal.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]))].filter(
    (word) => word.length >= 3,
  );
}

const REST_MIN = 6; // "annlee1998!" leaves "1998" once the person's own words are gone

function fold(text: string): string {
  return plainLetters(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

function isBuiltFrom(password: string, personal: readonly string[]): boolean {
  const words = ['chatlink', ...wordsOf(personal).map(fold)].filter((word) => word.length >= 4);
  const whole = fold(password);
  const rest = words
    .sort((a, b) => b.length - a.length)
    .reduce((text, word) => text.replaceAll(word, ''), whole);
  return rest.length < whole.length && rest.length < REST_MIN;
}

/** `isBreached` is off by default (docs/operations). */
export function createPasswordRules(
  guessEstimator: GuessEstimator,
  isBreached: (password: string) => Promise<boolean>,
): PasswordRules {
  return {
    async fault(password, personal) {
      const words = [...siteWords, ...wordsOf(personal)];
      if (isBuiltFrom(password, personal) || (await isGuessed(guessEstimator, password, words)))
        return 'guessed';
      return (await isBreached(password.normalize('NFC'))) ? 'breached' : null;
    },
  };
}
