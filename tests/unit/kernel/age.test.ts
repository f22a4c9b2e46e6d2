import { expect, test } from '@jest/globals';
import { ageOn, birthdayOf, dateToUtc, parseDate } from '../../../src/kernel/age.ts';

function read(text: string) {
  const date = parseDate(text);
  if (!date) throw new Error(`${text} is no date`);
  return date;
}

test.each([
  ['1995-05-15', { year: 1995, month: 5, day: 15 }],
  [' 1995-05-15 ', { year: 1995, month: 5, day: 15 }],
  ['2000-02-29', { year: 2000, month: 2, day: 29 }],
  ['2024-02-29', { year: 2024, month: 2, day: 29 }],
  ['0050-01-01', { year: 50, month: 1, day: 1 }],
])('%j is a day', (text, date) => {
  expect(parseDate(text)).toEqual(date);
});

test.each([
  '',
  '1995',
  '1995-5-15',
  '95-05-15',
  '1995-00-15',
  '1995-13-15',
  '1995-05-00',
  '1995-05-32',
  '1995-04-31',
  '2001-02-29',
  '1900-02-29',
  '15.05.1995',
  '1995/05/15',
  '1995-05-15T00:00',
  '+1995-05-15',
  '１９９５-05-15',
])('%j is none', (text) => {
  expect(parseDate(text)).toBeNull();
});

test.each([
  ['2013-06-15', '2026-06-15T00:00:00.000Z', 13],
  ['2013-06-15', '2026-06-14T23:59:59.999Z', 12],
  ['2013-12-31', '2026-12-31T00:00:00Z', 13],
  ['2014-01-01', '2026-12-31T23:59:59Z', 12],
  ['2016-02-29', '2029-02-28T23:59:59Z', 12],
  ['2016-02-29', '2029-03-01T00:00:00Z', 13],
  ['2016-02-29', '2028-02-29T00:00:00Z', 12],
  ['2026-06-15', '2026-06-15T12:00:00Z', 0],
  ['2026-06-16', '2026-06-15T12:00:00Z', -1],
])('somebody born on %s is, at %s, %i', (born, now, age) => {
  expect(ageOn(read(born), new Date(now))).toBe(age);
});

test.each([
  ['2013-06-15', 13, '2026-06-15T00:00:00.000Z'],
  ['2016-02-29', 13, '2029-03-01T00:00:00.000Z'],
  ['2016-02-29', 12, '2028-02-29T00:00:00.000Z'],
  ['0050-01-01', 13, '0063-01-01T00:00:00.000Z'],
])('somebody born on %s is %i from %s on, and not a millisecond before', (born, years, from) => {
  const birthday = birthdayOf(read(born), years);
  expect(birthday.toISOString()).toBe(from);
  expect(ageOn(read(born), birthday)).toBe(years);
  expect(ageOn(read(born), new Date(birthday.getTime() - 1))).toBe(years - 1);
});

test('a date becomes midnight UTC', () => {
  expect(dateToUtc(read('1995-05-15')).toISOString()).toBe('1995-05-15T00:00:00.000Z');
});
