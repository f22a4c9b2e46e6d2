import { type NumberPart, type NumberRun, numberRuns } from './number-runs.ts';
import { listed } from './readings.ts';
import { withoutQuantities } from './quantities.ts';

/** ITU-T E.164: fewer than seven digits are no subscriber's number; six may be one where somebody says so. */
const DIGITS_MIN = 7;
const DIGITS_MIN_ANNOUNCED = 6;
/** Many short words of Chinese and Japanese are numbers, too. */
const CHARACTERS_MIN = 8;
const ROUND_MIN = 4;
const ANNOUNCED_WITHIN = 40; // units before the number
const ANNOUNCED_AT_ONCE = 16;

const announcing = new RegExp(
  `(?<!\\p{L})(?:${listed(
    'my.number number.is phone tel telephone mobile cell cellphone call.me text.me ring.me ' +
      'mi.número teléfono móvil celular cel llámame numéro téléphone portable appelle nummer handynummer handy telefon ' +
      'meu.número telefone celular telemóvel liga numero.è cellulare telefono chiamami номер телефон звони позвони набери numaram telefonum cebim नंबर नम्बर फोन ' +
      'رقمي جوالي هاتفي موبايلي موبايل اتصل',
  )
    .map((word) => word.replace('.', ' '))
    .join('|')})(?!\\p{L})|电话|電話|手机|手機|号码|番号|핸드폰|전화|번호`,
  'u',
);

function allDigits(parts: readonly NumberPart[]): string {
  return parts.map(({ digits }) => digits).join('');
}

/** 1, 2, 3 or 10, 20, 30, or 3, 2, 1; "one two three, one two three" as well. */
function isCounting(parts: readonly NumberPart[]): boolean {
  const values = parts.map(({ digits }) => Number(digits));
  const step = values[1]! - values[0]!;
  if (step !== 0 && values.every((value, n) => n === 0 || value - values[n - 1]! === step)) return true;
  const starts = values.flatMap((value, n) => (n === 0 || value !== values[n - 1]! + 1 ? [n] : []));
  return [...starts, values.length].every((start, n, all) => n === 0 || start - all[n - 1]! >= 3);
}

function isCountingInDigits(digits: string): boolean {
  return '01234567890123'.includes(digits) || '98765432109876'.includes(digits);
}

/** "4 8 15 16 23 42". */
function isGrowing(parts: readonly NumberPart[]): boolean {
  const hasSizes = new Set(parts.slice(1).map(({ digits }) => digits.length)).size > 1;
  const values = parts.map(({ digits, said }) =>
    said || digits.length > 3 || digits.startsWith('0') ? -1 : Number(digits),
  );
  return parts.length >= 5 && hasSizes && values.every((value, n) => value >= (values[n - 1] ?? 0));
}

function areYears(parts: readonly NumberPart[]): boolean {
  return parts.every(({ digits }) => /^(?:1\d|20)\d\d$/.test(digits));
}

/** "6-4, 7-5, 6-3". */
function areScores(parts: readonly NumberPart[]): boolean {
  return (
    parts.length % 2 === 0 &&
    parts.every(({ digits, before }, n) => {
      const mayStand = digits.length <= 3 && !/^0\d/.test(digits);
      return mayStand && (n % 2 === 1 ? /^ ?[-–:] ?$/.test(before) : n === 0 || /^[,; ]+$/.test(before));
    })
  );
}

function isRound(digits: string): boolean {
  return /0{5}$/.test(digits) || /^(\d)\1+$|^\d(\d)\2+$|^1[01]*$/.test(digits);
}

interface Announcement {
  isAnnounced: boolean;
  atOnce: boolean;
  hasPlus: boolean;
}

function isDialled(parts: readonly NumberPart[], { isAnnounced, atOnce, hasPlus }: Announcement): boolean {
  const digits = allDigits(parts);
  const isInCharacters = parts.every(({ said, before }) => said && before === '');
  const least = atOnce ? DIGITS_MIN_ANNOUNCED : isInCharacters ? CHARACTERS_MIN : DIGITS_MIN;
  if (digits.length < least) return false;
  if (hasPlus) return true;
  // "In 2019 a hundred".
  if (parts.length === 2 && parts[0]!.said !== parts[1]!.said && !isAnnounced) return false;
  if (areYears(parts) || areScores(parts)) return false;
  if (isRound(digits) && !digits.startsWith('0')) return false;
  if (parts.every((part) => part.digits.length >= ROUND_MIN && isRound(part.digits))) return false;
  if (parts.length >= 4 && (isCounting(parts) || isGrowing(parts)))
    return isAnnounced && digits.length > DIGITS_MIN;
  return isAnnounced || !isCountingInDigits(digits) || parts.some(({ said }) => said);
}

/** Commas part the numbers of a list, unless each is a digit or a word, or the first is a code. */
function listsOf(parts: readonly NumberPart[], hasPlus: boolean, isAnnounced: boolean): NumberPart[][] {
  const hasCode = hasPlus || isAnnounced || /^0\d|^1[3-9]\d$/.test(parts[0]!.digits);
  const isOne = hasCode || parts.every(({ digits, said }) => said || digits.length === 1);
  const lists: NumberPart[][] = [];
  for (const part of parts) {
    if (lists.length === 0 || (!isOne && /[,;、،]/.test(part.before))) lists.push([]);
    lists.at(-1)!.push(part);
  }
  return lists;
}

/** "O7OO" → "0700". */
function withDigitsForLetters(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}])[0-9olisz|]{2,}(?![\p{L}\p{N}])/gu, (word) => {
    if (!/\d/.test(word)) return word;
    const digits = word.replaceAll('o', '0').replace(/[li|]/g, '1');
    return word.length >= 4 ? digits.replaceAll('s', '5').replaceAll('z', '2') : digits;
  });
}

export function hasPhone(reading: string): boolean {
  const text = withoutQuantities(withDigitsForLetters(reading));
  return numberRuns(text).some(({ parts, hasPlus, start }: NumberRun) => {
    const before = text.slice(Math.max(0, start - ANNOUNCED_WITHIN), start);
    const isAnnounced = announcing.test(before);
    const announcement = { isAnnounced, atOnce: announcing.test(before.slice(-ANNOUNCED_AT_ONCE)), hasPlus };
    return listsOf(parts, hasPlus, isAnnounced).some((list) => isDialled(list, announcement));
  });
}
