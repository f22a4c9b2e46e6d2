import countries from 'i18n-iso-countries';

/** ISO 3166-1 alpha-2, upper case. */
export const countryCodes: readonly string[] = Object.keys(countries.getAlpha2Codes());

const countrySet = new Set(countryCodes);

export function isCountry(code: string): boolean {
  return countrySet.has(code);
}
