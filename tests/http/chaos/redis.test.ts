import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import {
  atTheForm,
  countsIn,
  expectShortBreath,
  expectStillFull,
  expectToGoOn,
  gatherCrowd,
  nextFailedJob,
  readyAgain,
} from '../../support/outage.ts';
import { openOnOwnRedis, type ShakyHouse } from '../../support/own-stores.ts';
import { rushThrough } from '../../support/rush.ts';
import { typeCode } from '../../support/joining.ts';

let shaky: ShakyHouse;
beforeAll(async () => {
  shaky = await openOnOwnRedis({ replaced: { deliveryRetry: { tries: 8, backoff: 100 } } });
});
// Where a test failed, the next one finds the store there.
afterEach(() => shaky.comeBack());
afterAll(() => shaky.close());

test.each(['stop', 'kill'] as const)(
  'Redis goes away (%s) and comes back: nobody got in, nothing that was counted is lost, everybody goes on',
  async (how) => {
    const { house } = shaky;
    const crowd = await gatherCrowd(house);
    const before = await countsIn(house);
    await shaky.goAway(how);
    for (const [step, { act }] of Object.entries(crowd.steps)) expectShortBreath(await act(), step);
    expectShortBreath(await crowd.member.get('/profile'), 'a page of a member');

    await shaky.comeBack();
    await readyAgain(house);
    expect(await countsIn(house)).toEqual(before);
    await expectToGoOn(house, crowd);
    await expectStillFull(house, crowd.full);
  },
);

test('Redis is killed in the middle of a rush: nobody sees a fault of ours, and everybody gets in once', () =>
  rushThrough(shaky.house, async () => {
    await shaky.goAway('kill');
    await shaky.comeBack();
    await readyAgain(shaky.house);
  }));

test('a code that waits in the queue outlives a Redis that is killed', async () => {
  const { house } = shaky;
  house.outbox.failure = () => new Error('421 try later');
  const failed = nextFailedJob(house);
  const ann = await atTheForm(house);
  const { person } = await ann.startSignUp();
  await failed();
  await shaky.goAway('kill');
  house.outbox.failure = null;
  await shaky.comeBack();
  const code = await house.outbox.nextCode(String(person.email));
  await readyAgain(house);
  expect((await typeCode(ann, code)).redirectedTo).toBe('/profile');
});
