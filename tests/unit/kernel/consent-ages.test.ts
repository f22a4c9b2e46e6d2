import { describe, expect, test } from '@jest/globals';
import type { CalendarDate } from '../../../src/kernel/age.ts';
import { consentAges, isBelowConsentAge } from '../../../src/kernel/consent-ages.ts';
import { countryCodes } from '../../../src/kernel/places.ts';

const euOf27 = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
const economicArea = [...euOf27, 'IS', 'LI', 'NO'];

test('every country of the European Economic Area has its age, within what GDPR, art. 8(1) lets it choose', () => {
  expect(economicArea.filter((code) => !consentAges[code])).toEqual([]);
  for (const code of economicArea) {
    expect(consentAges[code]!.age).toBeGreaterThanOrEqual(13);
    expect(consentAges[code]!.age).toBeLessThanOrEqual(16);
  }
});

test('elsewhere the list holds ages above 13 only; each entry is a country and names its law', () => {
  for (const [code, { age, law }] of Object.entries(consentAges)) {
    expect([code, countryCodes.includes(code)]).toEqual([code, true]);
    expect([code, law]).toEqual([code, expect.stringMatching(/\p{L}.*\d/u)]);
    if (!economicArea.includes(code)) expect(age).toBeGreaterThan(13);
  }
});

test.each([
  ['AT', 14],
  ['BE', 13],
  ['BG', 14],
  ['DE', 16],
  ['DK', 15],
  ['RE', 15],
  ['KR', 14],
  ['CN', 14],
  ['IN', 18],
])('%s: from %i on', (country, age) => expect(consentAges[country]?.age).toBe(age));

const born: CalendarDate = { year: 2010, month: 6, day: 15 };

describe('law, people and their safety, rules for minors: where a country sets the age of consent above 13, what rests on consent stays off below it', () => {
  test.each(Object.entries(consentAges))('%s', (country, { age }) => {
    // In UTC−12 the birthday begins at noon in UTC.
    const birthday = new Date(Date.UTC(born.year + age, born.month - 1, born.day, 12));
    expect(isBelowConsentAge(country, born, new Date(birthday.getTime() - 1))).toBe(true);
    expect(isBelowConsentAge(country, born, birthday)).toBe(false);
  });
});

test('somebody of 29 February is older on 1 March', () => {
  const leapling: CalendarDate = { year: 2012, month: 2, day: 29 };
  expect(isBelowConsentAge('AT', leapling, new Date('2026-03-01T11:59:59.999Z'))).toBe(true);
  expect(isBelowConsentAge('AT', leapling, new Date('2026-03-01T12:00:00Z'))).toBe(false);
  expect(isBelowConsentAge('DE', leapling, new Date('2028-02-29T11:59:59.999Z'))).toBe(true);
  expect(isBelowConsentAge('DE', leapling, new Date('2028-02-29T12:00:00Z'))).toBe(false);
});

test.each(['US', 'GB', 'JP', 'XX', '', '__proto__', 'constructor'])(
  'where no law sets one, nothing waits: %j',
  (country) => {
    expect(isBelowConsentAge(country, { year: 2013, month: 1, day: 1 }, new Date('2026-06-01'))).toBe(false);
  },
);
