import { expect, test } from '@jest/globals';
import {
  agoInWords,
  dayInWords,
  days,
  hours,
  later,
  minutes,
  momentInWords,
  seconds,
} from '../../../src/kernel/clock.ts';

const noon = new Date('2026-06-15T12:00:00.000Z');

test.each([
  [0, 'just now'],
  [minutes(1) - 1, 'just now'],
  [minutes(1), '1 minute ago'],
  [minutes(2) - 1, '1 minute ago'],
  [minutes(2), '2 minutes ago'],
  [hours(1) - 1, '59 minutes ago'],
  [hours(1), '1 hour ago'],
  [hours(2) - 1, '1 hour ago'],
  [hours(2), '2 hours ago'],
  [days(1) - 1, '23 hours ago'],
  [days(1), '1 day ago'],
  [days(2) - 1, '1 day ago'],
  [days(2), '2 days ago'],
  [days(90), '90 days ago'],
])('%i ms ago are said as "%s"', (passed, words) => {
  expect(agoInWords(later(noon, -passed), noon)).toBe(words);
});

test('what a machine with a faster clock wrote was just now, not in the future', () => {
  expect(agoInWords(later(noon, seconds(1)), noon)).toBe('just now');
  expect(agoInWords(later(noon, days(1)), noon)).toBe('just now');
});

test.each([
  ['2026-11-25T14:03:59.999Z', '25 Nov 2026, 14:03 UTC'],
  ['2026-06-15T00:00:00.000Z', '15 Jun 2026, 00:00 UTC'],
  ['2026-06-15T12:00:00.000Z', '15 Jun 2026, 12:00 UTC'],
  ['2024-02-29T23:59:59.999Z', '29 Feb 2024, 23:59 UTC'],
  ['2027-01-01T00:00:00.000+02:00', '31 Dec 2026, 22:00 UTC'],
])('%s is said as "%s", whatever zone the machine is in', (moment, words) => {
  expect(momentInWords(new Date(moment))).toBe(words);
});

test('a day is said without its time', () => {
  expect(dayInWords(noon)).toBe('15 Jun 2026');
});
