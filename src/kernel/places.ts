import countries from 'i18n-iso-countries';
import iso6391 from 'iso-639-1';

// CommonJS: Node shows its default as a property, Jest doesn't.
const ISO6391 = (iso6391 as unknown as { default?: typeof iso6391 }).default ?? iso6391;

/** ISO 3166-1 alpha-2, upper case. */
export const countryCodes: readonly string[] = Object.keys(countries.getAlpha2Codes());
/** ISO 639-1, lower case. */
export const languageCodes: readonly string[] = ISO6391.getAllCodes();

const countrySet = new Set(countryCodes);
const languageSet = new Set(languageCodes);

export function isCountry(code: string): boolean {
  return countrySet.has(code);
}
export function isLanguage(code: string): boolean {
  return languageSet.has(code);
}

export function englishLanguageName(code: string): string {
  return ISO6391.getName(code) || code;
}

export interface OwnName {
  name: string;
  lang: string; // BCP 47, of the name's own script
  dir: 'ltr' | 'rtl';
}

/** CLDR is reviewed; the package fills its gaps only (its 3.1.6 took "slovenčtina" out of a comment). */
function nameOfItself(code: string): string {
  const known = Intl.DisplayNames.supportedLocalesOf(code).length > 0;
  const own = known && new Intl.DisplayNames([code], { type: 'language', fallback: 'none' }).of(code);
  return (own || ISO6391.getNativeName(code) || code).replace(/\p{Bidi_Control}/gu, '').normalize('NFC');
}

/** Where the name's script isn't Unicode's "likely subtag". */
const otherScripts: Record<string, string> = { ae: 'Latn', pi: 'Deva' };

const rightToLeft = new Set(['Arab', 'Avst', 'Hebr', 'Thaa']); // ISO 15924, of the languages of ISO 639-1

function own(code: string): OwnName {
  const other = otherScripts[code];
  const script = other ?? new Intl.Locale(code).maximize().script ?? '';
  return {
    name: nameOfItself(code),
    lang: other ? `${code}-${other}` : code,
    dir: rightToLeft.has(script) ? 'rtl' : 'ltr',
  };
}

const ownNames = new Map(languageCodes.map((code) => [code, own(code)]));

export function ownName(code: string): OwnName {
  return ownNames.get(code) ?? { name: code, lang: code, dir: 'ltr' };
}
