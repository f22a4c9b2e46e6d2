import {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
} from 'libphonenumber-js/max';

export interface PhoneNumber {
  /** "+4915112345678" (ITU-T E.164). */
  e164: string;
  /** ISO 3166-1 alpha-2 of the numbering plan; null for shared or satellite codes. */
  country: string | null;
  /** Whether a text can reach it: mobile, or a plan (such as North America's) that does not tell. */
  mobile: boolean;
}

/** ITU-T E.164: at most fifteen digits; shorter than seven no subscriber's. */
const e164 = /^\+[1-9]\d{6,14}$/;
/** What numbers are written with, letters left out. */
const written = /^[\d\s()+./·−‐‑–—-]+$/;

/** Long enough for every usual way of writing, short enough to parse quickly. */
const TYPED_MAX = 40;

/**
 * Reads a phone number in any usual spelling: "+49 151 1234-5678", "0049 (0)151…", "0151…" with its country,
 * full-width digits. Null when it is no valid number. `country` (alpha-2) is needed for national spellings only.
 */
export const parsePhone = (typed: string, country?: string): PhoneNumber | null => {
  const text = typed.normalize('NFKC').trim();
  if (text.length > TYPED_MAX || !written.test(text)) return null;
  // "+49 (0)151": the trunk zero in brackets is dropped where a country code stands before it.
  const international = text.replace(/^00/, '+').replace(/^(\+[\d\s.-]+)\(0\)/, '$1');
  const number = parsePhoneNumberFromString(
    international,
    country ? { defaultCountry: country as CountryCode } : {},
  );
  if (!number?.isValid() || number.ext || !e164.test(number.number)) return null;
  const type = number.getType();
  const mobile = type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE';
  return { e164: number.number, country: number.country ?? null, mobile };
};

/** "DE" → "49"; null where libphonenumber knows no numbering plan. */
export const callingCode = (country: string): string | null =>
  isSupportedCountry(country) ? getCountryCallingCode(country) : null;

/** "+4915112345678" → "+49 ••• ••• 78": the country code and the last two digits. */
export const maskPhone = (e164: string): string => {
  const code = parsePhoneNumberFromString(e164)?.countryCallingCode ?? e164.slice(1, 3);
  return `+${code} ••• ••• ${e164.slice(-2)}`;
};

/** The country of an E.164 number's numbering plan; null for shared or satellite codes. */
export const countryOf = (e164: string): string | null => parsePhoneNumberFromString(e164)?.country ?? null;

const callingCodes = [...new Set(getCountries().map((country) => getCountryCallingCode(country)))];

/** What stands before a national number and is no part of it; Italy and Ivory Coast keep their zero, Hungary says 06. */
const trunks = [/^(?!)/, /^0/, /^8/, /^06/];

/**
 * Every E.164 number that a national spelling ("0151 1234-5678", or digits with their country code but no plus)
 * could mean. Most exist nowhere; it is for looking up a number that is known to be somebody's, not for sending.
 */
export const internationalSpellings = (typed: string): string[] => {
  const digits = typed.length > TYPED_MAX || /[^\d\s()./+-]/.test(typed) ? '' : typed.replace(/\D/g, '');
  if (digits.length < 5 || digits.length > 15) return [];
  const nationals = new Set(trunks.map((trunk) => digits.replace(trunk, '')));
  const made = [...nationals].flatMap((national) => callingCodes.map((code) => `+${code}${national}`));
  return [...new Set([`+${digits}`, ...made])].filter((number) => e164.test(number));
};
