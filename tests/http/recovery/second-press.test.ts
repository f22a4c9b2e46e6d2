import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { another } from '../../support/recovering.ts';
import {
  followed,
  grantsFor,
  holdingCode,
  holdingGrant,
  joinedYesterday,
  linked,
} from '../../support/resetting.ts';
import { copyOf } from '../../support/security.ts';
import { encodeForm, type Fields, type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/**
 * Presses a button twice before the first answer is there: the second press comes with the cookie and the token of before,
 * and the browser shows what *that* leads to, with the cookie that the first one gave it.
 */
const pressedTwice = async (who: Visitor, path: string, fields: Fields = {}) => {
  await who.get(path);
  const body = encodeForm({ _csrf: await who.token(), ...fields });
  const hasty = copyOf(house, who);
  const first = await who.send('post', path, body);
  expect(first.status).toBe(303);
  const second = await hasty.send('post', path, body);
  expect([second.status, second.header('set-cookie')]).toEqual([303, undefined]);
  return followed(who, second);
};

test('a second press of the right code leads on to the new password', async () => {
  const { username, email } = await joinedYesterday(house);
  const { who, code } = await holdingCode(house, email, email);
  const { page } = await pressedTwice(who, '/password/code', { code });
  expect(page.html).toContain('Choose a new password');
  expect(await grantsFor(house, username)).toBe(1);
});

test('so does a second press of the link’s button', async () => {
  const { username, path } = await linked(house);
  const { page } = await pressedTwice(visitor(house), path);
  expect(page.html).toContain('Choose a new password');
  expect(await grantsFor(house, username)).toBe(1);
});

test('a second press of the new password leads to the sign-in page, and says that it is set', async () => {
  const { username, email } = await joinedYesterday(house);
  const who = await holdingGrant(house, email, email);
  const fields = { password: another, passwordConfirmation: another };
  const { path, page } = await pressedTwice(who, '/password/new', fields);
  expect(page.html).toContain('Your new password is set. Sign in with it.');
  expect(path).toBe('/login');
  expect((await who.signIn(username, another)).redirectedTo).toBe('/profile');
});
