import { describe, expect, test } from '@jest/globals';
import { birthdayOf, parseDate } from '../../../src/kernel/age.ts';
import { ageBandOn, isMinor } from '../../../src/kernel/age-band.ts';
import { hours, later } from '../../../src/kernel/clock.ts';

const bandOf = (born: string, moment: string | Date) => ageBandOn(parseDate(born)!, new Date(moment));

describe('whoever', () => {
  test.each([
    ['2010-06-15', '2026-06-15T11:59:59.999Z', 'under-16'],
    ['2010-06-15', '2026-06-15T12:00:00.000Z', '16-17'],
    ['2008-06-15', '2026-06-15T11:59:59.999Z', '16-17'],
    ['2008-06-15', '2026-06-15T12:00:00.000Z', '18-over'],
    // A year ends on 1 March where there is no 29 February.
    ['2008-02-29', '2026-02-28T23:59:59.999Z', '16-17'],
    ['2008-02-29', '2026-03-01T11:59:59.999Z', '16-17'],
    ['2008-02-29', '2026-03-01T12:00:00.000Z', '18-over'],
    ['2008-02-29', '2024-02-29T11:59:59.999Z', 'under-16'],
    ['2008-02-29', '2024-02-29T12:00:00.000Z', '16-17'],
    ['2010-12-31', '2027-01-01T11:59:59.999Z', '16-17'],
    ['2009-01-01', '2027-01-01T11:59:59.999Z', '16-17'],
    ['2009-01-01', '2027-01-01T12:00:00.000Z', '18-over'],
    ['1900-01-01', '2026-06-15T12:00:00.000Z', '18-over'],
  ])('was born on %s is, at %s, in %s', (born, moment, band) => {
    expect(bandOf(born, moment)).toBe(band);
  });
});

/** All that are in use, in hours. */
const whole = Array.from({ length: 27 }, (_, n) => n - 12);
const offsets = [...whole, -9.5, -3.5, -2.5, 3.5, 4.5, 5.5, 5.75, 6.5, 8.75, 9.5, 10.5, 12.75, 13.75];

describe.each([
  [16, '2010-06-15', 'under-16', '16-17'],
  [18, '2008-02-29', '16-17', '18-over'],
])('nobody is %i before they are everywhere:', (years, born, younger, older) => {
  test.each(offsets)('at midnight in UTC%d', (offset) => {
    const midnight = later(birthdayOf(parseDate(born)!, years), -hours(offset));
    expect(bandOf(born, later(midnight, -1))).toBe(younger);
    expect(bandOf(born, midnight)).toBe(offset === -12 ? older : younger);
  });
});

test('a minor is whoever is not 18', () => {
  expect((['under-16', '16-17', '18-over'] as const).map(isMinor)).toEqual([true, true, false]);
});
