import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { another, forgot, setPassword } from '../../support/recovering.ts';
import {
  codeAfter,
  grantsFor,
  joinedYesterday,
  linked,
  ownersLink,
  typeResetCode,
} from '../../support/resetting.ts';
import { alsoOn, copyOf, isIn } from '../../support/security.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test('a link of before a reset is dead', async () => {
  const { username, email } = await joinedYesterday(house);
  const byCode = visitor(house);
  const code = await codeAfter(house, email, () => forgot(byCode, email));
  const path = await ownersLink(house, email, email);
  await typeResetCode(byCode, code);
  expect((await visitor(house).get(path)).status).toBe(200);
  expect((await setPassword(byCode)).redirectedTo).toBe('/login');
  expect((await visitor(house).get(path)).redirectedTo).toBe('/password/forgot');
  expect((await visitor(house).post(path)).redirectedTo).toBe('/password/forgot');
  expect(await grantsFor(house, username)).toBe(0);
});

test('so is one of before a password change in the settings', async () => {
  const { username, password, path } = await linked(house);
  const ann = await alsoOn(house, username);
  const changed = await ann.post('/settings/password', {
    currentPassword: password,
    password: another,
    passwordConfirmation: another,
  });
  expect(changed.redirectedTo).toBe('/settings/security');
  expect((await visitor(house).get(path)).redirectedTo).toBe('/password/forgot');
  expect((await visitor(house).post(path)).redirectedTo).toBe('/password/forgot');
  expect(await grantsFor(house, username)).toBe(0);
});

test('opened while somebody else is signed in, it opens its own account and ends that session', async () => {
  const ben = await joinedYesterday(house);
  const ann = await linked(house);
  const shared = await alsoOn(house, ben.username);
  const before = copyOf(house, shared);
  expect((await shared.get(ann.path)).status).toBe(200);
  expect(await isIn(shared)).toBe(true);
  expect((await shared.post(ann.path)).redirectedTo).toBe('/password/new');
  const page = await shared.get('/password/new');
  expect([page.html.includes(ann.username), page.html.includes(ben.username)]).toEqual([true, false]);
  expect([await isIn(shared), await isIn(before)]).toEqual([false, false]);
  expect((await setPassword(shared)).redirectedTo).toBe('/login');
  expect((await visitor(house).signIn(ben.username, ben.password)).redirectedTo).toBe('/profile');
  expect((await visitor(house).signIn(ann.username, another)).redirectedTo).toBe('/profile');
});

test('opened while its owner is signed in, it leads to the new password as well', async () => {
  const { username, path } = await linked(house);
  const owner = await alsoOn(house, username);
  expect((await owner.post(path)).redirectedTo).toBe('/password/new');
  expect((await setPassword(owner)).redirectedTo).toBe('/login');
  expect(await isIn(owner)).toBe(false);
});
