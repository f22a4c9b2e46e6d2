import { beforeAll, describe, expect, test } from '@jest/globals';
import { languageCodes } from '../../../src/kernel/languages/codes.ts';
import { namesIn } from '../../../src/web/words/names.ts';
import { ApiClient } from '../../support/api.ts';
import { fetchJson, fetchZip, packedFor } from '../../support/copies.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { elsewhere, newcomer, openForm, speak, spoken } from '../../support/speaking.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const names = namesIn('en');

/** Three to speak and five to learn, until each has had its turn; the last group is filled from the beginning. */
const groups = Array.from({ length: Math.ceil(languageCodes.length / 8) }, (_, n) =>
  [...languageCodes, ...languageCodes].slice(n * 8, n * 8 + 8),
);

describe('every language', () => {
  beforeAll(() => house.empty());

  test.each(groups)(
    '%s, %s, %s … is spoken and learnt, by page and program, shown and copied',
    async (...codes) => {
      const { ann, username } = await newcomer(house);
      const [native, learning] = [codes.slice(0, 3), codes.slice(3)];
      const wanted = `${native.join(' ')} / ${learning.map((code) => `${code}-B1`).join(' ')}`;
      expect((await speak(ann, wanted)).redirectedTo).toBe('/profile');
      expect(await spoken(house, username)).toBe(wanted);

      const { page, send } = await openForm(ann);
      const chosen = [...page.html.matchAll(/<option value="(\w{2,3})" selected/g)].map(([, value]) => value);
      expect(chosen.filter((value) => !/^[ABC]\d$/.test(value!))).toEqual(codes);
      // What is sent as it was shown changes nothing, and is understood.
      expect((await send(wanted.replace('-B1', '-C1'))).redirectedTo).toBe('/profile');
      expect(await spoken(house, username)).toBe(wanted.replace('-B1', '-C1'));

      const profile = await ann.get('/profile');
      for (const code of codes)
        expect(profile.html).toContain(`>${names.language(code).replaceAll("'", '&#39;')}<`);

      const api = new ApiClient(ann);
      const said = (await api.get('/profile')).body.languages as { code: string }[];
      expect(said.map(({ code }) => code).sort()).toEqual([...codes].sort());
      const levels = ['A1', 'A2', 'B1', 'B2', 'C2'];
      const fields = { nativeLanguage: native, learningLanguages: learning, levels };
      expect((await api.post('/settings/languages', fields)).status).toBe(200);

      if (!codes.some((code) => code.length === 3)) return;
      await packedFor(house, ann, username);
      const copy = await fetchJson(ann);
      expect(copy.languages).toEqual([
        ...native.map((code) => ({ code, role: 'native', level: null })),
        ...learning.map((code, n) => ({ code, role: 'learning', level: levels[n] })),
      ]);
      const text = String((await fetchZip(house, ann)).get('README.txt'));
      for (const code of codes) expect(text).toContain(`${code} = ${names.language(code)}`);
    },
  );
});

describe('a language that has two codes', () => {
  beforeAll(() => house.empty());

  test('is one: what a program calls Filipino or Kurmanji is kept where it always was', async () => {
    const { ann, username } = await newcomer(house);
    const api = new ApiClient(ann);
    const fields = { nativeLanguage: ['fil'], learningLanguages: ['kmr', 'cmn'], levels: ['A1', ''] };
    expect((await api.post('/settings/languages', fields)).status).toBe(200);
    expect(await spoken(house, username)).toBe('tl / ku-A1 zh');
    const again = await api.post('/settings/languages', { ...fields, nativeLanguage: ['fil', 'tl'] });
    expect(again.body.errors).toMatchObject([{ field: 'nativeLanguage' }]);
    expect((await ann.get('/profile')).html).toMatch(/>Filipino<[\s\S]*>Tagalog</);
  });

  test('what was stored as tl before is on the page and in the form', async () => {
    const speaker = await newcomer(house);
    await house.stores.sql(
      `UPDATE "UserLanguage" SET "code" = 'tl' WHERE "code" = 'de' AND "userId" = (SELECT "id" FROM "User" WHERE "usernameKey" = $1)`,
      [speaker.username],
    );
    const ann = await elsewhere(house, speaker);
    expect((await ann.get('/settings/languages')).html).toContain(
      '<option value="tl" selected>Filipino · Tagalog',
    );
  });
});

describe('who joins', () => {
  beforeAll(() => house.empty());

  test.each([
    ['zh-HK', 'yue', '廣東話 · 粵語'],
    ['fil-PH,en-PH;q=0.9', 'tl', 'Filipino · Tagalog'],
    ['en-PH', 'tl', 'Filipino · Tagalog'],
    ['en-PH', 'ceb', 'Cebuano · Binisaya'],
    ['en-US', 'ase', 'American Sign Language · ASL'],
    ['pt-BR', 'bzs', 'Brazilian Sign Language · Libras'],
  ])('with a browser in %s finds %s as "%s", and joins with it', async (asked, code, label) => {
    const guest = visitor(house);
    guest.headers = { 'Accept-Language': asked };
    expect((await guest.get('/sign-up')).html).toContain(`<option value=${code}>${label}<`);
    const { username } = await guest.join({ nativeLanguage: code, learningLanguages: ['fr'] });
    expect(await spoken(house, username)).toBe(`${code} / fr`);
  });

  test('without scripts, languages are sent by their names in the visitor’s language', async () => {
    const guest = visitor(house);
    guest.headers = { 'Accept-Language': 'de' };
    expect((await guest.get('/sign-up')).html).toContain('<option>Kantonesisch<');
    const { username } = await guest.join({
      nativeLanguage: 'gsg',
      learningLanguages: ['Kantonesisch', 'Amerikanische Gebärdensprache', 'fr'],
    });
    expect(await spoken(house, username)).toBe('gsg / yue ase fr');
  });
});
