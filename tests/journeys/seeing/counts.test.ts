import { expect, test } from '@jest/globals';
import { days } from '../../../src/kernel/clock.ts';
import { grownBy } from '../../support/counts.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, newMobile } from '../../support/joining.ts';
import { fillLimit } from '../../support/limits.ts';
import { repeatedly } from '../../support/many.ts';
import { forgot } from '../../support/recovering.ts';
import { joinedYesterday } from '../../support/resetting.ts';
import { settled } from '../../support/security.ts';
import { newPerson, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile({ env: { METRICS_PORT: '0' } });

/** How much every count has grown of what limits refuse and of what workers do. */
async function counts(act: () => Promise<unknown>) {
  await settled(house);
  const jobs: Record<string, number> = {};
  const refusals = await grownBy(house, 'limiter_refusals_total', async () => {
    const grown = await grownBy(house, 'job_duration_seconds_count', async () => {
      await act();
      await settled(house);
    });
    // The cleaning has a time of its own.
    for (const [name, times] of Object.entries(grown)) if (!name.endsWith('cleanup')) jobs[name] = times;
  });
  return { jobs, refusals };
}

const mobile = newMobile();
const { email, username } = await joinedYesterday(house);
const { username: phoned } = await joinedYesterday(house, byMobile(mobile));

test('who joins twice with a number counts alike, whether it is somebody’s or not', async () => {
  const join = (number: string) => () => repeatedly(2, () => visitor(house).startSignUp(byMobile(number)));
  expect(await counts(join(mobile))).toEqual(await counts(join(newMobile())));
});

test.each([
  ['an address', () => email, () => String(newPerson().email)],
  ['a number', () => mobile, () => newMobile()],
  ['a username', () => username, () => 'nobody_by_name'],
  ['a username that leads to a number', () => phoned, () => 'nobody_by_number'],
])('a reset whose budget is spent counts alike, known or not: %s', async (_, known, unknown) => {
  house.clock.pass(days(1));
  const spend = (identifier: string) => () => repeatedly(7, () => forgot(visitor(house), identifier));
  const ofKnown = await counts(spend(known()));
  expect(ofKnown.jobs).toMatchObject({ 'done messages': 5 });
  expect(ofKnown).toEqual(await counts(spend(unknown())));
});

test('that a reserve is full is counted once a quarter of an hour, and not for whom', async () => {
  house.clock.pass(days(1));
  await fillLimit(house, 'sms-named-country:DE', 1_000);
  const ask = (identifier: string) => () => forgot(visitor(house), identifier);
  expect((await counts(ask(phoned))).refusals).toEqual({ 'sms-named-country': 1 });
  const [again, unknown] = [await counts(ask(phoned)), await counts(ask('nobody_at_all'))];
  expect(again).toEqual(unknown);
  expect(again.refusals).toEqual({});
});
