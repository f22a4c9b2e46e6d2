import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { fieldsOf, newcomer, openForm, speak, spoken, waiting } from '../../support/speaking.ts';
import { encodeForm, faultsIn, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const path = '/settings/languages';
const { ann } = await newcomer(house);

test('only for those who are signed in', async () => {
  const stranger = visitor(house);
  expect((await stranger.get(path)).redirectedTo).toBe('/login?next=%2Fsettings%2Flanguages');
  expect((await stranger.post(path, fieldsOf('de / es'))).redirectedTo).toBe(
    '/login?next=%2Fsettings%2Flanguages&why=signed-out',
  );
  expect((await ann.send('put', path)).status).toBe(403);
});

test('three native languages and five to learn are welcome, in the order they were chosen', async () => {
  const { ann: bea, username } = await newcomer(house);
  const most = 'tr de ku / es-A1 ja-A2 fr-B1 it-B2 pt-C2';
  expect((await speak(bea, most)).redirectedTo).toBe('/profile');
  expect(await spoken(house, username)).toBe(most);
  const { page } = await openForm(bea);
  const chosen = [...page.html.matchAll(/<option value="(\w+)" selected/g)].map(([, value]) => value);
  expect(chosen).toEqual(['tr', 'de', 'ku', 'es', 'A1', 'ja', 'A2', 'fr', 'B1', 'it', 'B2', 'pt', 'C2']);
});

test.each([
  [{ nativeLanguage: [] }, { nativeLanguage: 'Choose at least one language you speak.' }],
  [{ nativeLanguage: ['', ''] }, { nativeLanguage: 'Choose at least one language you speak.' }],
  [{ nativeLanguage: ['xx'] }, { nativeLanguage: 'Choose the languages you speak from the list.' }],
  [{ nativeLanguage: ['DE'] }, { nativeLanguage: 'Choose the languages you speak from the list.' }],
  [{ nativeLanguage: ['deu'] }, { nativeLanguage: 'Choose the languages you speak from the list.' }],
  [{ nativeLanguage: ['de', 'fr', 'de'] }, { 'nativeLanguage-2': 'Choose each language only once.' }],
  [{ nativeLanguage: ['de', 'fr', 'it', 'pt'] }, { nativeLanguage: 'Choose at most 3 languages.' }],
  [{ learningLanguages: [] }, { learningLanguages: 'Choose at least one language you want to learn.' }],
  [
    { learningLanguages: ['es', 'qq'] },
    { 'learningLanguages-1': 'Choose your learning languages from the list.' },
  ],
  [{ learningLanguages: ['es', 'es'] }, { 'learningLanguages-1': 'Choose each language only once.' }],
  [
    { learningLanguages: ['es', 'fr', 'it', 'pt', 'ja', 'ko'] },
    { learningLanguages: 'Choose at most 5 languages.' },
  ],
  [
    { nativeLanguage: ['de', 'es'], learningLanguages: ['ja', 'es'] },
    { 'learningLanguages-1': 'You already speak Spanish. Choose another one to learn.' },
  ],
  [{ levels: ['B3'] }, { levels: 'Choose a level from the list.' }],
  [{ levels: ['b1'] }, { levels: 'Choose a level from the list.' }],
  [
    { nativeLanguage: ['xx'], learningLanguages: [''], levels: [] },
    {
      nativeLanguage: 'Choose the languages you speak from the list.',
      learningLanguages: 'Choose at least one language you want to learn.',
    },
  ],
])('%j is refused', async (changes, faults) => {
  const page = await speak(ann, 'de / es', changes);
  expect([page.status, faultsIn(page.html)]).toEqual([422, faults]);
  for (const name of Object.keys(faults)) expect(page.html).toContain(`<a href="#${name}">`);
});

test('what was chosen is kept beside the mistake, and so is what the form was filled with', async () => {
  const page = await speak(ann, 'de fr / ', {
    learningLanguages: ['', 'de', 'ko'],
    levels: ['C2', '', 'A2'],
    shown: 'de/es.ja',
  });
  expect(page.status).toBe(422);
  expect(page.html).toContain('name="shown" value="de/es.ja"');
  const chosen = [...page.html.matchAll(/<option value="(\w+)" selected/g)].map(([, value]) => value);
  expect(chosen).toEqual(['de', 'fr', 'de', 'ko', 'A2']);
  expect(faultsIn(page.html)).toEqual({
    learningLanguages: 'You already speak German. Choose another one to learn.',
  });
});

test('an empty select in the middle takes its own level with it and no other', async () => {
  const { ann: bea, username } = await newcomer(house);
  const page = await bea.post(path, {
    nativeLanguage: ['', 'de', ''],
    learningLanguages: ['ja', '', 'es', '', ''],
    levels: ['A1', 'C2', 'B2', '', ''],
  });
  expect(page.redirectedTo).toBe('/profile');
  expect(await spoken(house, username)).toBe('de / ja-A1 es-B2');
});

test('a form that says nothing of levels leaves them as they are', async () => {
  const { ann: bea, username } = await waiting(house);
  const { nativeLanguage, learningLanguages } = fieldsOf('de fr / ja es');
  expect((await bea.post(path, { nativeLanguage, learningLanguages })).redirectedTo).toBe('/profile');
  expect(await spoken(house, username)).toBe('de fr / ja es-B1');
  expect((await bea.post(path, { nativeLanguage, learningLanguages, levels: ['A2'] })).status).toBe(303);
  expect(await spoken(house, username)).toBe('de fr / ja-A2 es-B1');
  const more = ['A2', '', 'C1', 'C2'];
  expect((await bea.post(path, { nativeLanguage, learningLanguages, levels: more })).status).toBe(303);
  expect(await spoken(house, username)).toBe('de fr / ja-A2 es');
});

test('a language that comes to what is spoken, and back, has no level', async () => {
  const { ann: bea, username } = await newcomer(house);
  await speak(bea, 'de / es-C1 ja');
  expect((await speak(bea, 'de es / ja')).status).toBe(303);
  expect(await spoken(house, username)).toBe('de es / ja');
});

test.each(['de/es.ja-Z9', 'de', '/', "de/es'; --", 'x'.repeat(5_000)])(
  'what no form of ours was filled with (%s) is no knowledge',
  async (shown) => {
    const { ann: bea, username } = await newcomer(house);
    expect((await speak(bea, 'de / es', { shown })).redirectedTo).toBe('/profile');
    expect(await spoken(house, username)).toBe('de / es');
  },
);

test.each([
  ['languages[]', 'es'],
  ['level', 'B1'],
  ['userId', '1'],
  ['shown', 'de/es'],
])('a form with a field too many (%s) is refused', async (name, value) => {
  const token = encodeForm({ _csrf: await ann.token(), shown: 'de/es.ja', ...fieldsOf('de / es ja') });
  expect((await ann.send('post', path, `${token}&${encodeForm({ [name]: value })}`)).status).toBe(400);
});

test('the first page of somebody who joined before levels were known has none chosen', async () => {
  const { ann: bea } = await newcomer(house);
  const { page } = await openForm(bea);
  expect(page.html).toContain('name="shown" value="de/es.ja"');
  expect(page.html).not.toMatch(/<option value="[ABC][12]" selected/);
  expect(page.header('cache-control')).toContain('no-store');
});

test('another person’s languages cannot be reached', async () => {
  const [one, two] = [await newcomer(house), await newcomer(house)];
  await speak(one.ann, 'de / ko');
  expect(await spoken(house, two.username)).toBe('de / es ja');
});

test('a session of before a password change saves nothing and ends', async () => {
  const { ann: bea, username } = await newcomer(house);
  await house.stores.sql(
    'UPDATE "User" SET "securityVersion" = "securityVersion" + 1 WHERE "usernameKey" = $1',
    [username],
  );
  expect((await speak(bea, 'de / ko')).redirectedTo).toBe('/login?next=%2Fsettings%2Flanguages');
  expect(await spoken(house, username)).toBe('de / es ja');
});
