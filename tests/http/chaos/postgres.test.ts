import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import {
  countsIn,
  expectShortBreath,
  expectStillFull,
  expectToGoOn,
  gatherCrowd,
  readyAgain,
} from '../../support/outage.ts';
import { openOnOwnPostgres, type ShakyHouse } from '../../support/own-stores.ts';
import { rushThrough } from '../../support/rush.ts';

let shaky: ShakyHouse;
beforeAll(async () => {
  shaky = await openOnOwnPostgres();
});
// Where a test failed, the next one finds the store there.
afterEach(() => shaky.comeBack());
afterAll(() => shaky.close());

test.each(['stop', 'kill'] as const)(
  'Postgres goes away (%s) and comes back: nobody got in, nothing that was counted is lost, everybody goes on',
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

test('Postgres is killed in the middle of a rush: nobody sees a fault of ours, and everybody gets in once', () =>
  rushThrough(shaky.house, async () => {
    await shaky.goAway('kill');
    await shaky.comeBack();
    await readyAgain(shaky.house);
  }));
