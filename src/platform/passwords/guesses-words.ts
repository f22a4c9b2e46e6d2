import { keysOf } from '../../kernel/text/keyboards.ts';
import { plainLetters } from '../../kernel/text/plain-letters.ts';

const DEEPEST = 30_000; // rarer words with two digits behind take too many guesses anyway
/** So many words are also known as typed on a keyboard that was left on Latin letters. */
const ON_LATIN_KEYS = 2_000;

/** What zxcvbn counts for so many unknown letters: a word that takes more is no help. */
const LETTERS = [1, 10, 100, 1_000, 10_000, 100_000];

/** One table for several lists, each word with its best rank: one look-up instead of many. */
export class RankedWords {
  /** Without a prototype: "constructor" is a word too. */
  readonly ranks: Record<string, number> = Object.create(null);
  longest = 0;

  #add(word: string, rank: number): void {
    if (rank >= (LETTERS[word.length] ?? Infinity) || this.ranks[word]! <= rank) return;
    this.ranks[word] = rank;
    this.longest = Math.max(this.longest, word.length);
  }

  /** Empties the lists, to free their memory. */
  addDictionary(dictionary: Record<string, (string | number)[]>, deepest = DEEPEST): void {
    for (const words of Object.values(dictionary)) {
      this.addWords(words, { deepest });
      words.length = 0;
    }
  }

  /** Most common first; reduced to plain letters as passwords are (auth/password/password-readings.ts). */
  addWords(words: readonly (string | number)[], { deepest = DEEPEST, onKeys = 0 } = {}): void {
    for (let n = 0; n < words.length && n < deepest; n++) {
      const word = String(words[n]);
      const isPlain = /^[ -@[-~]*$/.test(word);
      this.#add(isPlain ? word : plainLetters(word).toLowerCase(), n + 1);
      if (!isPlain && n < onKeys) for (const keys of keysOf(word)) this.#add(keys, n + 1);
    }
  }

  addPasswords(passwords: readonly string[]): void {
    this.addWords(passwords, { onKeys: passwords.length });
  }

  addCommonWords(words: readonly string[]): void {
    this.addWords(words, { onKeys: ON_LATIN_KEYS });
  }
}
