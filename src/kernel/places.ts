import countries from 'i18n-iso-countries';
import iso6391 from 'iso-639-1';

// The package is CommonJS with a default of its own, which Node shows as a property and Jest does not.
const ISO6391 = (iso6391 as unknown as { default?: typeof iso6391 }).default ?? iso6391;

/** ISO 3166-1 alpha-2, upper case. */
export const countryCodes: readonly string[] = Object.keys(countries.getAlpha2Codes());
/** ISO 639-1, lower case. */
export const languageCodes: readonly string[] = ISO6391.getAllCodes();

const countrySet = new Set(countryCodes);
const languageSet = new Set(languageCodes);

export const isCountry = (code: string): boolean => countrySet.has(code);
export const isLanguage = (code: string): boolean => languageSet.has(code);

/** What a language calls itself: "de" → "Deutsch". */
export const ownLanguageName = (code: string): string => ISO6391.getNativeName(code) || code;
/** English, for languages that Intl has no name for. */
export const englishLanguageName = (code: string): string => ISO6391.getName(code) || code;

/** Languages of ISO 639-1 that are written from right to left. */
const rightToLeft = new Set(['ar', 'dv', 'fa', 'he', 'ks', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi']);
export const directionOf = (language: string): 'ltr' | 'rtl' => (rightToLeft.has(language) ? 'rtl' : 'ltr');
