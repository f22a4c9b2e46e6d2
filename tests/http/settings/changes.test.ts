import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const remove = '/settings/avatar/remove';

test('a hundred and twenty changes in ten minutes and no more, over two instances and sessions', async () => {
  const [ann, ben] = [visitor(house), visitor(house)];
  const { email, password } = await ann.signUp();
  await ben.signUp();
  await withAnother(house, {}, async (other) => {
    const elsewhere = visitor(other);
    await elsewhere.signIn(email, password);
    for (const who of [ann, elsewhere]) await who.get('/settings/avatar');
    const press = (n: number) => (n % 2 ? ann : elsewhere).post(remove);
    expect(statuses(await repeatedly(80, press))).toEqual({ 303: 80 });
    expect(statuses(await together(50, press))).toEqual({ 303: 40, 429: 10 });
  });
  const refused = await ann.post(remove);
  expect([refused.status, refused.header('retry-after')]).toEqual([429, '600']);
  // Pages can be read, others can change things, and one can still sign out.
  expect((await ann.get('/settings/avatar')).status).toBe(200);
  expect((await ben.post(remove)).status).toBe(303);

  house.clock.pass(minutes(10) - 1);
  expect((await ann.post(remove)).status).toBe(429);
  house.clock.pass(1);
  expect((await ann.post(remove)).status).toBe(303);
  expect((await ann.post('/logout')).redirectedTo).toBe('/login');
});
