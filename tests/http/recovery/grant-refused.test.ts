import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { another, setPassword } from '../../support/recovering.ts';
import { holdingGrant, joinedYesterday } from '../../support/resetting.ts';
import { alsoOn, isIn } from '../../support/security.ts';
import { faultsIn, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

const { username, email, password } = await joinedYesterday(house, { username: 'quiet_otter' });
const easy =
  'This password is easy to guess. Use a few unrelated words, or something longer that is not your name.';

test('a refused new password changes nothing and does not burn the grant', async () => {
  const elsewhere = await alsoOn(house, username);
  const who = await holdingGrant(house, email, email);
  const refused: [string, string, Record<string, string>][] = [
    ['', '', { password: 'Choose a password.' }],
    ['meadow7', 'meadow7', { password: 'Use at least 8 characters.' }],
    ['m'.repeat(129), 'm'.repeat(129), { password: 'Use at most 128 characters.' }],
    ['🌷'.repeat(129), '🌷'.repeat(129), { password: 'Use at most 128 characters.' }],
    ['password123', 'password123', { password: easy }],
    ['Qwertyuiop1', 'Qwertyuiop1', { password: easy }],
    ['quiet_otter', 'quiet_otter', { password: easy }],
    ['Quiet.Otter!99', 'Quiet.Otter!99', { password: easy }],
    [email, email, { password: easy }],
    ['chatlink2026', 'chatlink2026', { password: easy }],
    [password, password, { password: 'This is your old password. Please choose another.' }],
    [another, `${another} `, { passwordConfirmation: 'The two passwords are not the same.' }],
    [another, another.toUpperCase(), { passwordConfirmation: 'The two passwords are not the same.' }],
    [another, '', { passwordConfirmation: 'The two passwords are not the same.' }],
  ];
  for (const [first, second, faults] of refused) {
    const page = await setPassword(who, first, second);
    expect([first, page.status, faultsIn(page.html)]).toEqual([first, 422, faults]);
    for (const field of ['password', 'passwordConfirmation'])
      expect(new RegExp(`<input[^>]*id="${field}"[^>]*>`).exec(page.html)?.[0]).not.toContain('value=');
  }
  expect(await isIn(elsewhere)).toBe(true);
  expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/profile');

  expect((await setPassword(who)).redirectedTo).toBe('/login');
  expect(await isIn(elsewhere)).toBe(false);
  expect((await visitor(house).signIn(username, another)).redirectedTo).toBe('/profile');
});

test('old is the password of now: the one before it may come back', async () => {
  const ann = await joinedYesterday(house);
  await setPassword(await holdingGrant(house, ann.email, ann.email));
  const who = await holdingGrant(house, ann.email, ann.email);
  expect((await setPassword(who)).status).toBe(422);
  expect((await setPassword(who, ann.password)).redirectedTo).toBe('/login');
  expect((await visitor(house).signIn(ann.username, ann.password)).redirectedTo).toBe('/profile');
});

test('a password is set exactly as typed', async () => {
  const ann = await joinedYesterday(house);
  const who = await holdingGrant(house, ann.email, ann.email);
  const typed = '  Grünkohl und  Zimt ﬁ ';
  expect((await setPassword(who, typed)).redirectedTo).toBe('/login');
  for (const near of [typed.trim(), typed.normalize('NFKC'), typed.toLowerCase()])
    expect((await visitor(house).signIn(ann.username, near)).status).toBe(422);
  expect((await visitor(house).signIn(ann.username, typed)).redirectedTo).toBe('/profile');
});
