import { expect, test } from '@jest/globals';
import { monthByName, readDateFields } from '../../../src/kernel/date-fields.ts';
import { knownLocales } from '../../../src/web/words/names.ts';

function read(typed: string) {
  const [day = '', month = '', year = ''] = typed.split('/');
  return readDateFields({ day, month, year });
}

test.each([
  ['27/3/2007', 2007, 3, 27],
  ['27/03/2007', 2007, 3, 27],
  [' 7 / 12 / 1998 ', 1998, 12, 7],
  ['29/2/2024', 2024, 2, 29],
  ['٢٧/٣/٢٠٠٧', 2007, 3, 27],
  ['۲۷/۳/۲۰۰۷', 2007, 3, 27],
  ['२७/३/२००७', 2007, 3, 27],
  ['２７/３/２００７', 2007, 3, 27],
  ['27/3/\u200E2007', 2007, 3, 27],
])('%s is a date', (typed, year, month, day) => {
  expect(read(typed)).toEqual({ year, month, day });
});

test.each([
  ['//', null, 'missing'],
  [' / \u200B/ ', null, 'missing'],
  ['/3/2007', 'day', 'missing'],
  ['27//2007', 'month', 'missing'],
  ['27/3/', 'year', 'missing'],
  // What is missing is said before what is wrong.
  ['32//2007', 'month', 'missing'],
  ['32/3/2007', 'day', 'wrong'],
  ['0/3/2007', 'day', 'wrong'],
  ['x/3/2007', 'day', 'wrong'],
  ['27/13/2007', 'month', 'wrong'],
  ['27/0/2007', 'month', 'wrong'],
  ['27/March/2007', 'month', 'wrong'],
  ['27/3/07', 'year', 'wrong'],
  ['27/3/20070', 'year', 'wrong'],
  ['32/13/07', 'day', 'wrong'],
  ['-1/3/2007', 'day', 'wrong'],
  ['1e1/3/2007', 'day', 'wrong'],
  ['30/2/2007', null, 'wrong'],
  ['29/2/2023', null, 'wrong'],
  ['31/4/2007', null, 'wrong'],
])('%s: of its fields, %s is %s', (typed, field, why) => {
  expect(read(typed)).toEqual({ field, why });
});

test.each([
  ['March', ['en'], 3],
  ['mar', ['en'], 3],
  ['MAR.', ['en'], 3],
  ['Sept', ['en'], 9],
  ['may', ['en'], 5],
  ['März', ['de', 'en'], 3],
  ['marz', ['de', 'en'], 3],
  ['march', ['de', 'en'], 3],
  ['mars', ['fr', 'en'], 3],
  ['août', ['fr', 'en'], 8],
  ['марта', ['ru', 'en'], 3],
  ['март', ['ru', 'en'], 3],
  ['березня', ['uk', 'en'], 3],
  ['listopad', ['pl', 'en'], 11],
  ['listopad', ['hr', 'en'], 10],
  ['3月', ['ja', 'en'], 3],
  ['三月', ['zh', 'en'], 3],
  ['مارس', ['ar', 'en'], 3],
  // The calendar of a sign-up is Gregorian, whatever a country's own is.
  ['مارس', ['fa', 'en'], 3],
  ['มีนาคม', ['th', 'en'], 3],
])('%s, in %j, is month %i', (typed, locales, month) => {
  expect(monthByName(typed, locales)).toBe(month);
});

test('every month is read by its own names, long and short, whatever the language', () => {
  const misread = knownLocales.flatMap((locale) =>
    (['long', 'short'] as const).flatMap((style) => {
      const format = new Intl.DateTimeFormat(locale, { month: style, calendar: 'gregory', timeZone: 'UTC' });
      return Array.from({ length: 12 }, (_, n) => n + 1).flatMap((month) => {
        const name = format.format(new Date(Date.UTC(2024, month - 1, 15)));
        const isNumber = !/\p{L}/u.test(name);
        return isNumber || monthByName(name, [locale, 'en']) === month ? [] : `${locale}: ${name}`;
      });
    }),
  );
  expect(misread).toEqual([]);
});

test.each([
  ['3'],
  ['13'],
  [''],
  // January, June and July begin alike, and two letters are too few.
  ['j'],
  ['ju'],
  ['ma'],
  ['Marchx'],
  ['<b>'],
  ['constructor'],
])('%j is the name of no month', (typed) => {
  expect(monthByName(typed, ['de', 'en'])).toBeNull();
});
