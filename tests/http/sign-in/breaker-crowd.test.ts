import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { right, wrong } from '../../support/devices.ts';
import { eventually } from '../../support/captured.ts';
import { houseOfThisFile, type TestHouse, withAnother } from '../../support/house.ts';
import { statuses, together } from '../../support/many.ts';
import { type Page, visitor, type Visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const member = visitor(house);
const { username } = await member.signUp();

const crowd = (at: TestHouse): Promise<Visitor[]> =>
  together(200, async () => {
    const who = visitor(at);
    await who.token();
    return who;
  });
/** What has nothing to do with passwords answers as ever. */
const othersAreServed = async (at: TestHouse): Promise<void> => {
  for (let n = 0; n < 5; n++) {
    expect((await visitor(at).get('/health/live')).status).toBe(200);
    expect((await member.at(at).get('/profile')).status).toBe(200);
  }
};

test('two hundred sign-ins at once are looked at or told when to come back, and all other pages are served', async () => {
  await withAnother(house, { replaced: { hashQueue: { concurrency: 2, waiting: 10 } } }, async (busy) => {
    const visitors = await crowd(busy);
    const answers = Promise.all(
      visitors.map((who, n) => who.signIn(n === 0 ? username : `crowd_${n}`, wrong)),
    );
    await othersAreServed(busy);
    const pages = await answers;
    const { 422: looked = 0, 503: turnedAway = 0, ...others } = statuses(pages);
    expect([others, looked + turnedAway]).toEqual([{}, 200]);
    expect(looked).toBeGreaterThanOrEqual(12);
    expect(turnedAway).toBeGreaterThan(0);
    for (const page of pages.filter(({ status }) => status === 503))
      expect(Number(page.header('retry-after'))).toBeGreaterThan(0);
    // The queue is empty again: nothing of the crowd is left in it.
    expect((await visitor(busy).signIn(username, right)).redirectedTo).toBe('/profile');
  });
});

test('no more wait for a hash than the queue has places', async () => {
  // Nobody is ever served here, so who has a place in the line stays in it. What the crowd before counted is over.
  house.clock.pass(minutes(10));
  await withAnother(house, { replaced: { hashQueue: { concurrency: 0, waiting: 12 } } }, async (stuck) => {
    const visitors = await crowd(stuck);
    const pages: Page[] = [];
    for (const [n, who] of visitors.entries())
      void who.signIn(`line_${n}`, wrong).then(
        (page) => pages.push(page),
        () => {},
      );
    // Who waits for a hash holds a place among the site's failures; who is turned away holds none.
    const held = () => house.stores.redis.zcard('limit:sign-in-strangers');
    await eventually(async () => pages.length >= 188 && (await held()) <= 12, '188 answers');
    await othersAreServed(stuck);
    expect([statuses(pages), await held()]).toEqual([{ 503: 188 }, 12]);
  });
});

test('so it is in a house as it is built', async () => {
  const visitors = await crowd(house);
  const answers = Promise.all(visitors.map((who, n) => who.signIn(`town_${n}`, wrong)));
  await othersAreServed(house);
  const pages = await answers;
  const { 422: looked = 0, 503: turnedAway = 0, ...others } = statuses(pages);
  expect([others, looked + turnedAway]).toEqual([{}, 200]);
});
