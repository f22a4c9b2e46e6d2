import { expect, test } from '@jest/globals';
import { days, hours, later, minutes, seconds } from '../../../src/kernel/clock.ts';
import { agoOf, durationOf } from '../../../src/kernel/duration.ts';
import { english } from '../../support/words.ts';

const noon = new Date('2026-06-15T12:00:00.000Z');

test.each([
  [0, '1 second'],
  [0.2, '1 second'],
  [1, '1 second'],
  [59, '59 seconds'],
  [60, '1 minute'],
  [61, '2 minutes'],
  [3_599, '60 minutes'],
  [3_600, '1 hour'],
  [3_601, '2 hours'],
  [86_400, '24 hours'],
  [345_599, '96 hours'],
  [345_600, '4 days'],
  [345_601, '5 days'],
])('%d seconds are said as "%s"', (wait, words) => {
  expect(english.say(durationOf(wait))).toBe(words);
});

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
  expect(english.say(agoOf(later(noon, -passed), noon))).toBe(words);
});

test('what a machine with a faster clock wrote was just now, not in the future', () => {
  expect(english.say(agoOf(later(noon, seconds(1)), noon))).toBe('just now');
  expect(english.say(agoOf(later(noon, days(1)), noon))).toBe('just now');
});
