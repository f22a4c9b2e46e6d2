import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { another, setPassword } from '../../support/recovering.ts';
import { followed, grantsFor, holdingGrant, joinedYesterday } from '../../support/resetting.ts';
import { copyOf } from '../../support/security.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test('a grant works until the last millisecond of its ten minutes', async () => {
  const { username, email } = await joinedYesterday(house);
  const who = await holdingGrant(house, email, email);
  house.clock.pass(minutes(10) - 1);
  expect((await who.get('/password/new')).status).toBe(200);
  expect((await setPassword(who)).redirectedTo).toBe('/login');
  expect((await visitor(house).signIn(username, another)).redirectedTo).toBe('/profile');
});

test('at ten minutes it is over, and no look at its page and no try has made it longer', async () => {
  const { username, email, password } = await joinedYesterday(house);
  const who = await holdingGrant(house, email, email);
  house.clock.pass(minutes(9));
  expect((await who.get('/password/new')).status).toBe(200);
  expect((await setPassword(who, 'short')).status).toBe(422);
  house.clock.pass(minutes(1));
  expect((await setPassword(who)).redirectedTo).toBe('/password/forgot');
  expect((await who.get('/password/forgot')).html).toContain('That took more than ten minutes.');
  expect((await who.get('/password/new')).redirectedTo).toBe('/password/forgot');
  expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/profile');
});

test('its page is led away from as well, when it is looked at too late', async () => {
  const { email } = await joinedYesterday(house);
  const who = await holdingGrant(house, email, email);
  house.clock.pass(minutes(10));
  expect((await who.get('/password/new')).redirectedTo).toBe('/password/forgot');
});

test('it is bound to its session: another browser is sent back', async () => {
  const { username, email, password } = await joinedYesterday(house);
  const ben = await joinedYesterday(house);
  await holdingGrant(house, email, email);
  const stranger = visitor(house);
  expect((await stranger.get('/password/new')).redirectedTo).toBe('/password/forgot');
  expect((await setPassword(stranger)).redirectedTo).toBe('/password/forgot');
  // Nor does the grant of one account set the password of another.
  const bens = await holdingGrant(house, ben.email, ben.email);
  const asked = { password: another, passwordConfirmation: another };
  for (const name of ['username', 'identifier', 'id', 'userId'])
    expect((await bens.post('/password/new', { ...asked, [name]: username })).status).toBe(400);
  expect((await setPassword(bens)).redirectedTo).toBe('/login');
  expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/profile');
});

test('it is used once', async () => {
  const { username, email } = await joinedYesterday(house);
  const who = await holdingGrant(house, email, email);
  const before = copyOf(house, who);
  await before.get('/password/new');
  expect((await setPassword(who)).redirectedTo).toBe('/login');
  expect(await grantsFor(house, username)).toBe(0);
  for (const one of [before, who]) {
    const late = await followed(one, await setPassword(one, 'harbour-violin-58'));
    expect(late.page.html).not.toContain('Choose a new password');
    expect((await one.get('/password/new')).redirectedTo).toBe('/password/forgot');
  }
  expect((await visitor(house).signIn(username, 'harbour-violin-58')).status).toBe(422);
  expect((await visitor(house).signIn(username, another)).redirectedTo).toBe('/profile');
});
