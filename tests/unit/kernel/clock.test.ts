import { expect, test } from '@jest/globals';
import {
  days,
  hours,
  later,
  minutes,
  seconds,
  secondsUntil,
  systemClock,
  waitInWords,
} from '../../../src/kernel/clock.ts';

const noon = new Date('2026-06-15T12:00:00.000Z');

test('durations are milliseconds', () => {
  expect([seconds(1), minutes(1), hours(1), days(1)]).toEqual([1_000, 60_000, 3_600_000, 86_400_000]);
});

test('a moment later, and one before', () => {
  expect(later(noon, minutes(1)).toISOString()).toBe('2026-06-15T12:01:00.000Z');
  expect(later(noon, -1).toISOString()).toBe('2026-06-15T11:59:59.999Z');
});

test.each([
  [1_000, 1],
  [999, 1],
  [1, 1],
  [1_001, 2],
  [0, 0],
  [-5_000, 0],
])('%i ms from now are %i whole seconds', (ms, whole) => {
  expect(secondsUntil(later(noon, ms), noon)).toBe(whole);
});

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
  expect(waitInWords(wait)).toBe(words);
});

test('the system’s clock goes forward', () => {
  const first = systemClock.now().getTime();
  expect(systemClock.now().getTime()).toBeGreaterThanOrEqual(first);
  expect(first).toBeGreaterThan(noon.getTime() - days(3650));
});
