import { beforeAll, describe, expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { edit, kept, unescaped } from '../../support/editing.ts';
import { statuses, together } from '../../support/many.ts';
import { jpegOf } from '../../support/pictures.ts';
import { filePart, picturesOf, postParts } from '../../support/uploading.ts';
import { faultsIn, type Page, textOf, type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** Name and state of each step. */
function line({ html }: Page): string[] {
  const list = /<ol class="steps-line"[\s\S]*?<\/ol>/.exec(html)![0];
  return [...list.matchAll(/<li class="step-(\w+)"[\s\S]*?<span class="step-name">([^<]*)/g)].map(
    ([, state, name]) => `${name}: ${state}`,
  );
}

function heading({ html }: Page): string {
  return textOf(/<h1>([\s\S]*?)<\/h1>/.exec(html)![1]!);
}

const sendPicture = (who: Visitor, bytes: Buffer) =>
  postParts(who, '/welcome/picture', [filePart('avatar', bytes)]);
const words = (bio: string) => ({ displayNameFrom: 'saved', countryFrom: 'saved', bio });

/** What the form of the levels would send. */
function levels({ html }: Page, said: string[]) {
  const all = (name: string) =>
    [...html.matchAll(new RegExp(`type="hidden" name="${name}" value="([^"]*)"`, 'g'))].map(
      ([, value]) => value!,
    );
  return {
    shown: all('shown')[0]!,
    nativeLanguage: all('nativeLanguage'),
    learningLanguages: all('learningLanguages'),
    levels: said,
  };
}

async function levelsOf(username: string) {
  return house.stores.sql<{ code: string; level: string | null }>(
    `SELECT l."code", l."level" FROM "UserLanguage" l JOIN "User" u ON u."id" = l."userId"
     WHERE u."username" = $1 AND l."role" = 'learning' ORDER BY l."position"`,
    [username],
  );
}

describe('the first minute', () => {
  beforeAll(() => house.empty());

  test('after joining, three steps fill the profile, and then one meets people', async () => {
    const ann = visitor(house);
    const { username } = await ann.join();
    const first = await ann.get('/welcome');
    expect(textOf(first.html)).toContain(`Welcome to ChatLink, ${username}!`);
    expect(line(first)).toEqual(['Picture: current', 'About you: ahead', 'Levels: ahead']);

    expect((await sendPicture(ann, await jpegOf(300, 300))).redirectedTo).toBe('/welcome');
    expect(await picturesOf(house, username)).toHaveLength(1);
    const second = await ann.get('/welcome');
    expect(line(second)).toEqual(['Picture: done', 'About you: current', 'Levels: ahead']);

    expect((await ann.post('/welcome/words', words('I like trains.'))).redirectedTo).toBe('/welcome');
    expect(await kept(house, username)).toMatchObject({ bio: 'I like trains.', country: 'DE' });
    const third = await ann.get('/welcome');
    expect(line(third)).toEqual(['Picture: done', 'About you: done', 'Levels: current']);
    expect(textOf(third.html)).toContain('Your level of Spanish');

    expect((await ann.post('/welcome/levels', levels(third, ['B1', 'A2']))).redirectedTo).toBe('/welcome');
    expect(await levelsOf(username)).toEqual([
      { code: 'es', level: 'B1' },
      { code: 'ja', level: 'A2' },
    ]);
    const end = await ann.get('/welcome');
    expect(line(end)).toEqual(['Picture: done', 'About you: done', 'Levels: done']);
    expect(end.html).toMatch(/<a class="button button-big" href="\/people">Meet people<\/a>/);
    expect((await ann.get('/people')).status).toBe(200);
  });

  test('each step can be skipped; afterwards, on another device and for visitors there is no first minute', async () => {
    const ann = visitor(house);
    const { username, password } = await ann.join();
    for (const step of ['picture', 'words', 'levels'])
      expect((await ann.post('/welcome/skip', { step })).redirectedTo).toBe('/welcome');
    const end = await ann.get('/welcome');
    expect(heading(end)).toBe("You're ready");
    expect(line(end)).toEqual(['Picture: skipped', 'About you: skipped', 'Levels: skipped']);
    expect((await ann.get('/welcome')).redirectedTo).toBe('/people');
    expect(await kept(house, username)).toMatchObject({ bio: '', profileVersion: 0 });

    const elsewhere = visitor(house);
    await elsewhere.signIn(username, password);
    expect((await elsewhere.get('/welcome')).redirectedTo).toBe('/people');
    expect((await visitor(house).get('/welcome')).redirectedTo).toBe('/login?next=%2Fwelcome');
  });

  test('a step whose answer is there already is not asked', async () => {
    const ann = visitor(house);
    await ann.join();
    await edit(ann, { bio: 'Written elsewhere.' });
    await ann.post('/welcome/skip', { step: 'picture' });
    expect(line(await ann.get('/welcome'))).toEqual([
      'Picture: skipped',
      'About you: done',
      'Levels: current',
    ]);
  });

  test('a press too many skips no further step', async () => {
    const ann = visitor(house);
    await ann.join();
    await ann.token();
    await together(5, () => ann.post('/welcome/skip', { step: 'picture' }));
    await ann.post('/welcome/skip', { step: 'nothing' });
    expect(line(await ann.get('/welcome'))).toContain('About you: current');
  });

  test('what is sent again after its step was done is not written again', async () => {
    const ann = visitor(house);
    const { username } = await ann.join();
    await ann.post('/welcome/skip', { step: 'picture' });
    await ann.post('/welcome/words', words('Hello.'));
    const { profileVersion } = await kept(house, username);
    expect((await ann.post('/welcome/words', words('Hello.'))).redirectedTo).toBe('/welcome');
    expect(await kept(house, username)).toMatchObject({ bio: 'Hello.', profileVersion });
  });

  test('words of the first minute leave all else as it is saved', async () => {
    const ann = visitor(house);
    const { username } = await ann.join();
    await ann.get('/welcome');
    await edit(ann, { displayName: 'Ann Lee', country: 'AT', interests: ['', 'tea'] });
    await ann.post('/welcome/words', words('Hello.'));
    expect(await kept(house, username)).toMatchObject({
      displayName: 'Ann Lee',
      country: 'AT',
      interests: ['tea'],
      bio: 'Hello.',
    });
  });
});

describe('without scripts', () => {
  beforeAll(() => house.empty());

  test('a beginning of a sentence comes into the text, on a line of its own, and nothing is saved', async () => {
    const ann = visitor(house);
    const { username } = await ann.join();
    const bioOf = async (fields: Record<string, string>) => {
      const page = await ann.post('/welcome/words', { ...words(fields.bio!), ...fields });
      expect(page.status).toBe(200);
      return unescaped(/<textarea[^>]*name="bio"[^>]*>\n([\s\S]*?)<\/textarea>/.exec(page.html)![1]!);
    };
    const begun = await bioOf({ bio: '', starter: '0' });
    expect(begun).toBe("I'm learning Spanish because ");
    expect(await bioOf({ bio: `${begun}I can.`, starter: '2' })).toBe(
      "I'm learning Spanish because I can.\nWe could talk about ",
    );
    expect(await bioOf({ bio: 'Moi!', starter: '7' })).toBe('Moi!');
    expect((await kept(house, username)).bio).toBe('');
  });

  test('what is wrong is said on its step, and what was typed stays', async () => {
    const ann = visitor(house);
    await ann.join();
    const none = await postParts(ann, '/welcome/picture', []);
    expect([none.status, Object.keys(faultsIn(none.html)), heading(none)]).toEqual([
      422,
      ['avatar'],
      'Add a picture',
    ]);
    const noPicture = await sendPicture(ann, Buffer.from('no picture'));
    expect([noPicture.status, Object.keys(faultsIn(noPicture.html))]).toEqual([422, ['avatar']]);
    ann.headers = { Accept: 'application/json' };
    const byScript = await sendPicture(ann, Buffer.from('no picture'));
    expect(JSON.parse(byScript.html)).toMatchObject({ errors: [{ name: 'avatar' }] });
    ann.headers = {};

    const empty = await ann.post('/welcome/words', words(' \n '));
    expect([empty.status, faultsIn(empty.html)]).toEqual([
      422,
      { bio: 'Write a sentence, or skip this step.' },
    ]);
    const long = await ann.post('/welcome/words', words('x'.repeat(501)));
    expect([long.status, Object.keys(faultsIn(long.html))]).toEqual([422, ['bio']]);
    expect(long.html).toContain('x'.repeat(501));
    expect((await ann.post('/welcome/words', words('x'.repeat(500)))).redirectedTo).toBe('/welcome');

    await ann.post('/welcome/skip', { step: 'picture' });
    const form = levels(await ann.get('/welcome'), ['B9', 'A1']);
    const unknown = await ann.post('/welcome/levels', form);
    expect([unknown.status, faultsIn(unknown.html)]).toEqual([
      422,
      { levels: 'Choose a level from the list.' },
    ]);
    expect(unknown.html).toContain('<option value="A1" selected>');
  });

  test('languages that changed meanwhile are not changed back', async () => {
    const ann = visitor(house);
    const { username } = await ann.join();
    for (const step of ['picture', 'words']) await ann.post('/welcome/skip', { step });
    const form = levels(await ann.get('/welcome'), ['B1', '']);
    const changed = await ann.post('/settings/languages', {
      ...form,
      learningLanguages: ['fr'],
      levels: [''],
    });
    expect(changed.redirectedTo).toBe('/profile');
    expect((await ann.post('/welcome/levels', form)).redirectedTo).toBe('/welcome');
    expect(await levelsOf(username)).toEqual([{ code: 'fr', level: null }]);
    expect(line(await ann.get('/welcome'))).toContain('Levels: skipped');
  });
});

test('twenty presses at once end as one', async () => {
  await house.empty();
  const ann = visitor(house);
  const { username } = await ann.join();
  await ann.get('/welcome');
  const pages = await together(20, () => ann.post('/welcome/words', words('At once.')));
  expect(statuses(pages)).toEqual({ 303: 20 });
  expect((await kept(house, username)).bio).toBe('At once.');
});
