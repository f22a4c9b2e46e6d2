import { describe, expect, test } from '@jest/globals';
import {
  callingCode,
  countryOf,
  internationalSpellings,
  maskPhone,
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
    ['0049 (0) 1512/3456789'.replace('(0) ', '(0)'), undefined],
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
