import { beforeAll, describe, expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { interestCodes } from '../../../src/kernel/interests.ts';
import { type ProfileFields, edit, fieldsIn, kept, openForm, save } from '../../support/editing.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { whileHeld } from '../../support/locks.ts';
import { statuses, together } from '../../support/many.ts';
import { spoken } from '../../support/speaking.ts';
import {
  type Fields,
  type Page,
  type Visitor,
  encodeForm,
  newPerson,
  textOf,
  visitor,
} from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('left open', () => {
  beforeAll(() => house.empty());

  test('a sign-up form left open over lunch comes back filled in, without the password, and then goes through', async () => {
    const ann = visitor(house);
    const person = newPerson();
    const old = { ...person, _csrf: await ann.token() };
    house.clock.pass(minutes(31));
    const page = await ann.send('post', '/sign-up', encodeForm(old));
    expect(page.status).toBe(403);
    expect(page.html).toContain('was open for a while');
    expect(page.html).toContain(String(person.username));
    expect(page.html).not.toContain(String(person.password));
    expect((await ann.post('/sign-up', { ...old, _csrf: await ann.token() })).redirectedTo).toBe(
      '/sign-up/code',
    );
  });

  test('so does the sign-in form', async () => {
    const ann = visitor(house);
    const { username, password } = await ann.signUp();
    const ben = visitor(house);
    const _csrf = await ben.token();
    house.clock.pass(minutes(31));
    const page = await ben.send('post', '/login', encodeForm({ _csrf, identifier: username, password }));
    expect(page.status).toBe(403);
    expect(page.html).toContain(`value="${username}"`);
    expect((await ben.signIn(username, password)).redirectedTo).toBe('/people');
  });

  test('a second press of the same button keeps the person signed in', async () => {
    const ann = visitor(house);
    const { username, password } = await ann.signUp();
    const ben = visitor(house);
    const body = encodeForm({ _csrf: await ben.token(), identifier: username, password });
    const before = new Map(ben.cookies);
    expect((await ben.send('post', '/login', body)).redirectedTo).toBe('/people');

    const late = visitor(house);
    for (const [name, value] of before) late.cookies.set(name, value);
    const again = await late.send('post', '/login', body);
    expect(again.redirectedTo).toBe('/login');
    expect(again.header('set-cookie')).toBeUndefined();
    expect((await late.get('/profile')).redirectedTo).toMatch(/^\/login/);
    expect((await ben.get('/profile')).status).toBe(200);
  });

  test('nothing that another site sends is shown again, and other forms get the error page', async () => {
    const eve = visitor(house);
    const body = encodeForm({ _csrf: 'made-up', identifier: 'ann', password: 'x' });
    eve.headers = { 'Sec-Fetch-Site': 'cross-site' };
    expect((await eve.send('post', '/login', body)).html).not.toContain('value="ann"');
    eve.headers = { Cookie: 'sid=made-up' };
    const page = await eve.send('post', '/sign-up/cancel', '_csrf=made-up');
    expect(page.status).toBe(403);
    expect(page.html).toContain('Please load it again');
  });

  test('who starts over corrects the form instead of typing it all again, once', async () => {
    const ann = visitor(house);
    const { person } = await ann.startSignUp();
    expect((await ann.post('/sign-up/cancel')).redirectedTo).toBe('/sign-up');
    const form = await ann.get('/sign-up');
    expect(form.html).toContain(`value="${String(person.email)}"`);
    expect(form.html).not.toContain(String(person.password));
    expect((await ann.get('/sign-up')).html).not.toContain(String(person.email));
  });
});

describe('stale member forms', () => {
  beforeAll(() => house.empty());

  const fromOurPage = { 'Sec-Fetch-Site': 'same-origin' };

  /** A tab that still holds its token, whatever happens to the session meanwhile. */
  const tabOf = async (who: Visitor, headers: Record<string, string> = fromOurPage) => {
    await who.get('/settings/profile');
    const _csrf = await who.token();
    return async (path: string, fields: Fields = {}): Promise<Page> => {
      who.headers = headers;
      const page = await who.send('post', path, encodeForm({ _csrf, ...fields }));
      who.headers = {};
      return page;
    };
  };

  /** Ann with the profile form open in a tab. */
  const withTab = async (headers?: Record<string, string>) => {
    const ann = visitor(house);
    const { username, password } = await ann.signUp();
    const form = await openForm(ann);
    const tab = await tabOf(ann, headers);
    const save = (changes: Partial<ProfileFields>) => tab('/settings/profile', { ...form, ...changes });
    const again = async () => {
      await ann.post('/logout');
      await ann.signIn(username, password);
    };
    return { ann, username, password, tab, save, again };
  };

  test('a form saved after another tab signed out leads to signing in, which says why, and back to its page', async () => {
    const { ann, username, password, save } = await withTab();
    await ann.post('/logout');
    const page = await save({ bio: 'Typed for an hour' });
    expect(page.redirectedTo).toBe('/login?next=%2Fsettings%2Fprofile&why=signed-out');
    expect(page.header('set-cookie')).toBeUndefined();
    const door = await ann.get(page.redirectedTo!);
    expect(textOf(door.html)).toContain("You've been signed out. Sign in to continue.");
    expect(door.html).toContain('data-kept-for="/settings/profile"');
    const back = await ann.signIn(username, password, { next: '/settings/profile' });
    expect(back.redirectedTo).toBe('/settings/profile');
    expect((await kept(house, username)).bio).toBe('');
  });

  test.each([
    ['/settings/languages', '/settings/languages'],
    ['/settings/contact/email', '/settings/contact'],
    ['/settings/account/delete', '/settings/account'],
    ['/settings/sessions/x/revoke', '/settings/security'],
  ])('so does %s', async (path, back) => {
    const { ann, tab } = await withTab();
    await ann.post('/logout');
    expect((await tab(path)).redirectedTo).toBe(`/login?next=${encodeURIComponent(back)}&why=signed-out`);
  });

  test('after signing out and in again the form comes back as it was typed, nothing is saved, and then it is', async () => {
    const { ann, username, save, again } = await withTab();
    await again();
    const page = await save({ displayName: 'Ann', bio: 'Typed <b>for</b> an hour', interests: ['', 'tea'] });
    expect(page.status).toBe(403);
    expect(textOf(page.html)).toContain(`You signed in as ${username} after opening this page`);
    expect(page.html).not.toContain('<b>for</b>');
    expect(await kept(house, username)).toMatchObject({ bio: '', profileVersion: 0 });
    const fields = fieldsIn(page.html);
    expect(fields).toMatchObject({
      displayName: 'Ann',
      bio: 'Typed <b>for</b> an hour',
      interests: ['', 'tea'],
    });
    expect((await ann.post('/settings/profile', { ...fields })).redirectedTo).toBe('/profile');
    expect((await kept(house, username)).bio).toBe('Typed <b>for</b> an hour');
  });

  test('a form of one person does not overwrite what another one has', async () => {
    const { ann, save } = await withTab();
    await ann.post('/logout');
    const bea = await visitor(house).signUp();
    await ann.signIn(bea.username, bea.password);
    await edit(ann, { bio: 'I am Bea' });
    const page = await save({ bio: 'I am Ann' });
    expect([page.status, textOf(page.html).includes(`You signed in as ${bea.username}`)]).toEqual([
      403,
      true,
    ]);
    const told = await ann.post('/settings/profile', { ...fieldsIn(page.html) });
    expect([told.status, textOf(told.html).includes('Saved now I am Bea What you typed I am Ann')]).toEqual([
      422,
      true,
    ]);
    expect((await kept(house, bea.username)).bio).toBe('I am Bea');
  });

  test.each<[string, Record<string, string>]>([
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['another site, by its origin', { Origin: 'https://evil.example' }],
    ['nobody knows where', {}],
  ])('what %s sends is never shown again', async (_, headers) => {
    const { save, again, tab } = await withTab(headers);
    await again();
    for (const page of [
      await save({ bio: 'Buy at evil.example' }),
      await tab('/settings/contact/email', { email: 'eve@evil.example', currentPassword: 'x' }),
    ]) {
      expect(page.status).toBe(403);
      expect(page.html).not.toContain('evil.example');
    }
  });

  test('languages, contacts and passwords come back too; no password does, and nothing is changed', async () => {
    const { ann, username, again, tab } = await withTab();
    await again();
    const languages = await tab('/settings/languages', {
      nativeLanguage: ['fr'],
      learningLanguages: ['', 'ko'],
      levels: ['', 'B2'],
    });
    const chosen = [...languages.html.matchAll(/<option value="(\w+)" selected/g)].map(([, value]) => value);
    expect([languages.status, chosen]).toEqual([403, ['fr', 'ko', 'B2']]);
    const currentPassword = 'lantern-tandem-42';
    const contact = await tab('/settings/contact/email', { email: 'new@example.com', currentPassword });
    expect([contact.status, contact.html.includes('value="new@example.com"')]).toEqual([403, true]);
    const password = await tab('/settings/password', {
      currentPassword,
      password: 'meadow-trumpet-93',
      passwordConfirmation: 'meadow-trumpet-93',
    });
    expect(password.status).toBe(403);
    for (const page of [contact, password]) expect(page.html).not.toMatch(/lantern|meadow/);
    expect(await spoken(house, username)).toBe('de / es ja');
    expect(house.outbox.to('new@example.com')).toEqual([]);
    expect((await ann.get('/profile')).status).toBe(200);
  });

  test('a form with a field too many is refused as ever', async () => {
    const { again, save } = await withTab();
    await again();
    expect((await save({ isAdminFrom: 'x' })).status).toBe(400);
  });

  test('signing out in a second tab leads to the door; where somebody signed in meanwhile, it is asked once more', async () => {
    const { ann, tab, again } = await withTab();
    await ann.post('/logout');
    expect((await tab('/logout')).redirectedTo).toBe('/login');
    await again();
    expect((await tab('/logout')).redirectedTo).toBe('/people');
    expect(textOf((await ann.get('/profile')).html)).toContain('To sign out, press the button again.');
  });

  test.each([
    ['/login', '/login', '/people'],
    ['/sign-up', '/sign-up', '/people'],
    ['/sign-up/code', '/sign-up/code', '/people'],
    ['/sign-up/code/resend', '/sign-up/code', '/people'],
    ['/sign-up/cancel', '/sign-up', '/people'],
    ['/password/code', '/password/code', '/settings/password'],
    ['/password/link/some-token', '/password/link/some-token?why=left-open', '/password/forgot'],
    ['/settings/contact/code', '/settings/contact/code', '/settings/contact'],
    ['/settings/sessions/revoke-others', '/settings/security', null],
  ])('the second tab of %s is led on', async (path, page, next) => {
    const { ann, again, tab } = await withTab();
    await again();
    expect((await tab(path)).redirectedTo).toBe(page);
    expect((await ann.get(page)).redirectedTo).toBe(next);
  });
});

describe('two tabs', () => {
  beforeAll(() => house.empty());

  /** Somebody with a filled profile and two tabs that show its form. */
  const withTwoTabs = async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    await edit(ann, { displayName: 'Ann', bio: 'Ahoj', country: 'DE', interests: ['', 'tea'] });
    return { ann, username, first: await openForm(ann), second: await openForm(ann) };
  };

  /** What the page says of each field that was changed meanwhile. */
  const changesIn = ({ html }: Page): string[] =>
    [
      ...(/<ul class="entries meanwhile">([\s\S]*?)<\/ul>/.exec(html)?.[1] ?? '').matchAll(
        /<li[\s\S]*?<\/li>/g,
      ),
    ].map(([item]) => textOf(item));

  test('the later tab is told field by field, loses nothing, and saves at the second press', async () => {
    const { ann, username, first, second } = await withTwoTabs();
    const theirs = { ...first, displayName: 'Ann S.', bio: 'Hej\nfrom Kiel', country: 'DK' };
    expect((await save(ann, theirs)).redirectedTo).toBe('/profile');

    const mine = { ...second, bio: 'Hola', interests: ['', 'tea', 'sea'] };
    const page = await save(ann, mine);
    expect(page.status).toBe(422);
    expect(textOf(page.html)).toContain('changed in another window');
    expect(changesIn(page)).toEqual([
      "Display name Saved now Ann S. What this form had Ann You hadn't changed this here, so the form below shows what's saved now.",
      'About yourself Saved now Hej from Kiel What you typed Hola Keep mine Use the saved one',
      "Country Saved now Denmark What this form had Germany You hadn't changed this here, so the form below shows what's saved now.",
    ]);
    expect((await kept(house, username)).bio).toBe('Hej\nfrom Kiel');

    // What was typed stays, what was not touched follows, and what nobody else changed is as it was typed.
    const again = fieldsIn(page.html);
    expect(again).toMatchObject({
      displayName: 'Ann S.',
      bio: 'Hola',
      country: 'DK',
      interests: ['', 'tea', 'sea'],
      version: '2',
    });
    expect((await save(ann, again)).redirectedTo).toBe('/profile');
    expect(await kept(house, username)).toEqual({
      displayName: 'Ann S.',
      bio: 'Hola',
      country: 'DK',
      visibility: 'members',
      interests: ['tea', 'sea'],
      profileVersion: 3,
    });
  });

  test('between the page and the second press somebody may be faster again', async () => {
    const { ann, username, first, second } = await withTwoTabs();
    await save(ann, { ...first, bio: 'one' });
    const page = await save(ann, { ...second, bio: 'two' });
    await edit(ann, { bio: 'three' });
    const later = await save(ann, fieldsIn(page.html));
    expect(later.status).toBe(422);
    expect(changesIn(later)[0]).toContain('Saved now three What you typed two');
    expect((await kept(house, username)).bio).toBe('three');
  });

  test.each<[string, Partial<ProfileFields>]>([
    ['a version that never was', { version: '99' }],
    ['no number', { version: '1e9' }],
    ['marks of no form of ours', { shown: '' }],
    ['marks that are a mess', { shown: '%00.<script>' }],
  ])('a form with %s is told every difference', async (_, forged) => {
    const { ann, first, second } = await withTwoTabs();
    await save(ann, { ...first, bio: 'one' });
    const page = await save(ann, { ...second, bio: 'two', country: 'AT', ...forged });
    expect(page.status).toBe(422);
    expect(changesIn(page)[0]).toContain('Saved now one What you typed two');
    expect((await save(ann, fieldsIn(page.html))).redirectedTo).toBe('/profile');
  });

  test('a second press of the same button is the first one', async () => {
    const { ann, username, first } = await withTwoTabs();
    const form = { ...first, bio: 'Hej' };
    expect((await save(ann, form)).redirectedTo).toBe('/profile');
    expect((await save(ann, form)).redirectedTo).toBe('/profile');
    expect((await kept(house, username)).profileVersion).toBe(2);
  });

  test('nobody is asked where the other tab said the same', async () => {
    const { ann, username, first, second } = await withTwoTabs();
    await save(ann, { ...first, bio: 'Hej' });
    expect((await save(ann, { ...second, bio: 'Hej', country: 'DK' })).redirectedTo).toBe('/profile');
    expect(await kept(house, username)).toMatchObject({ bio: 'Hej', country: 'DK', profileVersion: 3 });
  });

  test('a mistake is mended first, under the version of its form', async () => {
    const { ann, first, second } = await withTwoTabs();
    await save(ann, { ...first, bio: 'one' });
    const page = await save(ann, { ...second, bio: 'two', country: 'XX' });
    expect(page.status).toBe(422);
    for (const name of ['version', 'shown'] as const)
      expect(page.html).toContain(`name="${name}" value="${second[name]}"`);
  });

  test('of fifty parallel saves of one version, at two instances, one wins and keeps all it said', async () => {
    const { ann, username, first } = await withTwoTabs();
    const codes = ['coffee', 'sea', 'yoga', 'films'];
    await ann.token();
    await withAnother(house, {}, async (other) => {
      const elsewhere = visitor(other);
      for (const [name, value] of ann.cookies) elsewhere.cookies.set(name, value);
      await elsewhere.get('/settings/profile');
      const tabs = [ann, elsewhere];
      const pages = await together(50, (n) =>
        save(tabs[n % 2]!, {
          ...first,
          displayName: `Ann ${n}`,
          bio: `bio ${n}`,
          interests: ['', codes[n % 4]!],
        }),
      );
      expect(statuses(pages)).toEqual({ 303: 1, 422: 49 });
      const winner = pages.findIndex((page) => page.status === 303);
      expect(await kept(house, username)).toEqual({
        displayName: `Ann ${winner}`,
        bio: `bio ${winner}`,
        country: 'DE',
        visibility: 'members',
        interests: [codes[winner % 4]],
        profileVersion: 2,
      });
    });
  });

  test('a save that waited for another one takes away the interests that the other one brought', async () => {
    const { ann, username, first } = await withTwoTabs();
    await ann.token();
    const pages: Promise<Page>[] = [];
    await whileHeld(
      house,
      `SELECT FROM "User" WHERE "username" = '${username}' FOR UPDATE`,
      async (waiting) => {
        const saveAs = (version: string, codes: string[]) =>
          save(ann, { ...first, version, interests: ['', ...codes] });
        pages.push(saveAs('1', interestCodes.slice(0, 10)));
        await waiting(1);
        // Nobody could know this version yet; whoever guesses it must not end with twenty.
        pages.push(saveAs('2', interestCodes.slice(10, 20)));
        await waiting(2);
      },
    );
    expect(statuses(await Promise.all(pages))).toEqual({ 303: 2 });
    expect((await kept(house, username)).interests).toEqual(interestCodes.slice(10, 20));
  });

  test('what both tabs ticked and unticked is laid together', async () => {
    const { ann, username, first, second } = await withTwoTabs();
    await save(ann, { ...first, interests: ['', 'tea', 'sea', 'chess'] });
    const page = await save(ann, { ...second, interests: ['', 'yoga'] });
    expect(changesIn(page)).toEqual([
      'Interests Saved now Tea, The sea, Chess What you chose Yoga Keep both, as ticked below Use the saved one',
    ]);
    // "tea" was unticked here, "sea" and "chess" ticked there, "yoga" here.
    const again = fieldsIn(page.html);
    expect([...again.interests].sort()).toEqual(['', 'chess', 'sea', 'yoga']);
    expect((await save(ann, again)).redirectedTo).toBe('/profile');
    expect([...(await kept(house, username)).interests].sort()).toEqual(['chess', 'sea', 'yoga']);
  });

  test('where both together are too many, the form holds its own', async () => {
    const { ann, first, second } = await withTwoTabs();
    await save(ann, { ...first, interests: ['', ...interestCodes.slice(0, 6)] });
    const mine = ['', ...interestCodes.slice(10, 16)];
    const page = await save(ann, { ...second, interests: mine });
    expect(changesIn(page)[0]).toContain('Keep mine Use the saved one');
    expect([...fieldsIn(page.html).interests].sort()).toEqual([...mine].sort());
  });

  test('field by field the other version can be taken, whatever the form still says', async () => {
    const { ann, username, first, second } = await withTwoTabs();
    await save(ann, { ...first, bio: 'theirs', displayName: 'Theirs', interests: ['', 'sea'] });
    const page = await save(ann, { ...second, bio: 'mine', displayName: 'Mine', interests: ['', 'yoga'] });
    expect(page.html).not.toContain('<title>Error: ');
    expect(page.html).not.toContain('role="alert"');
    const choice = { bioFrom: 'saved', displayNameFrom: 'here', interestsFrom: 'saved' };
    expect((await save(ann, { ...fieldsIn(page.html), ...choice })).redirectedTo).toBe('/profile');
    expect(await kept(house, username)).toMatchObject({
      bio: 'theirs',
      displayName: 'Mine',
      interests: ['sea'],
    });
  });

  test('a field that is taken from what is saved cannot be wrong, and stays taken beside a mistake', async () => {
    const { ann, first, second } = await withTwoTabs();
    await save(ann, { ...first, bio: 'theirs' });
    const page = await save(ann, { ...second, bio: 'mine' });
    const fields = { ...fieldsIn(page.html), bio: 'x'.repeat(501), bioFrom: 'saved' };
    const mistaken = await save(ann, { ...fields, displayName: 'y'.repeat(51) });
    expect(mistaken.status).toBe(422);
    expect(fieldsIn(mistaken.html).bio).toBe('theirs');
    expect((await save(ann, fields)).redirectedTo).toBe('/profile');
  });
});
