import { expect, test } from '@jest/globals';
import { formPageOf } from '../../../src/web/sign-in-first.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { sessionsOf } from '../../support/joining.ts';
import { memberRoutes, routesOf } from '../../support/member-routes.ts';
import { alsoOn, copyOf, eventsOf, handleOfTheOther, isIn, settled, sidOf } from '../../support/security.ts';
import { encodeForm, visitor, type Visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const routes = memberRoutes({ username: 'ann_lee', handle: 'A'.repeat(22) });
const names = routes.map(({ method, route }) => `${method.toUpperCase()} ${route}`);

test('the walk knows every route of signed-in people that there is', () => {
  const all = routesOf(house);
  expect(all).toContain('GET /login');
  const forMembers = all.filter((name) => /^\w+ \/(profile|people|settings|media)\b/.test(name));
  expect(names.toSorted()).toEqual(forMembers.toSorted());
});

test('visitors are sent to sign in from every one of them, and nothing may be kept of the answer', async () => {
  for (const { method, path } of routes) {
    const page = method === 'get' ? await visitor(house).get(path) : await visitor(house).post(path, {});
    const back = method === 'get' ? path : formPageOf(path)!;
    const why = method === 'get' ? '' : '&why=signed-out';
    const to = `/login?next=${encodeURIComponent(back)}${why}`;
    expect([path, page.status, page.redirectedTo]).toEqual([path, 303, to]);
    expect([path, page.header('cache-control')]).toEqual([path, 'no-store']);
  }
});

test('pages of signed-in people are not kept by any cache', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  for (const { method, path } of memberRoutes({ username, handle: 'A'.repeat(22) })) {
    const page = method === 'get' ? await ann.get(path) : await ann.post(path, { currentPassword: 'x' });
    expect([path, page.status < 500, page.header('cache-control')]).toEqual([path, true, 'no-store']);
  }
});

test.each(names)('%s ends a session of before a new password, and does nothing for it', async (name) => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const old: Visitor = await alsoOn(house, username);
  await old.token();
  await house.stores.sql(
    'UPDATE "User" SET "securityVersion" = "securityVersion" + 1 WHERE "username" = $1',
    [username],
  );
  const fresh = await alsoOn(house, username);
  const tablet = await alsoOn(house, username);
  await settled(house);
  const handle = await handleOfTheOther(fresh);
  const person = () => house.stores.sql('SELECT * FROM "User" WHERE "username" = $1', [username]);
  const before = [await person(), await eventsOf(house, username), house.outbox.messages.length];

  const { method, path, fields } = memberRoutes({ username, handle })[names.indexOf(name)]!;
  const sid = sidOf(old);
  const replay = copyOf(house, old);
  const body = encodeForm({ _csrf: await old.token(), ...fields });
  const page = method === 'get' ? await old.get(path) : await old.send('post', path, body);
  const to = `/login?next=${encodeURIComponent(method === 'get' ? path : formPageOf(path)!)}`;
  expect([page.status, page.redirectedTo, page.header('cache-control')]).toEqual([303, to, 'no-store']);

  await settled(house);
  expect([await person(), await eventsOf(house, username), house.outbox.messages.length]).toEqual(before);
  expect([await isIn(fresh), await isIn(tablet), await isIn(old)]).toEqual([true, true, false]);
  expect((await sessionsOf(house)).has(sid)).toBe(false);
  expect((await old.get('/login')).html).toContain('Welcome back');
  expect((await replay.get('/settings/security')).redirectedTo).toBe('/login?next=%2Fsettings%2Fsecurity');
});

test('who was signed out by a new password elsewhere is told so at the door', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  await house.stores.sql(
    'UPDATE "User" SET "securityVersion" = "securityVersion" + 1 WHERE "username" = $1',
    [username],
  );
  const { redirectedTo } = await ann.get('/settings/security');
  expect((await ann.get(redirectedTo!)).html).toContain('You were signed out here. Sign in to go on.');
  expect((await ann.get('/login')).html).not.toContain('You were signed out here.');
});
