import { describe, expect, test } from '@jest/globals';
import { signInThrottle } from '../../src/features/auth/policy.ts';
import { hours, minutes, seconds } from '../../src/kernel/clock.ts';
import { createLimits, type Taken } from '../../src/platform/limits/limits.ts';
import { repeatedly, tally, together } from '../support/many.ts';
import { twoNodes } from '../support/nodes.ts';

const { stores, clock, of } = await twoNodes();
const limits = of(({ redis }) => createLimits(redis, clock));
function outcomes(taken: readonly Taken[]) {
  return tally(taken.map(({ ok }) => (ok ? 'taken' : 'refused')));
}

describe('so many in any stretch of time', () => {
  const hourly = (key: string, max = 10) => ({ key, rules: [{ window: hours(1), max }] });

  test('fifty at once on two nodes share no place', async () => {
    const taken = await together(50, (n) => limits(n).take([hourly('a')]));
    expect(outcomes(taken)).toEqual({ taken: 10, refused: 40 });
  });

  test('a place is free again an hour after it was taken, not a millisecond before', async () => {
    await repeatedly(9, (n) => limits(n).take([hourly('a')]));
    clock.pass(minutes(30));
    await limits(0).take([hourly('a')]);
    clock.pass(minutes(30) - 1);
    expect(await limits(1).take([hourly('a')])).toMatchObject({ ok: false, waitMs: 1, key: 'a' });
    clock.pass(1);
    const taken = await together(50, (n) => limits(n).take([hourly('a')]));
    expect(outcomes(taken)).toEqual({ taken: 9, refused: 41 });
  });

  test('where one of two limits is full, the other counts nothing', async () => {
    const both = [hourly('wide', 10), hourly('narrow', 2)];
    const taken = await together(50, (n) => limits(n).take(both));
    expect(outcomes(taken)).toEqual({ taken: 2, refused: 48 });
    expect(outcomes(await together(50, (n) => limits(n).take([hourly('wide', 10)])))).toEqual({
      taken: 8,
      refused: 42,
    });
  });

  test('a full narrow limit costs those of a wider one nothing, before it or behind it', async () => {
    const narrow = hourly('narrow', 2);
    for (const pair of [
      [narrow, hourly('behind', 3)],
      [hourly('before', 3), narrow],
    ]) {
      await stores.redis.del('limit:narrow');
      const taken = await repeatedly(5, (n) => limits(n).take(pair));
      expect(taken.map(({ ok }) => ok)).toEqual([true, true, false, false, false]);
      expect(taken[2]).toMatchObject({ key: 'narrow', waitMs: hours(1) });
      const [other] = pair.filter((one) => one !== narrow);
      expect(outcomes(await repeatedly(3, (n) => limits(n).take([other!])))).toEqual({
        taken: 1,
        refused: 2,
      });
    }
  });

  test('a narrow limit has what a full wider one did not take', async () => {
    const neighbour = (n: number) => ({ ...hourly(`own${n % 5}`, 3), wider: hourly('street', 7) });
    const taken = await together(50, (n) => limits(n).take([neighbour(n)]));
    expect(outcomes(taken)).toEqual({ taken: 7, refused: 43 });
    const inOwn = await Promise.all([0, 1, 2, 3, 4].map((n) => stores.redis.zcard(`limit:own${n}`)));
    expect(inOwn.reduce((sum, one) => sum + one, 0)).toBe(7);
    expect(await stores.redis.zcard('limit:street')).toBe(7);
  });

  test('each of many limits in a row counts as often as all of them were free', async () => {
    const row = (n: number) => [
      hourly(`address${n % 10}`, 4),
      hourly(`prefix${n % 4}`, 8),
      hourly('country', 25),
      hourly('everywhere', 20),
    ];
    const taken = await together(50, (n) => limits(n).take(row(n)));
    expect(outcomes(taken)).toEqual({ taken: 20, refused: 30 });
    for (const key of ['country', 'everywhere']) expect(await stores.redis.zcard(`limit:${key}`)).toBe(20);
  });

  test('where the store refuses one of them, those before are given back', async () => {
    await stores.redis.set('limit:broken', 'no set');
    await expect(limits(0).take([hourly('a', 1), hourly('broken')])).rejects.toThrow('WRONGTYPE');
    expect((await limits(1).take([hourly('a', 1)])).ok).toBe(true);
  });

  test('what is given back is free for somebody else, once', async () => {
    const taken = await repeatedly(10, (n) => limits(n).take([hourly('a')]));
    const first = taken[0]!;
    if (!first.ok) throw new Error('refused');
    await together(50, () => first.release());
    expect(outcomes(await together(50, (n) => limits(n).take([hourly('a')])))).toEqual({
      taken: 1,
      refused: 49,
    });
  });
});

describe('ever longer waits after failures', () => {
  const fail = (n = 0) => limits(n).tryWithBackoff('sign-in:ann', signInThrottle);

  test('five are free, also of fifty at once on two nodes', async () => {
    expect(outcomes(await together(50, fail))).toEqual({ taken: 5, refused: 45 });
  });

  test('then a minute, five, a quarter of an hour, an hour, and an hour again', async () => {
    await repeatedly(5, fail);
    for (const wait of [1, 5, 15, 60, 60]) {
      expect(await fail(1)).toMatchObject({ ok: false, waitMs: minutes(wait) });
      clock.pass(minutes(wait) - 1);
      expect(await fail()).toMatchObject({ ok: false, waitMs: 1 });
      clock.pass(1);
      expect(outcomes(await together(50, fail))).toEqual({ taken: 1, refused: 49 });
    }
  });

  test('a success forgets them, and a day without any does', async () => {
    await repeatedly(5, fail);
    await limits(1).clear('sign-in:ann');
    expect(outcomes(await repeatedly(6, fail))).toEqual({ taken: 5, refused: 1 });
    clock.pass(signInThrottle.forgetAfter + seconds(1));
    expect(outcomes(await repeatedly(6, fail))).toEqual({ taken: 5, refused: 1 });
  });

  test('other keys wait for nothing', async () => {
    await repeatedly(6, fail);
    expect((await limits(0).tryWithBackoff('sign-in:ben', signInThrottle)).ok).toBe(true);
  });
});
