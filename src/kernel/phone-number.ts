import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  type PhoneNumber as LibraryNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import { withMobileMark } from './text/mobile-marks.ts';
import { plainTyped } from './text/typed.ts';

export interface PhoneNumber {
  e164: string;
  country: string | null; // alpha-2 of the numbering plan; null for shared or satellite codes
  mobile: boolean; // mobile, or in a plan that doesn't tell (as North America's)
}

const e164 = /^\+[1-9]\d{6,14}$/; // ITU-T E.164: at most fifteen digits; fewer than seven is no subscriber
const written = /^[\d\s()[\]+./-]+$/;

const TYPED_MAX = 40;
const PASTED_MAX = 200;

/** '' when it can't be a number. */
function plainNumber(typed: string): string {
  if (typed.length > PASTED_MAX) return '';
  const text = plainTyped(typed);
  return text.length <= TYPED_MAX && written.test(text) ? text.replace(/[[\]]/g, ' ') : '';
}

/** International prefixes before nine or more digits (ITU-T E.164, Operational Bulletin "Dialling procedures"). */
const dialOut = /^(?:0011|011|010|8-?10|001|000)[\s.-]*(?=[1-9](?:\D*\d){8})/;

function* readings(text: string, country: CountryCode | undefined): Generator<string> {
  // "+49 (0)151": after a country code the trunk zero is dropped.
  yield text.replace(/^\+?\s*00/, '+').replace(/^(\+[\d\s.-]+)\(0\)/, '$1');
  // The library knows this country's own prefix.
  if (country) yield text;
  const digits = text.replace(/\D/g, '');
  if (country && digits.startsWith(getCountryCallingCode(country))) yield `+${digits}`;
  if (dialOut.test(text)) yield text.replace(dialOut, '+');
}

function parsed(text: string, country: CountryCode | undefined): LibraryNumber | undefined {
  return parsePhoneNumberFromString(text, country ? { defaultCountry: country } : {});
}

function judged(number: LibraryNumber | undefined): PhoneNumber | null {
  if (!number?.isValid() || number.ext || !e164.test(number.number)) return null;
  const type = number.getType();
  const mobile = type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE';
  return { e164: number.number, country: number.country ?? null, mobile };
}

function* numbersIn(text: string, country: CountryCode | undefined): Generator<PhoneNumber | null> {
  for (const reading of readings(text, country)) {
    const number = parsed(reading, country);
    yield judged(number);
    if (!number) continue;
    const marked = withMobileMark(number.countryCallingCode, number.nationalNumber);
    if (marked) yield judged(parsed(`+${number.countryCallingCode}${marked}`, undefined));
  }
}

/** Reads any usual spelling, national ones with `country`. Null: not valid. If ambiguous, a number that texts reach. */
export function parsePhone(typed: string, country?: string): PhoneNumber | null {
  const text = plainNumber(typed);
  const home = country && isSupportedCountry(country) ? country : undefined;
  let first: PhoneNumber | null = null;
  if (text === '') return null;
  for (const number of numbersIn(text, home)) {
    if (number?.mobile) return number;
    first ??= number;
  }
  return first;
}

/** "DE" → "49"; null without a numbering plan. */
export function callingCode(country: string): string | null {
  return isSupportedCountry(country) ? getCountryCallingCode(country) : null;
}

export function maskPhone(e164: string): string {
  const code = parsePhoneNumberFromString(e164)?.countryCallingCode ?? e164.slice(1, 3);
  return `+${code} ••• ••• ${e164.slice(-2)}`;
}

export function spacedPhone(e164: string): string {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
}

export function countryOf(e164: string): string | null {
  return parsePhoneNumberFromString(e164)?.country ?? null;
}

const callingCodes = [...new Set(getCountries().map((country) => getCountryCallingCode(country)))];

/** Trunk prefixes. Italy and Ivory Coast keep their zero; Hungary dials 06, Belarus 80. */
const trunks = [/^(?!)/, /^0/, /^8/, /^06/, /^80/];

/** Every number that a national spelling could mean: for finding a known number, not for sending. */
export function internationalSpellings(typed: string): string[] {
  const digits = plainNumber(typed)
    .replace(/(?<=\d[\s.-]*)\(0\)/, '')
    .replace(/\D/g, '');
  if (digits.length < 5 || digits.length > 15) return [];
  const nationals = new Set(trunks.map((trunk) => digits.replace(trunk, '')));
  const made = callingCodes.flatMap((code) => {
    const whole = digits.startsWith(code) ? [digits.slice(code.length)] : [];
    const marked = [...nationals, ...whole].map((national) => withMobileMark(code, national));
    return [...nationals, ...marked.filter((national) => national !== null)].map((n) => `+${code}${n}`);
  });
  return [...new Set([`+${digits}`, ...made])].filter((number) => e164.test(number));
}

function saysCountry(text: string): boolean {
  return /^[(\s]*(?:\+|00)/.test(text);
}

/** Of a person who signs in: one number with a country, all possible ones without. */
export function numbersMeant(typed: string): string[] {
  const text = plainNumber(typed);
  const phone = saysCountry(text) || dialOut.test(text) ? parsePhone(text) : null;
  if (phone && saysCountry(text)) return [phone.e164];
  // The plan may have changed since somebody joined.
  if (text.startsWith('+')) return [`+${text.replace(/\D/g, '')}`].filter((number) => e164.test(number));
  return [...new Set([...(phone ? [phone.e164] : []), ...internationalSpellings(text)])];
}
