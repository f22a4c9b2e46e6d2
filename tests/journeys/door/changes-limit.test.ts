import { beforeEach, expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { houseOfThisFile } from '../../support/house.ts';
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
