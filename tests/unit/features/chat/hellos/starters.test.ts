import { expect, test } from '@jest/globals';
import { startersFor } from '../../../../../src/features/chat/hellos/starters.page.ts';
import { message, named, shownRecent } from '../../../../../src/kernel/message.ts';

const of = (role: 'native' | 'learning', ...codes: string[]) =>
  codes.map((code) => ({ code, role, level: null }));
const person = {
  languages: [...of('native', 'ca', 'es'), ...of('learning', 'fr', 'de')],
  interests: [],
};

test('what is asked first is about the languages that the two share', () => {
  const asked = (reader?: Parameters<typeof startersFor>[1]) =>
    startersFor(person, reader).map(({ label }) => label);
  const learns = (code: string) => message('chat.starter.learns', { language: named('language', code) });
  const speaks = (code: string) => message('chat.starter.speaks', { language: named('language', code) });
  expect(asked({ languages: [...of('native', 'de'), ...of('learning', 'es')] })).toEqual([
    learns('de'),
    speaks('es'),
    learns('fr'),
  ]);
  // Somebody who learns what they learn is no match.
  expect(asked({ languages: of('learning', 'de') })).toEqual(asked());
  expect(asked()).toEqual([learns('fr'), speaks('ca'), learns('de')]);
});

test('what was said today is told by its time, else by its day', () => {
  const now = new Date('2026-12-01T00:10:00Z');
  expect(shownRecent(new Date('2026-12-01T00:00:00Z'), now)).toMatchObject({ shape: 'time', recent: true });
  expect(shownRecent(new Date('2026-11-30T23:59:59Z'), now)).toMatchObject({ shape: 'day', recent: true });
});
