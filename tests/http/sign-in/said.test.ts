import { expect, test } from '@jest/globals';
import { days } from '../../../src/kernel/clock.ts';
import { changeEmail, undoIn } from '../../support/contacts.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { leaver } from '../../support/leaving.ts';
import { granted, setPassword } from '../../support/recovering.ts';
import { textOf, visitor, type Visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const read = async (who: Visitor, path: string) => textOf((await who.get(path)).html);
const nameIn = async (who: Visitor, path: string) =>
  /name="identifier" value="([^"]*)"/.exec((await who.get(path)).html)?.[1];

test('who wanted a page is told why the door stands in the way; who came by themselves is not', async () => {
  const ann = visitor(house);
  expect(await read(ann, '/login?next=%2Fprofile')).toContain('Sign in to see this page.');
  for (const path of ['/login', '/login?next=https%3A%2F%2Fevil.example', '/login?why=hello'])
    expect(await read(ann, path)).not.toMatch(/Sign in to|signed out/);
});

test('signing out is said once, and leaves nothing behind', async () => {
  const ann = visitor(house);
  await ann.signUp();
  await ann.post('/logout');
  expect([...ann.cookies.keys()]).toEqual(['device', 'bye']);
  expect(await read(ann, '/login')).toContain('You are signed out.');
  expect(await read(ann, '/login')).not.toContain('You are signed out.');
});

test('the name that was typed at the door goes along to the reset, and back', async () => {
  const { email, username } = await visitor(house).signUp();
  const ann = visitor(house);
  expect(await nameIn(ann, '/password/forgot')).toBe('');
  await ann.signIn(email, 'not the password');
  expect(await nameIn(ann, '/password/forgot')).toBe(email);
  await setPassword(await granted(house, email, email, ann));
  expect(await nameIn(ann, '/login')).toBe(username);
  expect(await nameIn(visitor(house), '/login')).toBe('');
});

test('after a change of contact is undone, the reset knows whom it is for', async () => {
  const thief = visitor(house);
  const { username, email } = await thief.signUp();
  await changeEmail(house, thief);
  const way = await undoIn(house, email);
  const owner = visitor(house);
  await owner.get(way);
  await owner.post(way);
  expect(await nameIn(owner, '/password/forgot')).toBe(username);
  // Once more in another browser: the link is used, and says so with the same name.
  const phone = visitor(house);
  expect((await phone.get(way)).redirectedTo).toBe('/password/forgot');
  expect(await nameIn(phone, '/password/forgot')).toBe(username);
});

test('whoever comes back is told what that undid, and how to leave again', async () => {
  house.clock.set('2026-11-25T22:30:00.000Z');
  const { username, password } = await leaver(house);
  house.clock.pass(days(1));
  const ann = visitor(house);
  await ann.signIn(username, password);
  const { html } = await ann.get('/profile');
  expect(textOf(html)).toContain(
    'Welcome back! Your account was going to be deleted on 9 Dec 2026 . Now it stays. Delete it after all',
  );
  expect(html).toContain('<time datetime="2026-12-09T22:30:00.000Z" data-shape="day">');
  expect(html).toContain('<a href="/settings/account">Delete it after all</a>');
});

test('the settings open with their first tab', async () => {
  const ann = visitor(house);
  await ann.signUp();
  const first = /<nav class="settings-nav"[\s\S]*?href="([^"]+)"/.exec(
    (await ann.get('/settings/profile')).html,
  )?.[1];
  expect((await ann.get('/settings')).redirectedTo).toBe(first);
});
