import { keysOf } from '../../kernel/text/keyboards.ts';
import { plainLetters } from '../../kernel/text/plain-letters.ts';

/** Of most dictionaries, words beyond this rank are left out: with two digits behind, they take too many guesses anyway. */
const DEEPEST = 30_000;
/** Of a list of common words, so many are also known as they come out of a keyboard that was left on Latin letters. */
const ON_LATIN_KEYS = 2_000;

/** So many guesses zxcvbn counts for so many letters that it knows nothing of: a word that takes more is none. */
const LETTERS = [1, 10, 100, 1_000, 10_000, 100_000];

/** Words of several lists in one table, each with its best rank: a piece of a password is looked up once for all of them. */
export class RankedWords {
  /** Without a prototype: "constructor" is a word like another. */
  readonly ranks: Record<string, number> = Object.create(null);
  longest = 0;

  #add(word: string, rank: number): void {
    if (rank >= (LETTERS[word.length] ?? Infinity) || this.ranks[word]! <= rank) return;
    this.ranks[word] = rank;
    this.longest = Math.max(this.longest, word.length);
  }

  /** A package's lists, most common words first. They are emptied: what is needed of them is here now. */
  addDictionary(dictionary: Record<string, (string | number)[]>, deepest = DEEPEST): void {
    for (const words of Object.values(dictionary)) {
      this.addWords(words, { deepest });
      words.length = 0;
    }
  }

  /** In plain letters, as passwords are read (features/auth/password/password-readings.ts); most common ones first. */
  addWords(words: readonly (string | number)[], { deepest = DEEPEST, onKeys = 0 } = {}): void {
    for (let n = 0; n < words.length && n < deepest; n++) {
      const word = String(words[n]);
      const isPlain = /^[ -@[-~]*$/.test(word);
      this.#add(isPlain ? word : plainLetters(word).toLowerCase(), n + 1);
      if (!isPlain && n < onKeys) for (const keys of keysOf(word)) this.#add(keys, n + 1);
    }
  }

  /** What people choose before anything else. */
  addPasswords(passwords: readonly string[]): void {
    this.addWords(passwords, { onKeys: passwords.length });
  }

  addCommonWords(words: readonly string[]): void {
    this.addWords(words, { onKeys: ON_LATIN_KEYS });
  }
}
