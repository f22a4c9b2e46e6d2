import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { sessionsOf } from '../../support/joining.ts';
import { memberRoutes } from '../../support/member-routes.ts';
import { setPassword } from '../../support/recovering.ts';
import { holdingCode, holdingGrant, joinedYesterday, typeResetCode } from '../../support/resetting.ts';
import { sidOf } from '../../support/security.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test('it opens no page but its own', async () => {
  const { username, email, password } = await joinedYesterday(house);
  const who = await holdingGrant(house, email, email);
  for (const { method, path, fields } of memberRoutes({ username, handle: 'x'.repeat(22) })) {
    const page = method === 'get' ? await who.get(path) : await who.post(path, fields);
    expect([path, page.status, page.redirectedTo?.split('?')[0]]).toEqual([path, 303, '/login']);
  }
  expect((await who.get('/')).status).toBe(200);
  expect((await who.get('/login')).status).toBe(200);
  expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/profile');
  // It is still there, after all that.
  expect((await who.get('/password/new')).status).toBe(200);
});

test('the session has a new id when the grant is given, and another after it was used', async () => {
  const { email } = await joinedYesterday(house);
  const { who, code } = await holdingCode(house, email, email);
  const ids = [sidOf(who)];
  await typeResetCode(who, code);
  ids.push(sidOf(who));
  await setPassword(who);
  ids.push(sidOf(who));
  expect(new Set(ids).size).toBe(3);
  const alive = await sessionsOf(house);
  expect(ids.map((id) => alive.has(id))).toEqual([false, false, true]);
});

test('whoever signs in meanwhile has no grant any more', async () => {
  const { email } = await joinedYesterday(house);
  const ben = await joinedYesterday(house);
  const who = await holdingGrant(house, email, email);
  expect((await who.signIn(ben.username, ben.password)).redirectedTo).toBe('/profile');
  expect((await who.get('/password/new')).redirectedTo).toBe('/password/forgot');
  await who.post('/logout');
  expect((await who.get('/password/new')).redirectedTo).toBe('/password/forgot');
});

test('when Redis has forgotten everything, it is gone, and no page fails', async () => {
  const { username, email, password } = await joinedYesterday(house);
  const who = await holdingGrant(house, email, email);
  await house.stores.redis.flushdb();
  expect((await who.get('/password/new')).redirectedTo).toBe('/password/forgot');
  expect((await setPassword(who)).status).toBeLessThan(500);
  expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/profile');
});
