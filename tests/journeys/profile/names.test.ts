import { beforeAll, describe, expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { newcomer, speak } from '../../support/speaking.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('names', () => {
  beforeAll(() => house.empty());

  /** `/sign-up` as a browser of these languages gets it. */
  const signUpIn = async (languages: string): Promise<string> => {
    const guest = visitor(house);
    guest.headers = { 'Accept-Language': languages };
    return (await guest.get('/sign-up')).html;
  };

  test.each([
    ['zh-TW,zh;q=0.9,en-US;q=0.8', 'zh-Hant', '德國'],
    ['yue-Hant-HK,zh-HK;q=0.9', 'yue', '德國'],
    ['sr-Latn-RS,sr;q=0.9', 'sr-Latn', 'Nemačka'],
    ['pt-PT', 'pt-PT', 'Macedónia do Norte'],
    ['de_DE', 'de', 'Deutschland'],
    ['iw', 'he', 'גרמניה'],
    ['xx-Latn;q=0.9, *;q=0.5', 'en', 'Germany'],
  ])('a browser that asks for %s gets names in %s, by their whole tag', async (languages, lang, name) => {
    const html = await signUpIn(languages);
    // In the page's own language they need none.
    const marked = new RegExp(`<select id="country"[^>]* lang="${lang}"`).test(html);
    expect(marked).toBe(lang !== 'en');
    expect(html).toMatch(new RegExp(`>${name}\\s*<`));
  });

  test('a calling code stays together in names that run from right to left', async () => {
    expect(await signUpIn('ar')).toContain('>أذربيجان \u2066(+994)\u2069<');
  });

  test('names in the visitor’s language are marked wherever a page shows them', async () => {
    const { ann, username } = await newcomer(house);
    await speak(ann, 'sk / cs-B1');
    const ben = visitor(house);
    await ben.signUp();
    ben.headers = { 'Accept-Language': 'cs' };
    const { html } = await ben.get(`/people/${username}`);
    expect(html).toMatch(/Country: <\/span><bdi lang="cs">[^<]+<\/bdi>/);
    expect(html).toContain('<bdi lang="cs">Slovenština</bdi>');
    expect(html).toContain('<bdi lang="sk" dir="ltr">slovenčina</bdi>');
    // The visitor calls Czech what Czechs call it, with a capital at the head of the line.
    expect(html.match(/čeština/gi)).toEqual(['Čeština']);

    // The form that came too early has languages as text, and says what is wrong in its own language.
    await speak(ann, 'sk / ja-B1');
    ann.headers = { 'Accept-Language': 'zh-TW' };
    const refused = await speak(ann, 'sk / ko-B1');
    expect(refused.status).toBe(429);
    expect(refused.html).toContain('Adding Korean and removing Japanese will have to wait');
    expect(refused.html).toContain('<bdi lang="zh-Hant">斯洛伐克文</bdi>');
    expect(refused.html).toContain('Your level of <bdi lang="zh-Hant">日文</bdi></label>');
  });
});

describe('settings list', () => {
  beforeAll(() => house.empty());

  const pages = [
    '/settings/profile',
    '/settings/avatar',
    '/settings/photos',
    '/settings/languages',
    '/settings/contact',
    '/settings/password',
    '/settings/second-factor',
    '/settings/security',
    '/settings/privacy',
    '/settings/privacy#whoMayWrite-choice',
    '/settings/blocked',
    '/report/sent',
    '/appeal',
    '/settings/account',
  ];
  /** Where the rows of the list lead, and which of them is open. */
  const rowsOf = (html: string) => {
    const list = /<nav class="settings-(?:nav|page)"[\s\S]*?<\/nav>/.exec(html)?.[0] ?? '';
    const rows = [...list.matchAll(/<a href="([^"]+)" aria-current="(\w+)"/g)];
    return {
      paths: rows.map(([, path]) => path),
      open: rows.filter(([, , current]) => current === 'page').map(([, path]) => path),
    };
  };

  test('the settings are a list of their pages, with what is set now', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp({ nativeLanguage: 'de', learningLanguages: ['ja', 'ar'] });
    ann.headers = { 'Accept-Language': 'de' };
    const { status, html } = await ann.get('/settings');
    expect(status).toBe(200);
    expect(rowsOf(html)).toEqual({ paths: pages, open: [] });
    expect(html).toContain(`<bdi>@${username}</bdi>`);
    expect(html).toContain('<bdi lang="de">Deutsch</bdi>, <bdi lang="de">Japanisch</bdi>');
    // The list is there once, and the header says where one is.
    expect(html).not.toContain('settings-back');
    expect(html).toContain('href="/settings" aria-current="page"');
    expect((await ann.send('put', '/settings')).status).toBe(403);
    expect((await visitor(house).get('/settings')).redirectedTo).toBe('/login?next=%2Fsettings');
  });

  test('every page of the settings leads back to the list, and says which one is open', async () => {
    const ann = visitor(house);
    await ann.signUp();
    for (const path of pages.filter((path) => !path.includes('#'))) {
      const { html } = await ann.get(path);
      expect(rowsOf(html)).toEqual({ paths: pages, open: [path] });
      expect(html).toMatch(/<p class="settings-back"><a href="\/settings">/);
    }
    // The answer to a form has an address of its own.
    const refused = await ann.post('/settings/contact/email', { email: '', currentPassword: '' });
    expect(refused.status).toBe(422);
    expect(rowsOf(refused.html).open).toEqual(['/settings/contact']);
  });
});
