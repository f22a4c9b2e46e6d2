import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { joining } from '../../support/joining.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test('with nothing pending, every step of the code leads to the form', async () => {
  const ann = visitor(house);
  expect((await ann.get('/sign-up/code')).redirectedTo).toBe('/sign-up');
  expect((await ann.post('/sign-up/code', { code: '123456' })).redirectedTo).toBe('/sign-up');
  expect((await ann.post('/sign-up/code/resend')).redirectedTo).toBe('/sign-up');
  expect((await ann.post('/sign-up/cancel')).redirectedTo).toBe('/sign-up');
  expect((await ann.get('/sign-up/code/status')).status).toBe(404);
});

test('signed in, every step of joining and signing in leads to the profile', async () => {
  const ann = visitor(house);
  const { username, password } = await ann.signUp();
  for (const path of ['/', '/sign-up', '/sign-up/code', '/login'])
    expect((await ann.get(path)).redirectedTo).toBe('/profile');
  for (const path of ['/sign-up', '/sign-up/code', '/sign-up/code/resend', '/sign-up/cancel'])
    expect((await ann.post(path)).redirectedTo).toBe('/profile');
  expect((await ann.signIn(username, password)).redirectedTo).toBe('/profile');
});

test('a visitor is asked to sign in, and told where it goes on', async () => {
  const ann = visitor(house);
  expect((await ann.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
  expect((await ann.get('/people/bob?x=1')).redirectedTo).toBe('/login?next=%2Fpeople%2Fbob%3Fx%3D1');
});

test('after signing out nothing protected is shown, and no copy of it is kept', async () => {
  const ann = visitor(house);
  await ann.signUp();
  expect((await ann.get('/profile')).header('cache-control')).toBe('no-store');
  await ann.post('/logout');
  expect((await ann.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
  expect((await ann.post('/logout')).redirectedTo).toBe('/login');
});

test('a pending sign-up does not stand in the way of signing in', async () => {
  const { username, password } = await visitor(house).signUp();
  const { ann } = await joining(house);
  expect((await ann.signIn(username, password)).redirectedTo).toBe('/profile');
  await ann.post('/logout');
  expect((await ann.get('/sign-up/code')).redirectedTo).toBe('/sign-up');
});
