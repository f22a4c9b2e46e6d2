import { expect, test } from '@jest/globals';
import {
  decide,
  type LanguageState,
  nextChange,
} from '../../../../../src/features/profile/languages/language-cooldown.ts';
import type { Language } from '../../../../../src/features/profile/languages/languages.ts';
import { days, hours, later } from '../../../../../src/kernel/clock.ts';

const joinedAt = new Date('2026-06-15T12:00:00.000Z');
function speaking(...codes: string[]): Language[] {
  return [
    { code: 'de', role: 'native', level: null },
    ...codes.map((code): Language => ({ code, role: 'learning', level: null })),
  ];
}
const newcomer: LanguageState = { joinedAt, changes: 0, changedAt: null, languages: speaking('es') };
const changedAt = later(joinedAt, days(3));
const changed: LanguageState = { ...newcomer, changes: 2, changedAt };

test.each([
  [0, { kind: 'free', until: later(joinedAt, hours(24)) }],
  [hours(24) - 1, { kind: 'free', until: later(joinedAt, hours(24)) }],
  [hours(24), { kind: 'open' }],
  [days(400), { kind: 'open' }],
])('%i ms after joining', (passed, next) => {
  expect(nextChange(newcomer, later(joinedAt, passed))).toEqual(next);
});

test.each([
  [0, { kind: 'closed', from: later(changedAt, days(30)) }],
  [days(30) - 1, { kind: 'closed', from: later(changedAt, days(30)) }],
  [days(30), { kind: 'open' }],
])('%i ms after a change that counted', (passed, next) => {
  expect(nextChange(changed, later(changedAt, passed))).toEqual(next);
});

test('after the free change the next one is possible at once and counts', () => {
  const state = { ...newcomer, changes: 1 };
  expect(nextChange(state, joinedAt)).toEqual({ kind: 'open' });
  const wish = { chosen: speaking('ja'), shown: null };
  expect(decide(newcomer, wish, joinedAt)).toMatchObject({ outcome: 'changed', counted: false });
  expect(decide(state, wish, joinedAt)).toMatchObject({ outcome: 'changed', counted: true });
});

test('what must wait is told before what another tab did', () => {
  const wish = { chosen: speaking('ja'), shown: speaking('ko') };
  expect(decide(newcomer, wish, joinedAt)).toEqual({ outcome: 'changed-meanwhile' });
  expect(decide(changed, wish, changedAt)).toEqual({
    outcome: 'too-soon',
    from: later(changedAt, days(30)),
    difference: { added: ['ja'], removed: ['es'], moved: [] },
  });
});

test('nothing to change is never too soon', () => {
  expect(decide(changed, { chosen: speaking('es'), shown: null }, changedAt)).toEqual({ outcome: 'nothing' });
  const tuned = speaking('es').map((l): Language => (l.code === 'es' ? { ...l, level: 'B1' } : l));
  expect(decide(changed, { chosen: tuned, shown: null }, changedAt)).toEqual({
    outcome: 'tuned',
    languages: tuned,
  });
});
