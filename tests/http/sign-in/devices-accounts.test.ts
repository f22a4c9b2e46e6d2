import { expect, test } from '@jest/globals';
import { browserWith, deviceIn, isKnown, member, right, strangersFail } from '../../support/devices.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { repeatedly } from '../../support/many.ts';
import { another, granted, setPassword } from '../../support/recovering.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test('a device of one person is a stranger to every other', async () => {
  const [ann, ben] = [await member(house), await member(house)];
  expect(await isKnown(house, ann.device, ben.username)).toBe(false);
  expect(await isKnown(house, ben.device, ann.username)).toBe(false);
});

test('a device that two people use is known to both, whoever signed in last', async () => {
  const ben = await member(house);
  const shared = visitor(house);
  const { username } = await shared.signUp();
  await shared.post('/logout');
  await shared.signIn(ben.username, right);
  for (const name of [username, ben.username])
    expect(await isKnown(house, deviceIn(shared), name)).toBe(true);
});

test('five people fit; a sixth pushes out the one who was here longest ago', async () => {
  const shared = visitor(house);
  const people = await repeatedly(6, () => member(house));
  const signIn = async (n: number) => {
    expect((await shared.signIn(people[n]!.username, right)).redirectedTo).toBe('/profile');
    await shared.post('/logout');
  };
  for (const n of [0, 1, 2, 3, 4, 0, 5]) await signIn(n);
  const known = await Promise.all(people.map(({ username }) => isKnown(house, deviceIn(shared), username)));
  expect(known).toEqual([true, false, true, true, true, true]);
  expect(deviceIn(shared).split('~')).toHaveLength(5);
});

test('a new password makes all other devices strangers, and the one that set it is known', async () => {
  const laptop = visitor(house);
  const { username } = await laptop.signUp();
  const phone = visitor(house);
  await phone.signIn(username, right);
  const [before, other] = [deviceIn(laptop), deviceIn(phone)];
  const fields = { currentPassword: right, password: another, passwordConfirmation: another };
  expect((await laptop.post('/settings/password', fields)).redirectedTo).toBe('/settings/security');

  await strangersFail(house, username);
  const tryFrom = (device: string) => browserWith(house, device).signIn(username, another);
  for (const device of [before, other]) expect((await tryFrom(device)).status).toBe(429);
  expect((await tryFrom(deviceIn(laptop))).redirectedTo).toBe('/profile');
});

test('a new password takes nobody else’s place in a browser that five people share', async () => {
  const shared = visitor(house);
  const people = await repeatedly(5, () => member(house));
  for (const { username } of people) {
    await shared.post('/logout');
    expect((await shared.signIn(username, right)).redirectedTo).toBe('/profile');
  }
  const fields = { currentPassword: right, password: another, passwordConfirmation: another };
  expect((await shared.post('/settings/password', fields)).redirectedTo).toBe('/settings/security');
  const others = people.slice(0, 4).map(({ username }) => isKnown(house, deviceIn(shared), username));
  expect(await Promise.all(others)).toEqual([true, true, true, true]);
});

test('so does a new password by a code', async () => {
  const { username, email, device } = await member(house);
  const ann = await granted(house, email, email, browserWith(house, device));
  await setPassword(ann, another);
  await strangersFail(house, username);
  expect((await browserWith(house, device).signIn(username, another)).status).toBe(429);
  expect((await browserWith(house, deviceIn(ann)).signIn(username, another)).redirectedTo).toBe('/profile');
});
