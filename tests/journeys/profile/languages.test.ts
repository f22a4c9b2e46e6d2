import { beforeAll, describe, expect, test } from '@jest/globals';
import { days, hours } from '../../../src/kernel/clock.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { whileLocked } from '../../support/locks.ts';
import { statuses, together } from '../../support/many.ts';
import {
  changesOf,
  elsewhere,
  fieldsOf,
  newcomer,
  openForm,
  settled,
  speak,
  spoken,
  waiting,
} from '../../support/speaking.ts';
import { type Page, type Visitor, encodeForm, faultsIn, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('form', () => {
  let ann: Visitor;
  beforeAll(async () => {
    await house.empty();
    ({ ann } = await newcomer(house));
  });

  const path = '/settings/languages';
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
      { 'learningLanguages-1': "Choose the languages you're learning from the list." },
    ],
    [{ learningLanguages: ['es', 'es'] }, { 'learningLanguages-1': 'Choose each language only once.' }],
    [
      { learningLanguages: ['es', 'fr', 'it', 'pt', 'ja', 'ko'] },
      { learningLanguages: 'Choose at most 5 languages.' },
    ],
    [
      { nativeLanguage: ['de', 'es'], learningLanguages: ['ja', 'es'] },
      {
        'learningLanguages-1': "You've chosen Spanish as a language you speak. Choose another one to learn.",
      },
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
      learningLanguages: "You've chosen German as a language you speak. Choose another one to learn.",
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
});

describe('changes', () => {
  beforeAll(() => house.empty());

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
});

describe('cooldown', () => {
  beforeAll(() => house.empty());

  const countedOf = async (username: string) =>
    (await changesOf(house, username)).map(({ counted }) => counted);

  test('the first change within a day of joining is free, the second is not, and the third must wait', async () => {
    const { ann, username } = await newcomer(house);
    expect((await speak(ann, 'de / es')).redirectedTo).toBe('/profile');
    expect((await speak(ann, 'de / fr')).redirectedTo).toBe('/profile');
    expect((await speak(ann, 'de / it')).status).toBe(429);
    expect(await spoken(house, username)).toBe('de / fr');
    expect(await countedOf(username)).toEqual([false, true]);
  });

  test('a millisecond before the day is over it is still free', async () => {
    const { ann, username } = await newcomer(house);
    house.clock.pass(hours(12));
    await ann.get('/profile');
    house.clock.pass(hours(12) - 1);
    expect((await speak(ann, 'de / es')).status).toBe(303);
    expect((await speak(ann, 'de / fr')).status).toBe(303);
    expect(await countedOf(username)).toEqual([false, true]);
  });

  test('when the day is over the first change counts', async () => {
    const { ann, username } = await newcomer(house);
    house.clock.pass(hours(12));
    await ann.get('/profile');
    house.clock.pass(hours(12));
    expect((await speak(ann, 'de / es')).status).toBe(303);
    expect((await speak(ann, 'de / fr')).status).toBe(429);
    expect(await countedOf(username)).toEqual([true]);
  });

  test('the next change is refused a millisecond before 30 days are over, and welcome after it', async () => {
    const speaker = await waiting(house);
    house.clock.pass(days(30) - 1);
    const ann = await elsewhere(house, speaker);
    const early = await speak(ann, 'de / ko');
    expect([early.status, early.header('retry-after')]).toEqual([429, '1']);
    expect(await spoken(house, speaker.username)).toBe('de fr / es-B1 ja');
    house.clock.pass(1);
    expect((await speak(ann, 'de / ko')).redirectedTo).toBe('/profile');
    expect(await spoken(house, speaker.username)).toBe('de / ko');
    expect((await speak(ann, 'de / ja')).header('retry-after')).toBe(String(days(30) / 1000));
  });

  test('the page of a change that came too soon says when and what must wait, once, and locks languages but no level', async () => {
    house.clock.set('2027-01-10T08:30:00.000Z');
    const { ann } = await waiting(house);
    // What was said of the change before is read.
    await ann.get('/profile');
    house.clock.pass(hours(1));
    const page = await speak(ann, 'de / fr-A2 ja es-C1 ko');
    expect([page.status, page.header('retry-after')]).toEqual([429, String(days(30) / 1000 - 3600)]);
    const text = textOf(page.html);
    expect(text).toContain(
      "Adding Korean and moving French to the other list will have to wait, so we haven't saved anything.",
    );
    expect(text).toContain('You can change them again from 9 Feb 2027 , in 30 days.');
    expect(text.match(/2027/g)).toHaveLength(1);
    expect(page.html).toContain(
      '<time datetime="2027-02-09T08:30:00.000Z" data-shape="day">9 Feb 2027</time>',
    );
    // What stands there is what is saved; levels that were chosen for it stay chosen.
    const sent = [...page.html.matchAll(/<input type="hidden" name="(\w+)" value="(\w\w)">/g)];
    expect(sent.map(([, name, code]) => `${name} ${code}`)).toEqual([
      'nativeLanguage de',
      'nativeLanguage fr',
      'learningLanguages es',
      'learningLanguages ja',
    ]);
    const levels = [...page.html.matchAll(/<option value="(\w+)" selected/g)].map(([, level]) => level);
    expect(levels).toEqual(['C1']);
    expect(page.html).toContain('<title>Error: ');
  });

  test('the page says before one tries what is free, what is possible and what must wait', async () => {
    house.clock.set('2027-03-01T12:00:00.000Z');
    const note = async (who: { get: (path: string) => Promise<{ html: string }> }) =>
      textOf(
        /<div class="notice notice-\w+">[\s\S]*?<\/div>/.exec(
          (await who.get('/settings/languages')).html,
        )?.[0] ?? '',
      );
    const fresh = await newcomer(house);
    expect(await note(fresh.ann)).toContain('You have one free change until 2 Mar 2027, 12:00 UTC');
    const free = await settled(house);
    expect(await note(free.ann)).toContain('you can change them again from 31 Mar 2027 .');
    const closed = await waiting(house);
    expect(await note(closed.ann)).toContain('can change them again from 31 Mar 2027 , in 30 days');
    house.clock.pass(days(30));
    expect(await note(await elsewhere(house, closed))).toContain('If you change them now');
  });

  test('saying so on the profile: the languages are saved, and when the next change is possible', async () => {
    house.clock.set('2027-06-01T12:00:00.000Z');
    const { ann } = await settled(house);
    expect((await ann.get('/profile')).html).toContain('Your languages have been saved.');
    await speak(ann, 'de fr / es');
    const { html } = await ann.get('/profile');
    expect(textOf(html)).toContain('You can change them again from 1 Jul 2027 .');
    for (const name of ['German', 'French', 'Spanish']) expect(html).toContain(name);
  });

  test('a change and back again are two changes', async () => {
    const { ann, username } = await settled(house);
    expect((await speak(ann, 'de / es ja')).status).toBe(303);
    expect((await speak(ann, 'de / es')).status).toBe(429);
    expect(await spoken(house, username)).toBe('de / es ja');
  });

  test('signing out and in, another device, and many tries shorten nothing', async () => {
    const speaker = await waiting(house);
    await speaker.ann.post('/logout');
    await speaker.ann.signIn(speaker.username, speaker.password);
    const other = await elsewhere(house, speaker);
    for (const who of [speaker.ann, other, speaker.ann]) {
      house.clock.pass(hours(1));
      expect((await speak(who, 'de / ko')).status).toBe(429);
    }
    house.clock.pass(days(30) - hours(3));
    expect((await speak(await elsewhere(house, speaker), 'de / ko')).status).toBe(303);
  });

  test('while languages must wait the page has them as text and sends them as they are; levels go through', async () => {
    const { ann, username } = await waiting(house);
    const { html } = await ann.get('/settings/languages');
    expect(html).not.toMatch(/<select[^>]*name="(native|learning)Language/);
    expect(textOf(html)).toContain('Your level of Spanish');
    const fields = [...html.matchAll(/<input type="hidden" name="(\w+Languages?)" value="(\w\w)">/g)];
    const sent = (name: string) => fields.filter(([, field]) => field === name).map(([, , code]) => code!);
    const page = await ann.post('/settings/languages', {
      shown: /name="shown" value="([^"]*)"/.exec(html)![1]!,
      nativeLanguage: sent('nativeLanguage'),
      learningLanguages: sent('learningLanguages'),
      levels: ['C2', 'A1'],
    });
    expect(page.redirectedTo).toBe('/profile');
    expect(await spoken(house, username)).toBe('de fr / es-C2 ja-A1');
  });
});

describe('races', () => {
  beforeAll(() => house.empty());

  const others = ['fr', 'it', 'pt', 'ko', 'zh', 'ru', 'tr', 'ar', 'hi', 'nl'];
  const other = (n: number): string => others[n % others.length]!;

  test('of two different changes at once one is made, and the other is told when', async () => {
    const { ann, username } = await settled(house);
    const pages = await together(2, (n) => speak(ann, `de / ${other(n)}`));
    expect(statuses(pages)).toEqual({ 303: 1, 429: 1 });
    const winner = pages.findIndex((page) => page.status === 303);
    expect(await spoken(house, username)).toBe(`de / ${other(winner)}`);
    expect(await changesOf(house, username)).toHaveLength(2);
  });

  test('of two changes from two tabs with the same form as well', async () => {
    const speaker = await settled(house);
    const tabs = [await openForm(speaker.ann), await openForm(await elsewhere(house, speaker))];
    const pages = await together(2, (n) => tabs[n]!.send(`de / ${other(n)}`));
    expect(statuses(pages)).toEqual({ 303: 1, 429: 1 });
  });

  /** Fifty that differ: what is so already may be saved at any time. */
  const fifty = (n: number): string =>
    `de / ${other(n)} ${['en', 'sv', 'pl', 'cs', 'fi'][Math.floor(n / 10)]!}`;

  test('of fifty, one', async () => {
    const { ann, username } = await settled(house);
    const pages = await together(50, (n) => speak(ann, fifty(n)));
    expect(statuses(pages)).toEqual({ 303: 1, 429: 49 });
    expect(await spoken(house, username)).toBe(fifty(pages.findIndex((page) => page.status === 303)));
    expect(await changesOf(house, username)).toHaveLength(2);
  });

  test('of fifty over two instances of the site, one', async () => {
    const speaker = await settled(house);
    await withAnother(house, {}, async (second) => {
      const twin = (await elsewhere(house, speaker)).at(second);
      const pages = await together(50, (n) => speak(n % 2 ? twin : speaker.ann, fifty(n)));
      expect(statuses(pages)).toEqual({ 303: 1, 429: 49 });
    });
    expect(await changesOf(house, speaker.username)).toHaveLength(2);
  });

  test('two instances that look at the same moment still make one change', async () => {
    const speaker = await settled(house);
    await withAnother(house, {}, async (second) => {
      const twin = (await elsewhere(house, speaker)).at(second);
      let sent: Promise<Page[]> = Promise.resolve([]);
      await whileLocked(
        house,
        'User',
        async (waiting) => {
          sent = Promise.all([speak(speaker.ann, 'de / fr'), speak(twin, 'de / it')]);
          await waiting(2);
        },
        'EXCLUSIVE',
      );
      expect(statuses(await sent)).toEqual({ 303: 1, 429: 1 });
    });
    expect(await changesOf(house, speaker.username)).toHaveLength(2);
  });

  test('the free change is free once: of fifty at once one is free and one counts', async () => {
    const { ann, username } = await newcomer(house);
    const pages = await together(50, (n) => speak(ann, fifty(n)));
    expect(statuses(pages)).toEqual({ 303: 2, 429: 48 });
    expect((await changesOf(house, username)).map(({ counted }) => counted)).toEqual([false, true]);
  });

  test('a double click on "Save" is one change', async () => {
    const { ann, username } = await settled(house);
    const { send } = await openForm(ann);
    const pages = await together(2, () => send('de / es fr-A1'));
    expect(pages.map((page) => page.redirectedTo)).toEqual(['/profile', '/profile']);
    expect(await changesOf(house, username)).toHaveLength(2);
  });

  test('levels saved at the same time as a change are kept, whichever comes first', async () => {
    for (let round = 0; round < 10; round++) {
      const speaker = await settled(house);
      await speak(speaker.ann, 'de / es-A1');
      const [one, two] = [await openForm(speaker.ann), await openForm(await elsewhere(house, speaker))];
      const change = () => one.send('de fr / es-A1 ko-A2');
      const levels = () => two.send('de / es-B2');
      const pages = await Promise.all(round % 2 ? [change(), levels()] : [levels(), change()]);
      expect(statuses(pages)).toEqual({ 303: 2 });
      expect(await spoken(house, speaker.username)).toBe('de fr / es-B2 ko-A2');
    }
  });

  test('five tabs that each raise another level lose none', async () => {
    const { ann, username } = await newcomer(house);
    await speak(ann, 'de / es fr it pt ja');
    const forms = await together(5, () => openForm(ann));
    const pages = await together(5, (n) =>
      forms[n]!.send(
        `de / ${['es', 'fr', 'it', 'pt', 'ja'].map((c, at) => (at === n ? `${c}-B1` : c)).join(' ')}`,
      ),
    );
    expect(statuses(pages)).toEqual({ 303: 5 });
    expect(await spoken(house, username)).toBe('de / es-B1 fr-B1 it-B1 pt-B1 ja-B1');
  });

  test('an old tab that touches levels only does not bring back old languages', async () => {
    const { ann, username } = await settled(house);
    const old = await openForm(ann);
    await speak(ann, 'de tr / ko es');
    expect((await old.send('de / es-C1')).redirectedTo).toBe('/profile');
    expect(await spoken(house, username)).toBe('de tr / ko es-C1');
  });

  test('an old tab that changes languages is told of the other change, and may save again', async () => {
    const { ann, username } = await newcomer(house);
    const old = await openForm(ann);
    await speak(ann, 'de / es ja ko');
    const page = await old.send('de / es ja-B1 fr');
    expect(page.status).toBe(422);
    expect(page.html).toContain('changed in another window');
    expect(page.html).toContain('name="shown" value="de/es.ja.ko"');
    expect(page.html).toMatch(/<option value="fr" selected/);
    expect(await spoken(house, username)).toBe('de / es ja ko');
    const again = await speak(ann, 'de / es ja-B1 fr', { shown: 'de/es.ja.ko' });
    expect(again.redirectedTo).toBe('/profile');
    expect(await spoken(house, username)).toBe('de / es ja-B1 fr');
  });

  test('levels that are saved while the account goes leave nothing behind', async () => {
    const { ann, username } = await waiting(house);
    const pages = await Promise.all([
      speak(ann, 'de fr / es-C2 ja'),
      house.stores.sql('DELETE FROM "User" WHERE "usernameKey" = $1', [username]),
      speak(ann, 'de fr / es ja-C2'),
    ]);
    for (const page of [pages[0], pages[2]]) expect(page.status).toBe(303);
    expect(await spoken(house, username)).toBe(' / ');
  });
});
