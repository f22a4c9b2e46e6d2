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
const written = /^[\d\s()[\]+./-]+$/;

/** Long enough for every usual way of writing, short enough to parse quickly. */
const TYPED_MAX = 40;
/** The same with marks that nobody sees, which are taken away first. */
const PASTED_MAX = 200;

/** In plain digits and signs; '' when no number is written so. */
function plainNumber(typed: string): string {
  if (typed.length > PASTED_MAX) return '';
  const text = plainTyped(typed);
  return text.length <= TYPED_MAX && written.test(text) ? text.replace(/[[\]]/g, ' ') : '';
}

/**
 * What is dialled before a country code: 00 nearly everywhere, 011 in North America, 0011 in Australia, 010 in Japan, 810
 * behind an 8 in Russia and around it, 001 in several countries of Asia, 000 in East Africa (ITU-T E.164, Operational
 * Bulletin "Dialling procedures"). Less than nine digits behind one are no number of a country.
 */
const dialOut = /^(?:0011|011|010|8-?10|001|000)[\s.-]*(?=[1-9](?:\D*\d){8})/;

/** The ways in which a number can be meant, the likeliest first; "+" begins those that name their country. */
function* readings(text: string, country: CountryCode | undefined): Generator<string> {
  // "+49 (0)151": the trunk zero in brackets is dropped where a country code stands before it.
  yield text.replace(/^\+?\s*00/, '+').replace(/^(\+[\d\s.-]+)\(0\)/, '$1');
  // The library knows what is dialled out of this country.
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

/**
 * Reads a phone number in any usual spelling: "+49 151 1234-5678", "0049 (0)151…", "011 49 151…", "49151…" and "0151…"
 * with its country, digits of any script. Null when it is no valid number. `country` (alpha-2) is needed for national
 * spellings only. Where a spelling can be meant in several ways, one that a text can reach is meant.
 */
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

/** "DE" → "49"; null where libphonenumber knows no numbering plan. */
export function callingCode(country: string): string | null {
  return isSupportedCountry(country) ? getCountryCallingCode(country) : null;
}

/** "+4915112345678" → "+49 ••• ••• 78": the country code and the last two digits. */
export function maskPhone(e164: string): string {
  const code = parsePhoneNumberFromString(e164)?.countryCallingCode ?? e164.slice(1, 3);
  return `+${code} ••• ••• ${e164.slice(-2)}`;
}

/** "+4915112345678" → "+49 1511 2345678", as its country writes it for abroad. */
export function spacedPhone(e164: string): string {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
}

/** The country of an E.164 number's numbering plan; null for shared or satellite codes. */
export function countryOf(e164: string): string | null {
  return parsePhoneNumberFromString(e164)?.country ?? null;
}

const callingCodes = [...new Set(getCountries().map((country) => getCountryCallingCode(country)))];

/**
 * What stands before a national number and is no part of it; Italy and Ivory Coast keep their zero, Hungary says 06,
 * Belarus 80.
 */
const trunks = [/^(?!)/, /^0/, /^8/, /^06/, /^80/];

/**
 * Every E.164 number that a national spelling ("0151 1234-5678", or digits with their country code but no plus)
 * could mean. Most exist nowhere; it is for looking up a number that is known to be somebody's, not for sending.
 */
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

/** Whether a number says its country: it begins with a plus, or with what is dialled for one nearly everywhere. */
function saysCountry(text: string): boolean {
  return /^[(\s]*(?:\+|00)/.test(text);
}

/**
 * Every E.164 number that was meant by what somebody typed to name themselves: one where it says its country, all that
 * are possible where it does not, none where it is no number.
 */
export function numbersMeant(typed: string): string[] {
  const text = plainNumber(typed);
  const phone = saysCountry(text) || dialOut.test(text) ? parsePhone(text) : null;
  if (phone && saysCountry(text)) return [phone.e164];
  // A plan may have changed since somebody joined with their number.
  if (text.startsWith('+')) return [`+${text.replace(/\D/g, '')}`].filter((number) => e164.test(number));
  return [...new Set([...(phone ? [phone.e164] : []), ...internationalSpellings(text)])];
}
