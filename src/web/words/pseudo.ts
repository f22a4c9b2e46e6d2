import { parse } from '@formatjs/icu-messageformat-parser';
import { printAST } from '@formatjs/icu-messageformat-parser/printer.js';
import { mapLiterals } from './parts.ts';
import type { Texts } from './texts.ts';

/** One after the other: what a letter becomes. */
const letters = 'acdeghijklnorstuwyzACDEGHINORSTUWYZ';
const accentedLetters = 'áçðéĝĥîĵķļñöŕšţûŵýžÅÇÐÉĜĤÎÑÖŔŠŢÛŴÝŽ';

/** German and Finnish are a third longer than English, short words more than that. */
function lengthened(text: string): string {
  return text.replace(/\p{L}+/gu, (word) => word + word.slice(0, Math.ceil(word.length * 0.35)));
}

function accented(text: string): string {
  return lengthened(text).replace(/[a-z]/gi, (letter) => accentedLetters[letters.indexOf(letter)] ?? letter);
}

/** Each word from right to left, as Unicode's RLO (U+202E) has it drawn, with RLM (U+200F) around; numbers keep their direction, as in Arabic. */
function mirrored(text: string): string {
  return text.replace(/\p{L}+/gu, '\u200f\u202e$&\u202c\u200f');
}

function changed(texts: Texts, change: (text: string) => string, frame: (text: string) => string): Texts {
  return new Map(
    [...texts].map(([key, source]) => [key, frame(printAST(mapLiterals(parse(source), change)))]),
  );
}

/** Locales made of English for whoever builds: what isn't in a catalogue, is cut, or leans the wrong way, shows. */
export function pseudoLocales(english: Texts): ReadonlyMap<string, Texts> {
  return new Map([
    ['en-XA', changed(english, accented, (text) => `⟦${text}⟧`)],
    ['ar-XB', changed(english, mirrored, (text) => text)],
  ]);
}
