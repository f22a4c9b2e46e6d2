import { expect, test } from '@jest/globals';
import { edit, fieldsIn, kept, openForm, type ProfileFields } from '../support/editing.ts';
import { houseOfThisFile } from '../support/house.ts';
import { spoken } from '../support/speaking.ts';
import { encodeForm, type Fields, type Page, textOf, visitor, type Visitor } from '../support/visitor.ts';

const house = await houseOfThisFile();
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
  expect(textOf(door.html)).toContain('You were signed out here. Sign in to go on.');
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
  expect(textOf(page.html)).toContain(`You signed in as ${username} after this page was opened`);
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
  expect([page.status, textOf(page.html).includes(`You signed in as ${bea.username}`)]).toEqual([403, true]);
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
  expect((await tab('/logout')).redirectedTo).toBe('/profile');
  expect(textOf((await ann.get('/profile')).html)).toContain('To sign out, press the button once more.');
});

test.each([
  ['/login', '/login', '/profile'],
  ['/sign-up', '/sign-up', '/profile'],
  ['/sign-up/code', '/sign-up/code', '/profile'],
  ['/sign-up/code/resend', '/sign-up/code', '/profile'],
  ['/sign-up/cancel', '/sign-up', '/profile'],
  ['/password/code', '/password/code', '/settings/password'],
  ['/password/link/some-token', '/password/new', '/password/forgot'],
  ['/settings/contact/code', '/settings/contact/code', '/settings/contact'],
  ['/settings/sessions/revoke-others', '/settings/security', null],
])('the second tab of %s is led on', async (path, page, next) => {
  const { ann, again, tab } = await withTab();
  await again();
  expect((await tab(path)).redirectedTo).toBe(page);
  expect((await ann.get(page)).redirectedTo).toBe(next);
});
