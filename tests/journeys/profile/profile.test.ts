import { beforeAll, describe, expect, test } from '@jest/globals';
import { profileFormBounds } from '../../../src/features/profile/index.ts';
import { interestCodes } from '../../../src/kernel/interests.ts';
import { edit, fieldsIn, kept, openForm, save } from '../../support/editing.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { type Page, encodeForm, faultsIn, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('profile', () => {
  beforeAll(() => house.empty());

  test('the own profile shows languages with their own names, and contacts masked', async () => {
    const ann = visitor(house);
    const { username, email } = await ann.signUp({
      nativeLanguage: 'de',
      learningLanguages: ['ja', 'ar'],
      country: 'CH',
    });
    const { html } = await ann.get('/profile');
    for (const shown of [
      username,
      'Switzerland',
      'German',
      'Deutsch',
      'Japanese',
      '日本語',
      'Arabic',
      'June 2026',
      'Verified',
    ])
      expect(html).toContain(shown);
    expect(html).toContain('dir="rtl"');
    expect(html).not.toContain(email);
    expect(html).not.toContain('1995');
  });

  test('another person sees the languages but no contact and no date of birth', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const ben = visitor(house);
    await ben.signUp();
    const page = await ben.get(`/people/${username.toUpperCase()}`);
    expect(page.status).toBe(200);
    expect(page.html).toContain(username);
    expect(page.html).toContain('Spanish');
    for (const secret of ['example.com', '@e•', '1995', 'Verified']) expect(page.html).not.toContain(secret);
  });

  test('unknown people are 404, and visitors are asked to sign in first', async () => {
    const ann = visitor(house);
    await ann.signUp();
    for (const name of ['nobody_at_all', 'x'.repeat(500), '%00', '..%2f..']) {
      const page = await ann.get(`/people/${name}`);
      expect([400, 404]).toContain(page.status);
    }
    const stranger = await visitor(house).get('/people/ann?tab=1');
    expect(stranger.redirectedTo).toBe('/login?next=%2Fpeople%2Fann%3Ftab%3D1');
  });

  test('names are in the language the browser asks for, sorted as that language sorts', async () => {
    const claire = visitor(house);
    claire.headers = { 'Accept-Language': 'fr-CH, fr;q=0.9, en;q=0.8' };
    const { html } = await claire.get('/sign-up');
    expect(html).toContain('Allemagne');
    expect(html).toContain('lang="fr"');
    expect(html.indexOf('Égypte')).toBeLessThan(html.indexOf('Zambie'));
    const { html: english } = await visitor(house).get('/sign-up');
    expect(english).toContain('Germany');
    const odd = visitor(house);
    odd.headers = { 'Accept-Language': 'xx, ;;q=, *' };
    expect((await odd.get('/sign-up')).html).toContain('Germany');
  });

  test('a person whose account went away is signed out, not shown an error', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    await house.stores.sql('DELETE FROM "User" WHERE "usernameKey" = $1', [username]);
    expect((await ann.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
    expect((await ann.get('/login')).status).toBe(200);
  });
});

describe('editing', () => {
  beforeAll(() => house.empty());

  const somebody = async () => {
    const ann = visitor(house);
    return { ann, ...(await ann.signUp()) };
  };

  test('what is saved is in the form, on the own page and on the page that others see', async () => {
    const { ann, username } = await somebody();
    expect(await openForm(ann)).toMatchObject({
      displayName: '',
      bio: '',
      country: 'DE',
      interests: [''],
      version: '0',
    });

    const wanted = {
      displayName: 'Ann Sørensen',
      bio: 'Ahoj!\n\nI like boats.',
      country: 'DK',
      interests: ['', 'coffee', 'sea'],
    };
    expect((await edit(ann, wanted)).redirectedTo).toBe('/profile');
    expect(await openForm(ann)).toMatchObject({ ...wanted, version: '1' });

    const ben = await somebody();
    for (const page of [await ann.get('/profile'), await ben.ann.get(`/people/${username}`)]) {
      const text = textOf(page.html);
      for (const shown of ['Ann Sørensen', `@${username}`, 'I like boats.', 'Denmark', 'Coffee', 'The sea'])
        expect(text).toContain(shown);
      expect(text).not.toContain('Drawing');
    }
    expect((await ann.get('/settings/profile')).html).not.toContain('Your profile has been saved.');
  });

  test('everything optional can be taken away again', async () => {
    const { ann, username } = await somebody();
    await edit(ann, { displayName: 'Ann', bio: 'Ahoj', interests: ['', 'tea'] });
    expect((await edit(ann, { displayName: ' ', bio: '\n', interests: [''] })).redirectedTo).toBe('/profile');
    expect(await kept(house, username)).toMatchObject({ displayName: null, bio: '', interests: [] });
  });

  test('ten interests are enough, and they keep the order of the form', async () => {
    const { ann, username } = await somebody();
    const ten = interestCodes.slice(20, 30);
    expect((await edit(ann, { interests: ['', ...ten] })).redirectedTo).toBe('/profile');
    const page = await edit(ann, { interests: ['', ...interestCodes.slice(20, 31)] });
    expect(page.status).toBe(422);
    expect(faultsIn(page.html)).toEqual({ interests: "Choose at most 10 interests. You've chosen 11." });
    expect(fieldsIn(page.html).interests).toHaveLength(12);
    expect((await kept(house, username)).interests).toEqual(ten);

    expect((await edit(ann, { interests: ['', 'tea', 'tea', ten[3]!] })).redirectedTo).toBe('/profile');
    expect((await kept(house, username)).interests).toEqual(['tea', ten[3]]);
  });

  test('every interest of the list can be ticked at once, and is told to be too much', async () => {
    const { ann } = await somebody();
    const page = await edit(ann, { interests: ['', ...interestCodes] });
    expect(page.status).toBe(422);
    expect(fieldsIn(page.html).interests).toEqual(['', ...interestCodes]);
  });

  test.each([
    ['interests', { interests: ['', 'tea', 'nonsense'] }, 'Choose your interests from the list.'],
    ['interests', { interests: ['__proto__'] }, 'Choose your interests from the list.'],
    ['country', { country: 'XX' }, 'Choose your country.'],
    ['country', { country: '' }, 'Choose your country.'],
    ['visibility', { visibility: 'friends' }, 'Choose who can see your profile.'],
  ])('a wrong %s is refused with everything else kept', async (field, changes, text) => {
    const { ann, username } = await somebody();
    const page = await edit(ann, { displayName: 'Ann', bio: 'A few words', ...changes });
    expect(page.status).toBe(422);
    expect(faultsIn(page.html)).toEqual({ [field]: text });
    expect(page.html).toContain('value="Ann"');
    expect(page.html).toContain('A few words');
    expect(await kept(house, username)).toMatchObject({ displayName: null, bio: '', profileVersion: 0 });
  });

  test('what a client does not speak of stays as it is', async () => {
    const { ann, username } = await somebody();
    await edit(ann, { visibility: 'nobody', interests: ['', 'tea'] });
    const page = await save(ann, { displayName: 'Ann', bio: 'Ahoj', country: 'AT' });
    expect(page.redirectedTo).toBe('/profile');
    expect(await kept(house, username)).toEqual({
      displayName: 'Ann',
      bio: 'Ahoj',
      country: 'AT',
      visibility: 'nobody',
      interests: ['tea'],
      profileVersion: 2,
    });
  });

  test('fields that do not belong there are refused', async () => {
    const { ann } = await somebody();
    const form = await openForm(ann);
    for (const extra of ['username', 'bio[]', 'profileVersion', '__proto__'])
      expect((await ann.post('/settings/profile', { ...form, [extra]: 'x' })).status).toBe(400);
  });

  test('visitors sign in first, and other methods are not answered', async () => {
    const stranger = visitor(house);
    expect((await stranger.get('/settings/profile')).redirectedTo).toBe('/login?next=%2Fsettings%2Fprofile');
    expect((await stranger.post('/settings/profile', { bio: 'x' })).redirectedTo).toBe(
      '/login?next=%2Fsettings%2Fprofile&why=signed-out',
    );
    const { ann } = await somebody();
    const page = await ann.send('put', '/settings/profile', '');
    expect([403, 405]).toContain(page.status);
  });

  test('a session of before a password change neither sees nor writes anything', async () => {
    const { ann, username } = await somebody();
    const form = await openForm(ann);
    // As a new password does, in the moment before the sessions of before are cleared away.
    await house.stores.sql(
      'UPDATE "User" SET "securityVersion" = "securityVersion" + 1 WHERE "usernameKey" = lower($1)',
      [username],
    );
    expect((await save(ann, { ...form, bio: 'I was here' })).redirectedTo).toBe(
      '/login?next=%2Fsettings%2Fprofile',
    );
    expect((await kept(house, username)).bio).toBe('');

    const ben = await somebody();
    await house.stores.sql('DELETE FROM "User" WHERE "usernameKey" = lower($1)', [ben.username]);
    expect((await ben.ann.get('/settings/profile')).redirectedTo).toBe('/login?next=%2Fsettings%2Fprofile');
  });
});

describe('texts', () => {
  let username: string;
  beforeAll(async () => {
    await house.empty();
    ({ username } = await ann.signUp());
  });

  const ann = visitor(house);
  const family = '👩‍👩‍👧‍👦';
  /** A kiss in two skin tones: the longest emoji there is. */
  const kiss = '👩🏽‍❤️‍💋‍👨🏿';

  test.each([
    ['letters', 'x'],
    ['letters with accents of their own', 'e\u0301'],
    ['Chinese characters', '語'],
    ['families', family],
    ['kisses', kiss],
    ['Devanagari syllables', 'कि'],
  ])('fifty %s are a name and five hundred a text; one more is too many', async (_, one) => {
    const most = { displayName: one.repeat(50), bio: one.repeat(500) };
    expect((await edit(ann, most)).redirectedTo).toBe('/profile');
    const now = await kept(house, username);
    expect([now.displayName, now.bio]).toEqual([
      most.displayName.normalize('NFC'),
      most.bio.normalize('NFC'),
    ]);

    const page = await edit(ann, { displayName: one.repeat(51), bio: one.repeat(501) });
    expect(page.status).toBe(422);
    const faults = faultsIn(page.html);
    expect(faults.displayName).toMatch(/^Use at most 50 characters\./);
    expect(faults.bio).toMatch(/^Use at most 500 characters\./);
    expect(fieldsIn(page.html).bio).toBe(one.repeat(501));
    expect(await kept(house, username)).toEqual(now);
  });

  test('what is too long is told by how much, as long as that is of use', async () => {
    const page = await edit(ann, { displayName: `${family.repeat(50)}!`, bio: 'x'.repeat(1_001) });
    expect(faultsIn(page.html)).toEqual({
      displayName: "Use at most 50 characters. You've used 51.",
      bio: 'Use at most 500 characters.',
    });
  });

  test.each([
    ['a line break', 'Ann\nBell', 'a control character or a line break after “⁨Ann⁩”'],
    ['an escape', 'Ann\u001b[31m', 'a control character or a line break after “⁨Ann⁩”'],
    ['an override', 'Ann\u202egnp.exe', 'reverses the direction of text after “⁨Ann⁩”'],
    ['nothing to see', '\u3164', 'an invisible character at its beginning'],
    ['a blank at the end', 'Ann\u3164', 'an invisible character after “⁨Ann⁩”'],
    ['a tower of accents', `Ann Z${'\u0301'.repeat(600)}`, 'too many accents on one letter'],
    ['an accent for our own words', '\u0301Ann', 'accents without a letter'],
    ['an apple', 'Ann\uf8ff', "a character that most devices can't show after “⁨Ann⁩”"],
  ])('a name with %s is refused, and the message says where', async (_, displayName, says) => {
    const before = await kept(house, username);
    const page = await edit(ann, { displayName });
    expect(page.status).toBe(422);
    expect(faultsIn(page.html).displayName).toContain(says);
    expect(await kept(house, username)).toEqual(before);
  });

  test('ten thousand accents on one letter neither pass nor break the page', async () => {
    for (const field of ['displayName', 'bio']) {
      const page = await edit(ann, { [field]: `Z${'\u0301'.repeat(10_000)}` });
      expect(page.status).toBe(422);
      expect(page.html).toContain('Save my profile');
    }
    // Small enough to be read, too tall to be shown.
    const page = await edit(ann, { bio: `Z${'\u0301\u0323'.repeat(3_000)}` });
    expect(faultsIn(page.html).bio).toContain('too many accents on one letter');
  });

  test('half a surrogate pair never reaches the form', async () => {
    await openForm(ann);
    const token = await ann.token();
    const page = await ann.send('post', '/settings/profile', `_csrf=${token}&country=DE&bio=%ED%A0%80`);
    expect(page.status).toBe(400);
  });

  test('line breaks stay, however they were written, but heaps of empty lines do not', async () => {
    await edit(ann, { displayName: '', bio: '\r\n one \r\ntwo\rthree\u2028four\n\n\n\n\n\nfive\n' });
    expect((await kept(house, username)).bio).toBe('one\ntwo\nthree\nfour\n\n\nfive');
    expect((await openForm(ann)).bio).toBe('one\ntwo\nthree\nfour\n\n\nfive');
    const lines = (n: number) => Array.from({ length: n }, (_, line) => line).join('\n');
    expect((await edit(ann, { bio: lines(40) })).redirectedTo).toBe('/profile');
    const page = await edit(ann, { bio: lines(41) });
    expect(faultsIn(page.html).bio).toBe("Use at most 40 lines. You've used 41.");
  });

  test('a text is shown as it is, on its own, and does nothing', async () => {
    const displayName = '<b>Ann</b> "&amp;"';
    const bio = '<script>alert(1)</script>\nhttps://example.com\nשלום\u200f!';
    await edit(ann, { displayName, bio });
    const { html } = await ann.get(`/people/${username}`);
    expect(html).toContain('<bdi>&lt;b&gt;Ann&lt;/b&gt; &#34;&amp;amp;&#34;</bdi>');
    expect(html).toMatch(
      /<p class="written written-lines" dir="auto"><span>&lt;script&gt;alert\(1\)&lt;\/script&gt;\nhttps:\/\/example\.com\nשלום\u200f!<\/span><\/p>/,
    );
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('href="https://example.com');
    expect(await openForm(ann)).toMatchObject({ displayName, bio });
  });
});

describe('seen by others', () => {
  let username: string;
  let unknown: Page;
  beforeAll(async () => {
    await house.empty();
    ({ username } = await ann.signUp({ learningLanguages: ['es', 'ja'] }));
    await ben.signUp();
    await ben.get('/profile');
    unknown = await ben.get('/people/nobody_at_all');
  });

  const ann = visitor(house);
  const ben = visitor(house);
  const sql = (text: string) => house.stores.sql(text, [username]);
  const withoutReference = (html: string): string =>
    html.replace(/(class="request-id">)[^<]+/, '$1').replace(/(name="_csrf" value=")[^"]+/g, '$1');
  test('a page tells what a person says of themselves, and nothing else', async () => {
    await edit(ann, { displayName: 'Ann Sørensen', bio: 'Ahoj', interests: ['', 'coffee'], country: 'CH' });
    await sql(
      `UPDATE "UserLanguage" SET "level" = 'B1' WHERE "code" = 'es' AND "userId" = (SELECT "id" FROM "User" WHERE "usernameKey" = $1)`,
    );
    const { status, html } = await ben.get(`/people/${username}`);
    expect(status).toBe(200);
    const text = textOf(html);
    expect(text).toContain(`Ann Sørensen (@${username}) · ChatLink`);
    for (const shown of ['Switzerland', 'June 2026', 'B1 Intermediate', 'Japanese', 'Ahoj', 'Coffee'])
      expect(text).toContain(shown);
    expect(text).not.toMatch(/1995|example\.com|Verified|Edit your profile|Nobody else/);
  });

  test('one’s own page says that others see it so, and leads back; nobody else is told', async () => {
    const mine = textOf((await ann.get(`/people/${username}`)).html);
    expect(mine).toContain('This is how others see you. Edit your profile or go back to it .');
    expect(textOf((await ben.get(`/people/${username}`)).html)).not.toContain('how others see you');
  });

  test('without a display name the username stands for it', async () => {
    await edit(ann, { displayName: '' });
    const { html } = await ben.get(`/people/${username.toUpperCase()}`);
    expect(html).toContain(`<bdi>${username}</bdi>`);
    expect(html).toContain(`<title>${username} · ChatLink</title>`);
  });

  test('a hidden person is nobody to others, and is reminded of it', async () => {
    await edit(ann, { visibility: 'nobody' });
    const page = await ben.get(`/people/${username}`);
    expect(page.status).toBe(404);
    expect(withoutReference(page.html)).toBe(withoutReference(unknown.html));
    for (const path of ['/profile', `/people/${username}`]) {
      const own = await ann.get(path);
      expect(own.status).toBe(200);
      expect(textOf(own.html)).toContain('Nobody else can see your profile.');
    }
    await edit(ann, { visibility: 'members' });
    expect((await ben.get(`/people/${username}`)).status).toBe(200);
    expect(textOf((await ann.get('/profile')).html)).not.toContain('Nobody else');
  });

  test('whoever is leaving is nobody at once, and so is whoever has left', async () => {
    await sql(
      `UPDATE "User" SET "leavingAt" = now(), "purgeAt" = now() + interval '14 days' WHERE "usernameKey" = $1`,
    );
    const leaving = await ben.get(`/people/${username}`);
    await sql(`UPDATE "User" SET "leavingAt" = NULL, "purgeAt" = NULL WHERE "usernameKey" = $1`);
    expect((await ben.get(`/people/${username}`)).status).toBe(200);
    await sql('DELETE FROM "User" WHERE "usernameKey" = $1');
    const left = await ben.get(`/people/${username}`);
    for (const page of [leaving, left]) {
      expect(page.status).toBe(404);
      expect(withoutReference(page.html)).toBe(withoutReference(unknown.html));
    }
  });

  test('an address that can be nobody’s is the same', async () => {
    for (const name of ['a', '_x_', 'x'.repeat(31), 'a%20b', 'ann%2Fbell']) {
      const page = await ben.get(`/people/${name}`);
      expect(page.status).toBe(404);
      expect(withoutReference(page.html)).toBe(withoutReference(unknown.html));
    }
  });
});

describe('form size', () => {
  beforeAll(async () => {
    await house.empty();
    await ann.signUp();
  });

  const ann = visitor(house);
  const post = (body: string) => ann.send('post', '/settings/profile', body);
  /** A form in good order, but for a text that makes it this long. */
  const formOf = async (bytes: number): Promise<string> => {
    const { bio: _, ...others } = await openForm(ann);
    const start = `${encodeForm({ _csrf: await ann.token(), ...others })}&bio=`;
    return start + 'a'.repeat(bytes - start.length);
  };

  test('whatever a browser lets one type and tick comes back with a word to each field', async () => {
    const form = await openForm(ann);
    const typed = {
      displayName: '語'.repeat(750),
      bio: '語'.repeat(7_500),
      interests: ['', ...interestCodes],
    };
    const page = await post(encodeForm({ _csrf: await ann.token(), ...form, ...typed }));
    expect(page.status).toBe(422);
    expect(Object.keys(faultsIn(page.html))).toEqual(['displayName', 'bio', 'interests']);
    expect(fieldsIn(page.html)).toMatchObject(typed);
  });

  test('a form as large as it may be is read, one byte more is not', async () => {
    const { bytes } = profileFormBounds;
    expect(bytes).toBeLessThan(80_000);
    expect((await post(await formOf(bytes))).status).toBe(422);
    expect((await post(await formOf(bytes + 1))).status).toBe(413);
  });

  test('a form with as many fields as it may have is read, one more is not', async () => {
    const form = encodeForm({ _csrf: await ann.token(), ...(await openForm(ann)), interests: [] });
    const room = profileFormBounds.fields - form.split('&').length;
    const interests = (n: number) => '&interests=tea'.repeat(n);
    expect((await post(form + interests(room))).status).toBe(303);
    expect((await post(form + interests(room + 1))).status).toBe(413);
  });

  test('no other form became larger by it', async () => {
    const of = (bytes: number) => `identifier=${'a'.repeat(bytes - 'identifier='.length)}`;
    for (const path of ['/login', '/settings/languages', '/settings/profile/']) {
      expect((await ann.send('post', path, of(16 * 1024))).status).not.toBe(413);
      expect((await ann.send('post', path, of(16 * 1024 + 1))).status).toBe(413);
    }
  });
});
