import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  differenceBetween,
  identical,
  type Language,
  levels,
  mergeLanguages,
  sameLanguages,
} from '../../../../../src/features/profile/languages/languages.ts';

/** "de / es-B1 ja" */
function read(text: string): Language[] {
  const [spoken = '', learnt = ''] = text.split('/');
  const of = (words: string, role: Language['role']) =>
    words
      .trim()
      .split(/\s+/)
      .map((w) => ({ code: w.slice(0, 2), role, level: (w.slice(3) || null) as Language['level'] }));
  return [...of(spoken, 'native'), ...of(learnt, 'learning')];
}
function write(list: readonly Language[] | null): string | null {
  return (
    list &&
    (['native', 'learning'] as const)
      .map((role) => list.filter((l) => l.role === role))
      .map((of) => of.map((l) => (l.level ? `${l.code}-${l.level}` : l.code)).join(' '))
      .join(' / ')
  );
}

test('order and levels make no other languages, codes and roles do', () => {
  const mine = read('de fr / es-B1 ja');
  expect(sameLanguages(mine, read('fr de / ja es'))).toBe(true);
  expect(sameLanguages(mine, read('de / es-B1 ja fr'))).toBe(false);
  expect(sameLanguages(mine, read('de / es-B1 ja'))).toBe(false);
  expect(identical(mine, read('de fr / es-B1 ja'))).toBe(true);
  expect(identical(mine, read('fr de / es-B1 ja'))).toBe(false);
  expect(identical(mine, read('de fr / es ja'))).toBe(false);
});

test('what was added, removed and moved', () => {
  expect(differenceBetween(read('de fr / es ja'), read('de es / ko fr'))).toEqual({
    added: ['ko'],
    removed: ['ja'],
    moved: ['es', 'fr'],
  });
});

test.each([
  // now, shown, chosen, becomes
  ['as one chose it', 'de / es', 'de / es', 'de fr / ja-A1', 'de fr / ja-A1'],
  [
    'a level from another tab stays',
    'de / es-B2 ja',
    'de / es-B1 ja',
    'de / es-B1 ja-A1',
    'de / es-B2 ja-A1',
  ],
  [
    'a level taken back in another tab stays so',
    'de / es ja',
    'de / es-B1 ja',
    'de / es-B1 ja-A1',
    'de / es ja-A1',
  ],
  ['of two levels the later wins', 'de / es-B2', 'de / es-B1', 'de / es-C1', 'de / es-C1'],
  ['a level from another tab stays beside a change', 'de / es-B2', 'de / es', 'de / es fr', 'de / es-B2 fr'],
  ['an order from another tab stays', 'de / ja es', 'de / es ja', 'de / es-A1 ja', 'de / ja es-A1'],
  ['another order', 'de / es ja-A1', 'de / es ja', 'de / ja es', 'de / ja-A1 es'],
  [
    'languages from another tab stay beside a level',
    'de fr / ko es',
    'de / es',
    'de / es-A2',
    'de fr / ko es-A2',
  ],
  ['and beside an order', 'de / ko es ja', 'de / es ja', 'de / ja es', 'de / ko es ja'],
  ['the same change twice', 'de / es fr-A1', 'de / es', 'de / es fr', 'de / es fr-A1'],
  ['what comes back has no old level', 'de / ja', 'de / es-B1 ja', 'de / es-B1 ja', 'de / ja'],
  ['two different changes', 'de / es fr', 'de / es', 'de / es it', null],
])('%s', (_, now, shown, chosen, becomes) => {
  expect(write(mergeLanguages(read(now), read(shown), read(chosen)))).toBe(becomes);
});

test('without knowledge of what was shown, what is chosen is meant, and unsaid levels stay', () => {
  const now = read('de / es-B2 ja-A1');
  expect(write(mergeLanguages(now, null, read('fr / es ko')))).toBe('fr / es ko');
  const unsaid = read('de / ja es ko').map((l) => ({ ...l, level: undefined }));
  expect(write(mergeLanguages(now, null, unsaid))).toBe('de / ja-A1 es-B2 ko');
});

const someLanguages = fc
  .uniqueArray(fc.constantFrom('de', 'fr', 'es', 'ja', 'ko', 'it', 'pt', 'ru'), {
    minLength: 2,
    maxLength: 8,
  })
  .chain((codes) =>
    fc
      .record({
        natives: fc.integer({ min: 1, max: Math.min(3, codes.length - 1) }),
        said: fc.array(fc.option(fc.constantFrom(...levels)), { minLength: 8, maxLength: 8 }),
      })
      .map(({ natives, said }) =>
        codes
          .slice(0, natives + 5)
          .map(
            (code, n): Language =>
              n < natives
                ? { code, role: 'native', level: null }
                : { code, role: 'learning', level: said[n] ?? null },
          ),
      ),
  );

test('a form that nobody touched changes nothing, whatever happened since', () => {
  fc.assert(
    fc.property(someLanguages, someLanguages, (now, shown) => {
      expect(mergeLanguages(now, shown, shown)).toEqual(now);
    }),
  );
});

test('where nothing happened since, a form is saved as it was sent', () => {
  fc.assert(
    fc.property(someLanguages, someLanguages, (now, chosen) => {
      expect(mergeLanguages(now, now, chosen)).toEqual(chosen);
      expect(mergeLanguages(now, null, chosen)).toEqual(chosen);
    }),
  );
});

test('touching levels only never changes languages', () => {
  fc.assert(
    fc.property(someLanguages, someLanguages, fc.constantFrom(...levels), (now, shown, level) => {
      const chosen = shown.map((l) => (l.role === 'learning' ? { ...l, level } : l));
      expect(sameLanguages(mergeLanguages(now, shown, chosen)!, now)).toBe(true);
    }),
  );
});
