import { describe, expect, test } from '@jest/globals';
import {
  callingCode,
  countryOf,
  internationalSpellings,
  maskPhone,
  numbersMeant,
  parsePhone,
} from '../../../src/kernel/phone-number.ts';

const german = { e164: '+4915123456789', country: 'DE', mobile: true };

describe('a mobile number is read:', () => {
  test.each([
    ['+4915123456789', undefined],
    ['+49 1512 345 67 89', undefined],
    ['+49-1512-3456789', undefined],
    ['+49 (0)1512 3456789', undefined],
    ['0049 1512 3456789', undefined],
    ['0049 (0)1512/3456789', undefined],
    ['＋４９１５１２３４５６７８９', undefined],
    ['01512 3456789', 'DE'],
    ['(01512) 345-6789', 'DE'],
    ['1512 3456789', 'DE'],
    ['+49 1512 3456789', 'FR'],
  ])('%s in %s', (typed, country) => {
    expect(parsePhone(typed, country)).toEqual(german);
  });
});

test.each([
  ['06 12 34 56 78', 'FR', { e164: '+33612345678', country: 'FR', mobile: true }],
  ['(415) 555-2671', 'US', { e164: '+14155552671', country: 'US', mobile: true }],
  ['030 12345678', 'DE', { e164: '+493012345678', country: 'DE', mobile: false }],
  ['07700 900123', 'GB', null],
  ['020 7946 0958', 'GB', { e164: '+442079460958', country: 'GB', mobile: false }],
])('%s in %s', (typed, country, number) => {
  expect(parsePhone(typed, country)).toEqual(number);
});

/** What is typed, in which country, and the number that it is. */
function sameNumber(kind: string, rows: [string, string | undefined, string][]) {
  return describe(kind, () => {
    test.each(rows)('%j in %s is %s', (typed, country, e164) => {
      expect(parsePhone(typed, country)).toMatchObject({ e164, mobile: true });
      expect(numbersMeant(typed)).toContain(e164);
    });
  });
}

sameNumber('marks that nobody sees:', [
  ['\u202a+49 151 23456780\u202c', 'DE', '+4915123456780'],
  ['\u202d+49 151 23456780\u202c', undefined, '+4915123456780'],
  ['\u200e0151 23456780', 'DE', '+4915123456780'],
  ['\u20680151 23456780\u2069', 'DE', '+4915123456780'],
  ['0151 23456780\u200b', 'DE', '+4915123456780'],
  ['0151\u206023456780', 'DE', '+4915123456780'],
  ['0151\u00ad23456780', 'DE', '+4915123456780'],
  ['0151\ufe0d 23456780', 'DE', '+4915123456780'],
  [`${'\u2068'.repeat(40)}0151 23456780`, 'DE', '+4915123456780'],
]);

sameNumber('digits of any script, dashes and dots of any kind:', [
  ['٠١٠٠١٢٣٤٥٦٧', 'EG', '+201001234567'],
  ['۰۹۱۲۱۲۳۴۵۶۷', 'IR', '+989121234567'],
  ['+۹۸ ۹۱۲ ۱۲۳ ۴۵۶۷', undefined, '+989121234567'],
  ['९८७६५४३२१०', 'IN', '+919876543210'],
  ['০১৭১২৩৪৫৬৭৮', 'BD', '+8801712345678'],
  ['๐๘๑๒๓๔๕๖๗๘', 'TH', '+66812345678'],
  ['၀၉၂၁၂၃၄၅၆', 'MM', '+959212345'.concat('6')],
  ['០១២៣៤៥៦៧៨', 'KH', '+85512345678'],
  ['0٩12 ۱۲۳ 4567', 'IR', '+989121234567'],
  ['０９０ー１２３４ー５６７８', 'JP', '+819012345678'],
  ['090‐1234−5678', 'JP', '+819012345678'],
  ['090・1234•5678', 'JP', '+819012345678'],
  ['[0151] 2345⁄6780', 'DE', '+4915123456780'],
]);

sameNumber('written without the mark of a mobile, or with one that is no more:', [
  ['11 2345-6789', 'AR', '+5491123456789'],
  ['011 2345-6789', 'AR', '+5491123456789'],
  ['+54 11 2345-6789', undefined, '+5491123456789'],
  ['54 11 2345 6789', 'AR', '+5491123456789'],
  ['0351 234-5678', 'AR', '+5493512345678'],
  ['011 15-2345-6789', 'AR', '+5491123456789'],
  ['+54 9 11 2345-6789', 'AR', '+5491123456789'],
  ['+52 1 55 1234 5678', undefined, '+525512345678'],
  ['5215512345678', 'MX', '+525512345678'],
  ['1 55 1234 5678', 'MX', '+525512345678'],
  ['044 55 1234 5678', 'MX', '+525512345678'],
  ['045 55 1234 5678', 'MX', '+525512345678'],
  ['01 55 1234 5678', 'MX', '+525512345678'],
  ['+55 85 8765-4321', undefined, '+5585987654321'],
  ['(11) 8765-4321', 'BR', '+5511987654321'],
  ['0 15 11 98765-4321', 'BR', '+5511987654321'],
  ['8765 4321', 'CL', '+56987654321'],
  ['09 8765 4321', 'CL', '+56987654321'],
  ['97 12 34 56', 'BJ', '+2290197123456'],
  ['+229 97 12 34 56', undefined, '+2290197123456'],
  ['8 050 123 45 67', 'UA', '+380501234567'],
  ['8 029 491-19-11', 'BY', '+375294911911'],
  ['8 612 34567', 'LT', '+37061234567'],
  ['06 20 123 4567', 'HU', '+36201234567'],
  ['8 (912) 345-67-89', 'RU', '+79123456789'],
]);

sameNumber('a country code without its plus, and what is dialled instead of one:', [
  ['4915123456789', 'DE', '+4915123456789'],
  ['49 (0)151 23456789', 'DE', '+4915123456789'],
  ['62812345678', 'ID', '+62812345678'],
  ['38343201234', 'XK', '+38343201234'],
  ['0049 151 23456789', 'US', '+4915123456789'],
  ['011 49 151 23456789', 'US', '+4915123456789'],
  ['011-49-151-23456789', 'DE', '+4915123456789'],
  ['011 49 151 23456789', undefined, '+4915123456789'],
  ['0011 49 151 23456789', 'AU', '+4915123456789'],
  ['0011 49 151 23456789', undefined, '+4915123456789'],
  ['010 49 151 23456789', 'JP', '+4915123456789'],
  ['010 49 151 23456789', undefined, '+4915123456789'],
  ['8~10 49 151 23456789', 'RU', '+4915123456789'],
  ['810 49 151 23456789', 'DE', '+4915123456789'],
  ['001 49 151 23456789', 'KR', '+4915123456789'],
  ['001 49 151 23456789', undefined, '+4915123456789'],
  ['000 49 151 23456789', 'KE', '+4915123456789'],
  ['+0049 151 23456789', 'DE', '+4915123456789'],
  ['(+49) 151 23456789', undefined, '+4915123456789'],
]);

test.each([
  ['010 1234 5678', 'EG', '+201012345678'],
  ['010-4912-3456', 'KR', '+821049123456'],
  ['0351 1234567', 'DE', '+493511234567'],
  ['11 3765-4321', 'BR', '+551137654321'],
  ['393 401 2345', 'IT', '+393934012345'],
])('what a country reads as its own number stays its own: %s in %s', (typed, country, e164) => {
  expect(parsePhone(typed, country)?.e164).toBe(e164);
});

test.each([
  ['33612345678', 'DE'],
  ['15123', 'DE'],
  ['4915123456789', undefined],
  ['011 49', 'US'],
  ['15 2345-6789', 'AR'],
])('%s in %s is no mobile', (typed, country) => {
  expect(parsePhone(typed, country)?.mobile ?? false).toBe(false);
});

test.each(['', 'ann', '+49', '+', '0011', 'x'.repeat(300), '12.03.1998x'])('%j means no number', (typed) => {
  expect(numbersMeant(typed)).toEqual([]);
});

describe('no phone number:', () => {
  test.each([
    '',
    '+',
    '01512 3456789',
    '+49',
    '+49 1512 34',
    '+49 1512 3456789 ext. 5',
    '+49 1512 CALLME',
    '+999 1512 3456789',
    '110',
    'ann@example.com',
    `+49 1512 3456789${' '.repeat(40)}1`,
    '１２３',
  ])('%j', (typed) => {
    expect(parsePhone(typed)).toBeNull();
  });
});

test('a number is shown by its country code and its last two digits', () => {
  expect(maskPhone('+4915123456789')).toBe('+49 ••• ••• 89');
  expect(maskPhone('+14155552671')).toBe('+1 ••• ••• 71');
});

test('a country has a calling code, and a number a country', () => {
  expect([callingCode('DE'), callingCode('US'), callingCode('AQ')]).toEqual(['49', '1', null]);
  expect([countryOf('+33612345678'), countryOf('+14155552671'), countryOf('+88213300655')]).toEqual([
    'FR',
    'US',
    null,
  ]);
});

test.each(['01512 3456789', '1512 3456789', '(01512) 345-6789'])(
  'the national spelling %s could be of any country, the right one among them',
  (typed) => {
    const spellings = internationalSpellings(typed);
    expect(spellings).toContain('+4915123456789');
    expect(spellings).toContain('+4315123456789');
  },
);

test('digits with their country code but no plus are understood', () => {
  expect(internationalSpellings('49 1512 3456789')).toContain('+4915123456789');
});

test.each(['', '1234', 'ann', '0151x2345678', '1'.repeat(16), `01512${' '.repeat(40)}3456789`])(
  '%j is no national spelling',
  (typed) => {
    expect(internationalSpellings(typed)).toEqual([]);
  },
);
