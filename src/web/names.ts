import { createRequire } from 'node:module';
import type { Request } from 'express';
import countries, { type LocaleData } from 'i18n-iso-countries';
import { countryCodes, englishLanguageName, languageCodes, ownLanguageName } from '../kernel/places.ts';

/** One choice of a select. */
export interface Option {
  value: string;
  label: string;
}

/** Country and language names in one visitor's language. */
export interface Names {
  /** BCP 47 tag of the language the names are in. */
  locale: string;
  country(code: string): string;
  language(code: string): string;
  /** Sorted the way this language sorts. */
  countries: readonly Option[];
  /** "Allemand · Deutsch", sorted by the first. */
  languages: readonly Option[];
}

const require = createRequire(import.meta.url);
const FALLBACK = 'en';
const supported = new Set(
  countries
    .getSupportedLanguages()
    .filter((locale) => Intl.DisplayNames.supportedLocalesOf(locale).length > 0),
);

const made = new Map<string, Names>();

const make = (locale: string): Names => {
  countries.registerLocale(require(`i18n-iso-countries/langs/${locale}.json`) as LocaleData);
  const display = new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' });
  const regions = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' });
  // Intl first: it says "South Korea" where ISO 3166 says "Korea, Republic of".
  const country = (code: string): string => regions.of(code) ?? countries.getName(code, locale) ?? code;
  const language = (code: string): string => capital(display.of(code) ?? englishLanguageName(code), locale);
  const { compare } = new Intl.Collator(locale);
  const sorted = (options: Option[]) => options.sort((a, b) => compare(a.label, b.label));
  // Intl looks every name up anew, and pages ask for the same few.
  const countryNames = new Map(countryCodes.map((code) => [code, country(code)]));
  const languageNames = new Map(languageCodes.map((code) => [code, language(code)]));
  return {
    locale,
    country: (code) => countryNames.get(code) ?? country(code),
    language: (code) => languageNames.get(code) ?? language(code),
    countries: sorted(countryCodes.map((code) => ({ value: code, label: country(code) }))),
    languages: sorted(
      languageCodes.map((code) => ({
        value: code,
        label: withOwnName(language(code), ownLanguageName(code), locale),
      })),
    ),
  };
};

/** Many languages write their own names small; at the head of a list or line they look better with a capital. */
const capital = (word: string, locale: string): string =>
  word.slice(0, 1).toLocaleUpperCase(locale) + word.slice(1);

const withOwnName = (name: string, own: string, locale: string): string =>
  name.toLocaleLowerCase(locale) === own.toLocaleLowerCase(locale) ? name : `${name} · ${own}`;

/** Names in one of the supported languages; made at first use, kept afterwards (there are about seventy). */
export const namesIn = (locale: string): Names => {
  const known = supported.has(locale) ? locale : FALLBACK;
  let names = made.get(known);
  if (!names) made.set(known, (names = make(known)));
  return names;
};

/** Names in the language the browser asks for first, of those we have. */
export const namesFor = (req: Request): Names => {
  // "pt-BR, de;q=0.8" → "pt": express sorts by preference, the libraries know languages without regions.
  if (req.headers['accept-language'] === undefined) return namesIn(FALLBACK);
  const wanted = req.acceptsLanguages().map((tag) => tag.split('-')[0]!.toLowerCase());
  return namesIn(wanted.find((tag) => supported.has(tag)) ?? FALLBACK);
};
