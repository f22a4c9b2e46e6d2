import { describe, expect, test } from '@jest/globals';
import { countryCodes } from '../../../src/kernel/places.ts';
import { timeZoneOf, timeZones, utcOffset, zoneOfCountry } from '../../../src/kernel/time-zones.ts';

test('every country has a zone that this machine knows', () => {
  expect(
    countryCodes.map((code) => [code, timeZoneOf(zoneOfCountry(code))]).filter(([, zone]) => !zone),
  ).toEqual([]);
});

test.each([
  ['DE', 'Europe/Berlin'],
  ['US', 'America/New_York'],
  ['BR', 'America/Sao_Paulo'],
  ['ID', 'Asia/Jakarta'],
  ['BV', 'UTC'],
])('most people of %s live in %s', (country, zone) => expect(zoneOfCountry(country)).toBe(zone));

test('what is no zone is none, and an older name is', () => {
  expect([timeZoneOf('Mars/Olympus'), timeZoneOf(''), timeZoneOf('../../etc/passwd')]).toEqual([
    null,
    null,
    null,
  ]);
  expect(timeZoneOf('Asia/Calcutta')).toMatch(/^Asia\/(Calcutta|Kolkata)$/);
  expect(timeZones().length).toBeGreaterThan(300);
});

describe('clocks are before UTC by', () => {
  test.each([
    ['UTC', '2026-06-15T12:00:00Z', 0],
    ['Europe/Berlin', '2026-06-15T12:00:00Z', 120],
    ['Europe/Berlin', '2026-12-15T12:00:00Z', 60],
    ['Asia/Kathmandu', '2026-06-15T12:00:00Z', 345],
    ['America/St_Johns', '2026-01-15T23:59:59Z', -210],
    ['Pacific/Kiritimati', '2026-12-31T23:30:00Z', 840],
    ['Pacific/Midway', '2026-01-01T05:00:00Z', -660],
    // The hour that is left out, and the one that comes twice.
    ['Europe/Berlin', '2026-03-29T00:59:59Z', 60],
    ['Europe/Berlin', '2026-03-29T01:00:00Z', 120],
    ['Europe/Berlin', '2026-10-25T00:59:59Z', 120],
    ['Europe/Berlin', '2026-10-25T01:00:00Z', 60],
  ])('%s at %s: %i minutes', (zone, at, minutes) => expect(utcOffset(zone, new Date(at))).toBe(minutes));
});
