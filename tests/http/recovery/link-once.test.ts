import { expect, test } from '@jest/globals';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { tally, together } from '../../support/many.ts';
import { setPassword } from '../../support/recovering.ts';
import { grantsFor, linked } from '../../support/resetting.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test('fifty presses at once, from fifty browsers and over two instances, make one grant; then it is used up', async () => {
  await withAnother(house, {}, async (second) => {
    const { username, path } = await linked(house);
    const all = await together(50, async (n) => {
      const who = visitor(n % 2 ? second : house);
      await who.get(path);
      return who;
    });
    const pages = await Promise.all(all.map((who) => who.post(path)));
    expect(tally(pages.map((page) => page.redirectedTo ?? page.status))).toEqual({
      '/password/new': 1,
      '/password/forgot': 49,
    });
    expect(await grantsFor(house, username)).toBe(1);
    expect((await visitor(house).get(path)).redirectedTo).toBe('/password/forgot');
    expect((await visitor(second).post(path)).redirectedTo).toBe('/password/forgot');
  });
});

test('fifty presses at once in one browser make one grant, and that browser holds it', async () => {
  const { username, path } = await linked(house);
  const owner = visitor(house);
  await owner.get(path);
  await together(50, () => owner.post(path));
  expect(await grantsFor(house, username)).toBe(1);
  expect((await owner.get('/password/new')).html).toContain(username);
  expect((await setPassword(owner)).redirectedTo).toBe('/login');
});

test('whoever goes back to it with the grant in hand does not lose the grant', async () => {
  const { path } = await linked(house);
  const owner = visitor(house);
  await owner.post(path);
  await owner.get(path);
  expect((await owner.get('/password/new')).status).toBe(200);
  await owner.get('/password/link/no-such-token');
  expect((await setPassword(owner)).redirectedTo).toBe('/login');
});
