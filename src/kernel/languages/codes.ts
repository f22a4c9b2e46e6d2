import iso6391 from 'iso-639-1';
import { type FurtherLanguage, spokenLanguages } from './further.ts';
import { signLanguages } from './signed.ts';

// CommonJS: Node shows its default as a property, Jest doesn't.
export const ISO6391 = (iso6391 as unknown as { default?: typeof iso6391 }).default ?? iso6391;

const signed = new Map<string, FurtherLanguage>(Object.entries(signLanguages));
export const furtherLanguages: ReadonlyMap<string, FurtherLanguage> = new Map([
  ...Object.entries<FurtherLanguage>(spokenLanguages),
  ...signed,
]);

/** BCP 47: ISO 639-1, and where it has none, three letters. */
export const languageCodes: readonly string[] = [...ISO6391.getAllCodes(), ...furtherLanguages.keys()];
const known = new Set(languageCodes);

export function isLanguage(code: string): boolean {
  return known.has(code);
}

export function isSigned(code: string): boolean {
  return signed.has(code);
}

/** Tags of languages that are kept under another one: one language, one code. */
const sameAs = new Map([
  ['fil', 'tl'],
  ['kmr', 'ku'],
  ['cmn', 'zh'],
  ['arb', 'ar'],
  ['ajp', 'apc'],
  ['pes', 'fa'],
  ['iw', 'he'],
  ['in', 'id'],
]);

/** What a program calls a language → the code that it is kept under. */
export function keptCode(code: string): string {
  return sameAs.get(code) ?? code;
}

export function englishLanguageName(code: string): string {
  return furtherLanguages.get(code)?.[0] || ISO6391.getName(code) || code;
}
