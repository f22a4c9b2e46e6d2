import { describe, expect, test } from '@jest/globals';
import { caseAbout, casePath, confirmed, giveRole, staffOf } from '../../support/desk.ts';
import { memberOf } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { idOf } from '../../support/relations.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const gets = [
  '/desk',
  '/desk?show=closed',
  '/desk/children',
  '/desk/people/ann',
  casePath(crypto.randomUUID()),
];
const posts = [
  '/desk/next',
  ...['take', 'return', 'decide', 'confirm', 'answer', 'undo', 'seal'].map(
    (act) => `${casePath(crypto.randomUUID())}/${act}`,
  ),
];

describe('there is no desk', () => {
  test.each([...gets, ...posts])('for a visitor at %s', async (path) => {
    const who = visitor(house);
    const { status, html } = await who.get(path);
    expect(status).toBe(404);
    expect(html).not.toMatch(/desk/i);
  });

  test('for a member, at any address and by any form', async () => {
    const { who } = await memberOf(house);
    const nothing = await who.get('/nothing-here');
    for (const path of gets) {
      const page = await who.get(path);
      expect(page.status).toBe(404);
      expect(page.html.length).toBe(nothing.html.length);
    }
    for (const path of posts) expect((await who.post(path, {})).status).toBe(404);
  });

  test('for whoever lost the role, from their next request on', async () => {
    const { who, username } = await staffOf(house);
    expect((await who.get('/desk')).status).toBe(200);
    await giveRole(house, username, 'member');
    expect((await who.get('/desk')).status).toBe(404);
  });
});

test('a role without a second step opens nothing but the way to one', async () => {
  const { who, username } = await memberOf(house);
  await giveRole(house, username);
  expect((await who.get('/desk')).redirectedTo).toBe('/settings/second-factor');
});

test('the password counts for a quarter of an hour, to the millisecond', async () => {
  const { who } = await staffOf(house);
  house.clock.pass(16 * 60_000);
  await confirmed({ who });
  const given = house.clock.now();
  house.clock.set(new Date(given.getTime() + 15 * 60_000 - 1).toISOString());
  expect((await who.get('/desk')).status).toBe(200);
  house.clock.pass(1);
  const late = await who.get('/desk?show=mine');
  expect(late.redirectedTo).toBe('/settings/confirm');
  const back = await who.post('/settings/confirm', { currentPassword: 'lantern-tandem-42' });
  expect(back.redirectedTo).toBe('/desk?show=mine');
  expect((await who.get('/desk')).status).toBe(200);
});

test('a stolen session of a moderator decides nothing once the password has grown old', async () => {
  const staff = await staffOf(house);
  const mika = await memberOf(house);
  const ann = await memberOf(house);
  await ann.who.post('/report', { about: `person:${mika.username}`, reason: 'insult', text: '' });
  const id = await caseAbout(house, await idOf(house, mika.username));
  await staff.who.post(`${casePath(id)}/take`, {});
  house.clock.pass(16 * 60_000);
  const tried = await staff.who.post(`${casePath(id)}/decide`, {
    version: '1',
    act: 'ban',
    reason: 'insult',
    fact: 'x',
    days: '',
    dateOfBirth: '',
  });
  expect(tried.redirectedTo).toBe('/settings/confirm');
  expect(await house.stores.sql('SELECT FROM "DeskDecision"')).toEqual([]);
});
