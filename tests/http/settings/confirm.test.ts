import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { wrong } from '../../support/devices.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { another } from '../../support/recovering.ts';
import { alsoOn, confirm, handleOfTheOther, isIn, revoke, revokeOthers } from '../../support/security.ts';
import { faultsIn, visitor, type Visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const proof = minutes(15);

/** A person at two browsers who gave the password this long ago at both. */
const twoBrowsers = async (ago: number): Promise<{ ann: Visitor; phone: Visitor; username: string }> => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const phone = await alsoOn(house, username);
  house.clock.pass(ago);
  return { ann, phone, username };
};

test('up to fifteen minutes after the password was given, ending a session asks for nothing', async () => {
  const { ann, phone } = await twoBrowsers(proof - 1);
  expect((await revoke(ann, await handleOfTheOther(ann))).redirectedTo).toBe('/settings/security');
  expect(await isIn(phone)).toBe(false);
});

test('after that the password is asked for, and then what was wanted is carried out', async () => {
  const { ann, phone } = await twoBrowsers(proof);
  expect((await revoke(ann, await handleOfTheOther(ann))).redirectedTo).toBe('/settings/confirm');
  expect(await isIn(phone)).toBe(true);
  expect((await ann.get('/settings/confirm')).html).toContain('Is it you?');
  expect((await confirm(ann)).redirectedTo).toBe('/settings/security');
  expect((await ann.get('/settings/security')).html).toContain('That device is signed out.');
  expect(await isIn(phone)).toBe(false);
});

test('the same before all others are ended', async () => {
  const { ann, phone, username } = await twoBrowsers(proof);
  const tablet = await alsoOn(house, username);
  expect((await revokeOthers(ann)).redirectedTo).toBe('/settings/confirm');
  expect([await isIn(phone), await isIn(tablet)]).toEqual([true, true]);
  expect((await confirm(ann)).redirectedTo).toBe('/settings/security');
  expect([await isIn(phone), await isIn(tablet), await isIn(ann)]).toEqual([false, false, true]);
});

test('visits do not make the proof younger; the password does, for another fifteen minutes', async () => {
  const { ann, username } = await twoBrowsers(proof - 1);
  await ann.get('/settings/security');
  house.clock.pass(1);
  expect((await revokeOthers(ann)).redirectedTo).toBe('/settings/confirm');
  await confirm(ann);
  await alsoOn(house, username);
  house.clock.pass(proof - 1);
  expect((await revokeOthers(ann)).redirectedTo).toBe('/settings/security');
  house.clock.pass(1);
  expect((await revokeOthers(ann)).redirectedTo).toBe('/settings/confirm');
});

test('the proof of one session is not another’s', async () => {
  const { ann, phone } = await twoBrowsers(proof);
  await revokeOthers(phone);
  const tablet = visitor(house);
  expect((await revokeOthers(ann)).redirectedTo).toBe('/settings/confirm');
  expect((await confirm(phone)).redirectedTo).toBe('/settings/security');
  expect([await isIn(ann), await isIn(phone), await isIn(tablet)]).toEqual([false, true, false]);
});

test('a new password is a proof as well', async () => {
  const { ann } = await twoBrowsers(proof);
  await ann.post('/settings/password', {
    currentPassword: 'lantern-tandem-42',
    password: another,
    passwordConfirmation: another,
  });
  expect((await revokeOthers(ann)).redirectedTo).toBe('/settings/security');
});

test('a wrong password ends nothing and loses nothing: the right one carries out what was wanted', async () => {
  const { ann, phone } = await twoBrowsers(proof);
  await revokeOthers(ann);
  const page = await confirm(ann, wrong);
  expect([page.status, faultsIn(page.html)]).toEqual([
    422,
    { currentPassword: 'This is not your password.' },
  ]);
  expect(page.html).not.toContain(wrong);
  const empty = await confirm(ann, '');
  expect([empty.status, faultsIn(empty.html)]).toEqual([422, { currentPassword: 'Enter your password.' }]);
  expect(await isIn(phone)).toBe(true);
  expect((await revokeOthers(ann)).redirectedTo).toBe('/settings/confirm');
  expect((await confirm(ann)).redirectedTo).toBe('/settings/security');
  expect(await isIn(phone)).toBe(false);
});

test('with nothing wanted it leads back, whatever is typed, and gives no proof', async () => {
  const { ann, phone } = await twoBrowsers(proof);
  expect((await ann.get('/settings/confirm')).redirectedTo).toBe('/settings/security');
  for (const password of [wrong, 'lantern-tandem-42', ''])
    expect((await confirm(ann, password)).redirectedTo).toBe('/settings/security');
  expect((await revokeOthers(ann)).redirectedTo).toBe('/settings/confirm');
  await confirm(ann);
  expect((await ann.get('/settings/confirm')).redirectedTo).toBe('/settings/security');
  expect((await confirm(ann)).redirectedTo).toBe('/settings/security');
  expect(await isIn(phone)).toBe(false);
});

test('what was wanted may have ended by itself meanwhile', async () => {
  const { ann, phone } = await twoBrowsers(proof);
  await revoke(ann, await handleOfTheOther(ann));
  await phone.post('/logout');
  expect((await confirm(ann)).status).toBe(404);
  expect(await isIn(ann)).toBe(true);
});
