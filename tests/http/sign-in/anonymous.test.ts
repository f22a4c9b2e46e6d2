import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { sessionsOf } from '../../support/joining.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test.each([
  '/',
  '/nothing-here',
  '/health/live',
  '/health/ready',
  '/profile',
  '/people/ann',
  '/sign-up/code',
])('a visit of %s begins no session and sets no cookie', async (path) => {
  const page = await visitor(house).get(path);
  expect(page.header('set-cookie')).toBeUndefined();
  expect((await sessionsOf(house)).size).toBe(0);
});

test.each(['/sign-up', '/login'])('a form at %s begins one, for its token', async (path) => {
  const before = (await sessionsOf(house)).size;
  const page = await visitor(house).get(path);
  const cookie = String(page.header('set-cookie'));
  expect(cookie).toMatch(/^sid=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/);
  expect((await sessionsOf(house)).size).toBe(before + 1);
});

test('coming back with it makes no second one', async () => {
  const ann = visitor(house);
  await ann.get('/login');
  const before = (await sessionsOf(house)).size;
  await ann.get('/sign-up');
  expect((await ann.get('/login')).header('set-cookie')).toBeUndefined();
  expect((await sessionsOf(house)).size).toBe(before);
});

test('a request that was refused at the door begins none', async () => {
  const before = (await sessionsOf(house)).size;
  const page = await visitor(house).send('post', '/login', 'identifier=ann&password=x');
  expect([page.status, page.header('set-cookie')]).toEqual([403, undefined]);
  expect((await sessionsOf(house)).size).toBe(before);
});
