import { expect, test } from '@jest/globals';
import { browserWith, deviceIn, strangersFail } from '../../support/devices.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { another, setPassword } from '../../support/recovering.ts';
import { holdingGrant, joinedYesterday, linked } from '../../support/resetting.ts';
import { alsoOn } from '../../support/security.ts';
import { visitor, type Visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** Strangers have used up the tries of this name: every browser that is not known has to wait. */
const locked = async (identifier: string): Promise<void> => {
  await strangersFail(house, identifier);
  expect((await visitor(house).signIn(identifier, another)).status).toBe(429);
};

test('the browser that set the new password gets in, though strangers have locked the name before', async () => {
  const { username, email } = await joinedYesterday(house);
  await locked(username);
  await locked(email);
  const owner = await holdingGrant(house, email, email);
  expect((await setPassword(owner)).redirectedTo).toBe('/login');
  expect((await visitor(house).signIn(username, another)).status).toBe(429);
  const copies = [deviceIn(owner), deviceIn(owner)];
  for (const [n, identifier] of [username, email].entries())
    expect((await browserWith(house, copies[n]!).signIn(identifier, another)).redirectedTo).toBe('/profile');
  expect((await owner.signIn(username, another)).redirectedTo).toBe('/profile');
});

test('so it does when they lock it afterwards, after a link, and at another instance', async () => {
  await withAnother(house, {}, async (second) => {
    const { username, path } = await linked(house);
    const owner = visitor(house);
    await owner.post(path);
    expect((await setPassword(owner)).redirectedTo).toBe('/login');
    await locked(username);
    expect((await owner.at(second).signIn(username, another)).redirectedTo).toBe('/profile');
  });
});

test('its own mistakes are counted all the same', async () => {
  const { username, email } = await joinedYesterday(house);
  const owner = await holdingGrant(house, email, email);
  await setPassword(owner);
  for (let n = 0; n < 5; n++) expect((await owner.signIn(username, 'not-this-one-11')).status).toBe(422);
  expect((await owner.signIn(username, another)).status).toBe(429);
});

test('devices that were known before are strangers now, those that were signed in as well', async () => {
  const { username, email } = await joinedYesterday(house);
  const known: Visitor = await alsoOn(house, username);
  const device = deviceIn(known);
  await locked(username);
  expect((await browserWith(house, device).signIn(username, 'wrong-lantern-1')).status).toBe(422);
  const owner = await holdingGrant(house, email, email);
  await setPassword(owner);
  expect((await browserWith(house, device).signIn(username, another)).status).toBe(429);
  expect((await known.signIn(username, another)).status).not.toBe(303);
  expect((await owner.signIn(username, another)).redirectedTo).toBe('/profile');
});

test('a grant alone makes no known device, nor does a refused password', async () => {
  const { username, email } = await joinedYesterday(house);
  const owner = await holdingGrant(house, email, email);
  await setPassword(owner, 'short');
  expect(owner.cookies.has('device')).toBe(false);
  await locked(username);
  expect((await owner.signIn(username, another)).status).toBe(429);
});
