import { beforeEach, expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { right } from '../../support/devices.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { ApiClient } from '../../support/api.ts';
import { type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

let ann: Visitor;
beforeEach(async () => {
  await house.empty();
  ann = visitor(house);
  await ann.signUp();
});

function change(path = '/settings/avatar/remove') {
  return ann.post(path);
}

test('120 changes in ten minutes, whatever they change, and fifty at once find no more', async () => {
  expect(statuses(await repeatedly(100, () => change()))).toEqual({ 303: 100 });
  const status = (await together(50, () => change())).map((page) => page.status);
  expect(status.filter((code) => code === 303)).toHaveLength(20);
  expect(status.filter((code) => code === 429)).toHaveLength(30);
  expect((await ann.post('/settings/profile')).status).toBe(429);

  house.clock.pass(minutes(10) - 1);
  expect((await change()).status).toBe(429);
  house.clock.pass(1);
  expect((await change()).status).toBe(303);
});

test('they are counted over two instances; others can change things, and one can still read and sign out', async () => {
  const ben = visitor(house);
  await ben.signUp();
  await withAnother(house, {}, async (other) => {
    expect(statuses(await repeatedly(70, () => change()))).toEqual({ 303: 70 });
    ann.at(other);
    expect(statuses(await together(60, () => change()))).toEqual({ 303: 50, 429: 10 });
  });
  ann.at(house);
  const refused = await change();
  expect([refused.status, refused.header('retry-after')]).toEqual([429, '600']);
  expect((await ann.get('/settings/avatar')).status).toBe(200);
  expect((await ben.post('/settings/avatar/remove')).status).toBe(303);
  expect((await ann.post('/logout')).redirectedTo).toBe('/login');
});

test('an address counts however it is spelled, and for programs too', async () => {
  await repeatedly(120, () => change());
  for (const path of [
    '/Settings/Avatar/REMOVE',
    '/settings/avatar/remove/',
    '/settings/photos/x/Move/',
    '/SETTINGS/languages',
  ])
    expect([path, (await change(path)).status]).toEqual([path, 429]);
  expect((await new ApiClient(ann).post('/settings/languages')).status).toBe(429);
});

test('a stolen session that changes all it can keeps nobody from ending it', async () => {
  const owner = visitor(house);
  await owner.signIn(String((await new ApiClient(ann).get('/session')).body.username), right);
  const thief = new ApiClient(ann);
  const tries = await repeatedly(125, () => thief.post('/settings/photos/x/remove'));
  expect(statuses(tries)).toEqual({ 404: 120, 429: 5 });
  expect((await new ApiClient(owner).post('/settings/sessions/revoke-others')).body).toEqual({ ended: 1 });
  expect((await thief.get('/session')).status).toBe(401);
});

test('an account changes five times as much, in however many sessions', async () => {
  const { username } = (await new ApiClient(ann).get('/session')).body;
  const devices = [ann];
  while (devices.length < 6) {
    const device = visitor(house);
    await device.signIn(String(username), right);
    devices.push(device);
  }
  const tries = devices.map((device) => repeatedly(110, () => device.post('/settings/avatar/remove')));
  expect(statuses((await Promise.all(tries)).flat())).toEqual({ 303: 600, 429: 60 });
});
