import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { changesOf, newcomer, openForm, speak, spoken, waiting } from '../../support/speaking.ts';

const house = await houseOfThisFile();

test.each([
  ['what is so already', 'de fr / es-B1 ja'],
  ['a level raised', 'de fr / es-B2 ja'],
  ['a level lowered', 'de fr / es-A1 ja'],
  ['a level taken back', 'de fr / es ja'],
  ['a level said for the first time', 'de fr / es-B1 ja-C2'],
  ['another order', 'fr de / ja es-B1'],
  ['another order and another level', 'fr de / ja-A2 es-C1'],
])('%s is no change of languages: it is saved while one has to wait', async (_, languages) => {
  const { ann, username } = await waiting(house);
  expect((await speak(ann, languages)).redirectedTo).toBe('/profile');
  expect(await spoken(house, username)).toBe(languages);
  const { send } = await openForm(ann);
  expect((await send(languages)).redirectedTo).toBe('/profile');
  expect(await changesOf(house, username)).toHaveLength(2);
});

test.each([
  ['adding a language to learn', 'de fr / es-B1 ja ko'],
  ['adding a native language', 'de fr tr / es-B1 ja'],
  ['removing a language to learn', 'de fr / es-B1'],
  ['removing a native language', 'de / es-B1 ja'],
  ['swapping one for another', 'de fr / es-B1 ko'],
  ['moving a native one to what is learnt', 'de / es-B1 ja fr'],
  ['moving one from what is learnt to native', 'de fr es / ja'],
  ['a native and a learnt one changing places', 'de es / fr ja'],
])('%s is a change of languages: it must wait, whatever comes with it', async (_, languages) => {
  const { ann, username } = await waiting(house);
  const { send } = await openForm(ann);
  for (const page of [await speak(ann, languages), await send(languages)]) expect(page.status).toBe(429);
  expect(await spoken(house, username)).toBe('de fr / es-B1 ja');
  expect(await changesOf(house, username)).toHaveLength(2);
});

test('levels that come with a change that must wait, wait as well', async () => {
  const { ann, username } = await waiting(house);
  expect((await speak(ann, 'de fr / es-C1 ja ko')).status).toBe(429);
  expect(await spoken(house, username)).toBe('de fr / es-B1 ja');
  expect((await speak(ann, 'de fr / es-C1 ja')).status).toBe(303);
  expect(await spoken(house, username)).toBe('de fr / es-C1 ja');
});

test('levels and order cost no free change', async () => {
  const { ann, username } = await newcomer(house);
  expect((await speak(ann, 'de / ja-A1 es-B2')).status).toBe(303);
  expect((await speak(ann, 'de en / ja-A1 es-B2')).status).toBe(303);
  expect((await changesOf(house, username)).map(({ counted }) => counted)).toEqual([false]);
});

test('history keeps what was before and after, with roles and levels, and when', async () => {
  house.clock.set('2027-01-10T08:30:00.000Z');
  const { ann, username } = await newcomer(house);
  await speak(ann, 'de / ja es-B1');
  await speak(ann, 'es / de-C2 ja');
  house.clock.pass(1_000);
  await speak(ann, 'es en / de-C1');
  const es = (role: string, level: string | null = null) => ({ code: 'es', role, level });
  const de = (role: string, level: string | null = null) => ({ code: 'de', role, level });
  const ja = { code: 'ja', role: 'learning', level: null };
  const first = [es('native'), de('learning', 'C2'), ja];
  expect(await changesOf(house, username)).toEqual([
    {
      at: new Date('2027-01-10T08:30:00.000Z'),
      counted: false,
      before: [de('native'), ja, es('learning', 'B1')],
      after: first,
    },
    {
      at: new Date('2027-01-10T08:30:01.000Z'),
      counted: true,
      before: first,
      after: [es('native'), { code: 'en', role: 'native', level: null }, de('learning', 'C1')],
    },
  ]);
});

test('history goes with the account', async () => {
  const { ann, username } = await waiting(house);
  await house.stores.sql('DELETE FROM "User" WHERE "usernameKey" = $1', [username]);
  expect(
    await house.stores.sql(
      'SELECT FROM "LanguageChange" c WHERE NOT EXISTS (SELECT FROM "User" u WHERE u."id" = c."userId")',
    ),
  ).toEqual([]);
  expect((await ann.get('/settings/languages')).redirectedTo).toBe('/login?next=%2Fsettings%2Flanguages');
});
