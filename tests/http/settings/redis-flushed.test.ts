import { expect, test } from '@jest/globals';
import { formPageOf } from '../../../src/web/sign-in-first.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { memberRoutes } from '../../support/member-routes.ts';
import { alsoOn, handleOfTheOther, isIn, sessionsSeenBy } from '../../support/security.ts';
import { encodeForm, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const routes = memberRoutes({ username: 'ann_lee', handle: 'A'.repeat(22) });
const names = routes.map(({ method, route }) => `${method.toUpperCase()} ${route}`);

test.each(names)('after Redis lost everything, %s leads to the door', async (name) => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  await alsoOn(house, username);
  const handle = await handleOfTheOther(ann);
  const token = await ann.token();
  await house.stores.redis.flushdb();

  const { method, path, fields } = memberRoutes({ username, handle })[names.indexOf(name)]!;
  const page =
    method === 'get'
      ? await ann.get(path)
      : await ann.send('post', path, encodeForm({ _csrf: token, ...fields }));
  const back = method === 'get' ? path : formPageOf(path)!;
  const why = method === 'get' ? '' : '&why=signed-out';
  const to = `/login?next=${encodeURIComponent(back)}${why}`;
  expect([page.status, page.redirectedTo]).toEqual([303, to]);
  expect(await isIn(ann)).toBe(false);
});

test('a press of "Sign out" is a form like any other: its token is lost, and its person is out already', async () => {
  const ann = visitor(house);
  await ann.signUp();
  const token = await ann.token();
  await house.stores.redis.flushdb();
  expect((await ann.send('post', '/logout', encodeForm({ _csrf: token }))).status).toBe(403);
  expect(await isIn(ann)).toBe(false);
});

test('everybody is signed out everywhere, and comes in again, with nothing of before in the list', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const phone = await alsoOn(house, username, { remember: 'on' });
  await house.stores.redis.flushdb();
  expect([await isIn(ann), await isIn(phone)]).toEqual([false, false]);
  expect((await ann.signIn(username, 'lantern-tandem-42')).redirectedTo).toBe('/profile');
  expect(await sessionsSeenBy(ann)).toHaveLength(1);
  expect(await isIn(phone)).toBe(false);
});

test('a list that is lost alone shows no session but signs nobody out, and fills again', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const keys = await house.stores.redis.keys('sessions-of:*');
  await house.stores.redis.del(...keys);
  expect((await ann.get('/settings/security')).status).toBe(200);
  const phone = await alsoOn(house, username);
  const devices = (await sessionsSeenBy(phone)).map(({ isThisOne }) => isThisOne);
  expect(devices).toEqual([true]);
});
