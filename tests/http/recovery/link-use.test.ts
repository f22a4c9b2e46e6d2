import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { statuses, together } from '../../support/many.ts';
import { grantsFor, linked } from '../../support/resetting.ts';
import { encodeForm, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test('looking at it changes nothing, however often: mail scanners do', async () => {
  const { username, path } = await linked(house);
  const pages = await together(10, () => visitor(house).get(path));
  expect(statuses(pages)).toEqual({ 200: 10 });
  expect(pages[0]?.html).toContain(`<form class="card" action="${path}" method="post"`);
  expect((await visitor(house).send('head', path)).status).toBe(200);
  expect(await grantsFor(house, username)).toBe(0);
  const owner = visitor(house);
  await owner.get(path);
  expect((await owner.post(path)).redirectedTo).toBe('/password/new');
  expect(await grantsFor(house, username)).toBe(1);
});

test('the button works from our own page only', async () => {
  const { username, path } = await linked(house);
  const scanner = visitor(house);
  expect((await scanner.send('post', path, encodeForm({}))).status).toBe(403);
  await scanner.get(path);
  expect((await scanner.send('post', path, encodeForm({ _csrf: 'made-up' }))).status).toBe(403);
  scanner.headers = { 'Sec-Fetch-Site': 'cross-site' };
  expect((await scanner.post(path)).status).toBe(403);
  expect(await grantsFor(house, username)).toBe(0);
  expect((await visitor(house).post(path)).redirectedTo).toBe('/password/new');
});

test('it works until the last millisecond of its thirty minutes', async () => {
  const { path } = await linked(house);
  house.clock.pass(minutes(30) - 1);
  expect((await visitor(house).get(path)).status).toBe(200);
  expect((await visitor(house).post(path)).redirectedTo).toBe('/password/new');
});

test('at thirty minutes it is dead, and the page says so', async () => {
  const { username, path } = await linked(house);
  house.clock.pass(minutes(30));
  const owner = visitor(house);
  expect((await owner.get(path)).redirectedTo).toBe('/password/forgot');
  expect((await owner.get('/password/forgot')).html).toContain('This link has been used or has run out.');
  expect((await owner.post(path)).redirectedTo).toBe('/password/forgot');
  expect(await grantsFor(house, username)).toBe(0);
});
