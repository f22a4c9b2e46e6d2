import { plainLetters } from '../../../kernel/text/plain-letters.ts';
import type { Guesses } from '../../../platform/passwords/guesses.ts';
import { passwordPolicy } from '../policy.ts';
import { readingsOf } from './password-readings.ts';
import { siteWords } from './site-words.ts';

export interface PasswordRules {
  /** A sentence for the person when the password is easily guessed, else null. `personal`: username, email, phone. */
  fault(password: string, personal: readonly string[]): Promise<string | null>;
}

/**
 * The work grows steeply with length: 128 characters took most of a second. A guessable beginning of 24, or for longer ones
 * a guessable end too, is what makes a password weak; that takes 20 ms at most.
 */
const LOOKED_AT = 24;

async function guessesOf(guesses: Guesses, text: string, words: string[]): Promise<number> {
  const characters = Array.from(text);
  const parts = [characters.slice(0, LOOKED_AT), characters.slice(LOOKED_AT).slice(-LOOKED_AT)];
  let most = 0;
  for (const part of parts) {
    if (part.length > 0 && most < passwordPolicy.minGuesses)
      most = Math.max(most, await guesses.of(part.join(''), words));
  }
  return most;
}

/** Whether any reading of the password is found by trying lists. */
async function isGuessed(guesses: Guesses, password: string, words: string[]): Promise<boolean> {
  for (const { text, times } of readingsOf(password))
    if ((await guessesOf(guesses, text, words)) * times < passwordPolicy.minGuesses) return true;
  return false;
}

/**
 * Words a guesser tries first for this person: whole and in their parts ("ann.lee@example.com" → ann, lee,
 * example).
 */
function wordsOf(personal: readonly string[]): string[] {
  return [...new Set(personal.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]))].filter(
    (word) => word.length >= 3,
  );
}

/** What an easy guess leaves over once the person's own words are taken out: "annlee1998!" leaves "1998". */
const REST_MIN = 6;

function fold(text: string): string {
  return plainLetters(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Whether a password is little more than the username, the address or the site's name. */
function isBuiltFrom(password: string, personal: readonly string[]): boolean {
  const words = ['chatlink', ...wordsOf(personal).map(fold)].filter((word) => word.length >= 4);
  const whole = fold(password);
  const rest = words
    .sort((a, b) => b.length - a.length)
    .reduce((text, word) => text.replaceAll(word, ''), whole);
  return rest.length < whole.length && rest.length < REST_MIN;
}

/** `isBreached`: whether a password is known from leaks (off by default, see docs/operations). */
export function createPasswordRules(
  guesses: Guesses,
  isBreached: (password: string) => Promise<boolean>,
): PasswordRules {
  return {
    async fault(password, personal) {
      const words = [...siteWords, ...wordsOf(personal)];
      if (isBuiltFrom(password, personal) || (await isGuessed(guesses, password, words)))
        return "This password is easy to guess. Use a few unrelated words, or something longer that isn't your name.";
      if (await isBreached(password.normalize('NFC')))
        return "This password was leaked from another site. Please choose one you haven't used elsewhere.";
      return null;
    },
  };
}
