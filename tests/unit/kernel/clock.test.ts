import { expect, test } from '@jest/globals';
import {
  days,
  hours,
  later,
  minutes,
  seconds,
  secondsUntil,
  startOf,
  systemClock,
} from '../../../src/kernel/clock.ts';

const noon = new Date('2026-06-15T12:00:00.000Z');

test('durations are milliseconds', () => {
  expect([seconds(1), minutes(1), hours(1), days(1)]).toEqual([1_000, 60_000, 3_600_000, 86_400_000]);
});

test('a moment later, and one before', () => {
  expect(later(noon, minutes(1)).toISOString()).toBe('2026-06-15T12:01:00.000Z');
  expect(later(noon, -1).toISOString()).toBe('2026-06-15T11:59:59.999Z');
});

test.each([0, 1, hours(1) - 1])('%i ms into an hour, it began as it did', (into) => {
  expect(startOf(hours(1), later(noon, into))).toEqual(noon);
  expect(startOf(days(1), later(noon, into)).toISOString()).toBe('2026-06-15T00:00:00.000Z');
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

test('the system’s clock goes forward', () => {
  const first = systemClock.now().getTime();
  expect(systemClock.now().getTime()).toBeGreaterThanOrEqual(first);
  expect(first).toBeGreaterThan(noon.getTime() - days(3650));
});
