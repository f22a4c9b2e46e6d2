import { expect, test } from '@jest/globals';
import { shownDay, shownMoment } from '../../../src/kernel/message.ts';
import { english } from '../../support/words.ts';

const noon = new Date('2026-06-15T12:00:00.000Z');

test.each([
  ['2026-11-25T14:03:59.999Z', '25 Nov 2026, 14:03 UTC'],
  ['2026-06-15T00:00:00.000Z', '15 Jun 2026, 00:00 UTC'],
  ['2026-06-15T12:00:00.000Z', '15 Jun 2026, 12:00 UTC'],
  ['2024-02-29T23:59:59.999Z', '29 Feb 2024, 23:59 UTC'],
  ['2027-01-01T00:00:00.000+02:00', '31 Dec 2026, 22:00 UTC'],
])('%s is said as "%s", whatever zone the machine is in', (moment, words) => {
  expect(english.say(shownMoment(new Date(moment)))).toBe(words);
});

test('a page gets a moment for people and for scripts, whole or as a day', () => {
  expect(english.say(shownDay(noon))).toBe('15 Jun 2026');
  const time = (shape: string, text: string) =>
    `<time datetime="2026-06-15T12:00:00.000Z" data-shape="${shape}">${text}</time>`;
  expect(english.sayRich(shownMoment(noon))).toBe(time('moment', '15 Jun 2026, 12:00 UTC'));
  expect(english.sayRich(shownDay(noon))).toBe(time('day', '15 Jun 2026'));
});
