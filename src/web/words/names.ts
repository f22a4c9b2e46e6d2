import { createRequire } from 'node:module';
import type { Request } from 'express';
import countries, { type LocaleData } from 'i18n-iso-countries';
import { ownName } from '../../kernel/languages/own-names.ts';
import { countryCodes } from '../../kernel/places.ts';
import { remembering } from '../../kernel/remembering.ts';
import { languageNamesIn } from './language-names.ts';
import { acceptedTags, localeMatcher } from '../request/visitor-locale.ts';

export interface Option {
  value: string;
  label: string;
}

export interface Names {
  locale: string; // BCP 47, with script and region where they matter
  country(code: string): string;
  language(code: string): string;
  countries: readonly Option[];
  languages: readonly Option[]; // "Allemand · Deutsch", sorted by the first
  languageNames: readonly Option[]; // "Allemand"
}

const require = createRequire(import.meta.url);
const FALLBACK = 'en';
const packaged = new Set(countries.getSupportedLanguages());

/** Intl names all countries in these, or all but two. */
const further =
  'as ckb cv eo fil fo fy gd gu ig jv kn lb lo mi my ne or pa qu rm si te ti to yo yue zu'.split(' ');

/** Intl has all names in these too. */
const inOtherScripts = ['hi-Latn', 'sr-Latn', 'uz-Cyrl', 'yue-Hans', 'zh-Hant'];

/** Over thirty names differ from the rest of the language; regions by CLDR's parentLocales. */
const regional: Record<string, readonly string[]> = {
  'fa-AF': ['AF'],
  'fr-CA': ['CA'],
  'pt-PT': ['AO', 'CH', 'CV', 'FR', 'GQ', 'GW', 'LU', 'MO', 'MZ', 'PT', 'ST', 'TL'],
  'sw-CD': ['CD'],
  'sw-KE': ['KE'],
  'zh-Hant-HK': ['HK', 'MO'],
};

const locales = Intl.DisplayNames.supportedLocalesOf([...packaged, ...further, ...inOtherScripts]);
export const knownLocales: readonly string[] = [...locales, ...Object.keys(regional)];
const known = new Set(knownLocales);
const matcher = localeMatcher(locales, regional);

/** Nobody looks for Hong Kong under "Special Administrative Region". */
const shorter = new Set(['HK', 'MM', 'MO', 'PS']);

const inEnglish = new Intl.DisplayNames([FALLBACK], { type: 'region', fallback: 'none' });

function make(locale: string): Names {
  const language = locale.split('-')[0]!;
  if (packaged.has(language))
    countries.registerLocale(require(`i18n-iso-countries/langs/${language}.json`) as LocaleData);
  const regions = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' });
  const short = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none', style: 'short' });
  // "South Korea", where ISO 3166 says "Korea, Republic of".
  const long = (code: string): string =>
    regions.of(code) ?? countries.getName(code, language) ?? inEnglish.of(code) ?? code;
  const country = (code: string): string =>
    shorter.has(code) ? withoutBrackets(short.of(code) ?? long(code)) : long(code);
  const { compare } = new Intl.Collator(locale);
  const sorted = (options: Option[]) => options.sort((a, b) => compare(a.label, b.label));
  const countryNames = new Map(countryCodes.map((code) => [code, country(code)]));
  const languageNames = languageNamesIn(locale);
  return {
    locale,
    country: (code) => countryNames.get(code) ?? country(code),
    language: (code) => languageNames.get(code) ?? code,
    countries: sorted(countryCodes.map((code) => ({ value: code, label: country(code) }))),
    languageNames: sorted([...languageNames].map(([value, label]) => ({ value, label }))),
    languages: sorted(
      [...languageNames].map(([value, name]) => ({ value, label: withOwnName(name, ownName(value).name) })),
    ),
  };
}

/** "Myanmar (Birmania)" */
function withoutBrackets(name: string): string {
  return name.replace(/\s*[(（].*[)）]$/, '');
}

const { compare: compareNames } = new Intl.Collator(FALLBACK, { sensitivity: 'accent' });
export function isSameName(one: string, other: string): boolean {
  return compareNames(one, other) === 0;
}

function withOwnName(name: string, own: string): string {
  return isSameName(name, own) ? name : `${name} · ${own}`;
}

const namesOf = remembering(Infinity, make);

export function namesIn(locale: string): Names {
  return namesOf(known.has(locale) ? locale : FALLBACK);
}

/** Most wanted first, as browsers send them. */
export function namesForTags(tags: readonly string[]): Names {
  return namesIn(matcher.match(tags) ?? FALLBACK);
}

export function namesFor(req: Request): Names {
  return namesForTags(acceptedTags(req));
}
