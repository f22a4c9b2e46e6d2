import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { joining, sessionsOf, typeCode } from '../../support/joining.ts';
import { encodeForm, visitor, type Visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** Another browser that holds the same cookies. */
const copyOf = (who: Visitor): Visitor => {
  const copy = visitor(house);
  for (const [name, value] of who.cookies) copy.cookies.set(name, value);
  return copy;
};
const idIn = (cookie: string | undefined): string =>
  decodeURIComponent(cookie ?? '')
    .slice(2)
    .split('.')[0]!;

test('joining changes the session’s id, and the old one opens nothing', async () => {
  const { ann, code } = await joining(house);
  const before = copyOf(ann);
  await typeCode(ann, code);
  expect(ann.sessionCookie).not.toBe(before.sessionCookie);
  expect((await before.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
  expect((await sessionsOf(house)).has(idIn(before.sessionCookie))).toBe(false);
  expect((await sessionsOf(house)).has(idIn(ann.sessionCookie))).toBe(true);
});

test('so does signing in', async () => {
  const { username, password } = await visitor(house).signUp();
  const ann = visitor(house);
  await ann.token();
  const before = copyOf(ann);
  await ann.signIn(username, password);
  expect(ann.sessionCookie).not.toBe(before.sessionCookie);
  expect((await before.get('/profile')).status).toBe(303);
  expect((await ann.get('/profile')).status).toBe(200);
});

test('signing out leaves nothing behind: the cookie is taken back and the old id is dead', async () => {
  const ann = visitor(house);
  await ann.signUp();
  const before = copyOf(ann);
  const page = await ann.post('/logout');
  expect([page.redirectedTo, page.header('cache-control')]).toEqual(['/login', 'no-store']);
  expect(ann.sessionCookie).toBeUndefined();
  expect((await sessionsOf(house)).has(idIn(before.sessionCookie))).toBe(false);
  expect((await before.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
  expect((await ann.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
});

test('an id that somebody planted is never adopted', async () => {
  const { username, password } = await visitor(house).signUp();
  for (const planted of [
    's:planted-id-planted-id-planted-id.forged',
    'planted',
    's:.x',
    '%00',
    's%3Aplanted',
  ]) {
    const ann = visitor(house);
    ann.cookies.set('sid', encodeURIComponent(planted));
    await ann.get('/login');
    const given = ann.sessionCookie;
    expect(given).not.toContain('planted');
    await ann.signIn(username, password);
    expect(ann.sessionCookie).not.toBe(given);
    expect((await ann.get('/profile')).status).toBe(200);
  }
  expect([...(await sessionsOf(house)).keys()].join()).not.toContain('planted');
});

test('an id that was real and has ended is not adopted either', async () => {
  const ann = visitor(house);
  const { username, password } = await ann.signUp();
  const old = ann.sessionCookie!;
  await ann.post('/logout');
  const bob = visitor(house);
  bob.cookies.set('sid', old);
  await bob.get('/login');
  expect(bob.sessionCookie).not.toBe(old);
  await bob.signIn(username, password);
  expect(bob.sessionCookie).not.toBe(old);
});

test('the form token of before is dead after every change of rights', async () => {
  const ann = visitor(house);
  const early = await ann.token();
  const { username, password } = await ann.signUp();
  const post = (path: string, _csrf: string) => ann.send('post', path, encodeForm({ _csrf }));
  expect((await post('/logout', early)).status).toBe(403);
  expect((await ann.get('/profile')).status).toBe(200);

  const signedIn = await ann.token();
  await ann.post('/logout');
  const stale = await ann.send(
    'post',
    '/login',
    encodeForm({ _csrf: signedIn, identifier: username, password }),
  );
  expect(stale.status).toBe(403);

  const fresh = await ann.token();
  await ann.signIn(username, password);
  expect((await post('/logout', fresh)).status).toBe(403);
});

test('two browsers of one person are two sessions, and one signing out leaves the other', async () => {
  const ann = visitor(house);
  const { username, password } = await ann.signUp();
  const phone = visitor(house);
  await phone.signIn(username, password);
  await phone.post('/logout');
  expect((await ann.get('/profile')).status).toBe(200);
});

test('a session of a person who is gone ends at its next page', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const before = ann.sessionCookie;
  await house.stores.sql('DELETE FROM "User" WHERE "username" = $1', [username]);
  expect((await ann.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
  expect((await sessionsOf(house)).has(idIn(before))).toBe(false);
  expect((await ann.get('/login')).status).toBe(200);
});
