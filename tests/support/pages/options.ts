import { createRequire } from 'node:module';
import countries from 'i18n-iso-countries';
import iso6391 from 'iso-639-1';
import { getCountries, getCountryCallingCode } from 'libphonenumber-js';
import { furtherLanguages } from '../../../src/kernel/languages/codes.ts';
import type { Option } from './types.ts';

const names = createRequire(import.meta.url)('i18n-iso-countries/langs/en.json') as countries.LocaleData;
countries.registerLocale(names);

function byLabel(a: Option, b: Option) {
  return a.label.localeCompare(b.label, 'en');
}
function countryName(code: string) {
  return countries.getName(code, 'en') ?? code;
}

export const countryOptions: Option[] = Object.keys(countries.getAlpha2Codes())
  .map((value) => ({ value, label: countryName(value) }))
  .sort(byLabel);

export const dialOptions: Option[] = getCountries()
  .map((value) => ({
    value: value as string,
    label: `${countryName(value)} (+${getCountryCallingCode(value)})`,
  }))
  .sort(byLabel);

const languages = [
  ...iso6391.getAllCodes().map((value) => [value, iso6391.getName(value), iso6391.getNativeName(value)]),
  ...[...furtherLanguages].map(([value, [name, own]]) => [value, name, own]),
] as [string, string, string][];

export const languageOptions: Option[] = languages
  .map(([value, name, own]) => ({ value, label: `${name} · ${own}` }))
  .sort(byLabel);

export const languageNameOptions: Option[] = languages
  .map(([value, label]) => ({ value, label }))
  .sort(byLabel);
