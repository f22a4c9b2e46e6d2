import { describe, expect, test } from '@jest/globals';
import type { Filters } from '../../src/features/people/finding/filters.ts';
import { activityPolicy } from '../../src/features/people/policy.ts';
import { days, hours, later } from '../../src/kernel/clock.ts';
import { finding, type Found, type Given } from '../support/finding.ts';
import { atOnce, twoNodes } from '../support/nodes.ts';

const nodes = await twoNodes();
const { stores, clock } = nodes;
const { join, page, activity, looks } = finding(nodes);

const spanish = (username: string, rest: Partial<Given> = {}): Given => ({
  username,
  native: ['es'],
  learning: ['de'],
  ...rest,
});

async function ann(rest: Partial<Given> = {}): Promise<Found> {
  const [viewer] = await join([{ username: 'ann', native: ['de'], learning: ['es'], ...rest }]);
  return viewer!;
}
const names = async (viewer: Found, filters: Partial<Filters> = {}): Promise<string[]> =>
  (await page(viewer, filters)).people.map(({ username }) => username);
const note = ({ id }: Found, utcOffset = 0, n = 0) =>
  activity(n).note({ id, securityVersion: 0, now: clock.now() }, utcOffset);

describe('first comes, all else alike,', () => {
  test('whose level in one language fits that of the viewer in the other', async () => {
    const viewer = await ann({ level: 'B1' });
    await join([
      spanish('far', { level: 'C2' }),
      spanish('like', { level: 'B1' }),
      spanish('near', { level: 'A2' }),
    ]);
    expect(await names(viewer)).toEqual(['like', 'near', 'far']);
    expect((await page(viewer)).people.map(({ reasons }) => reasons)).toEqual([['level'], ['level'], []]);
  });

  test('who shares more interests, of which three count', async () => {
    const viewer = await ann({ interests: ['chess', 'tea', 'dogs', 'cats'] });
    await join([
      spanish('none'),
      spanish('one', { interests: ['tea', 'coffee'] }),
      spanish('three', { interests: ['cats', 'dogs', 'tea'] }),
    ]);
    expect(await names(viewer)).toEqual(['three', 'one', 'none']);
    expect((await page(viewer)).people[0]!.common).toEqual(['cats', 'dogs', 'tea']);
  });

  test('whose day the viewer shares, also round the date line', async () => {
    const viewer = await ann();
    const [far, beside, across] = await join(['far', 'beside', 'across'].map((name) => spanish(name)));
    clock.pass(hours(1));
    await note(viewer, 780);
    await note(far!, 120);
    await note(beside!, 720);
    await note(across!, -600);
    clock.pass(hours(1));
    const order = await names(viewer);
    expect([order.slice(0, 2).toSorted(), order[2]]).toEqual([['across', 'beside'], 'far']);
  });

  test('who was here lately, in steps of six hours', async () => {
    const viewer = await ann();
    const all = await join(['before', 'yesterday', 'today'].map((name) => spanish(name)));
    for (const one of all.slice(1)) {
      await note(one);
      clock.pass(hours(7));
    }
    expect(await names(viewer)).toEqual(['today', 'yesterday', 'before']);
  });

  test('who joined within 72 hours', async () => {
    const viewer = await ann();
    await join([
      spanish('old'),
      spanish('new', { joined: later(clock.now(), 1 - activityPolicy.newcomerFor) }),
    ]);
    expect(await names(viewer)).toEqual(['new', 'old']);
    expect((await page(viewer)).people[0]!.reasons).toContain('newcomer');
    clock.pass(1);
    expect((await page(viewer)).people.flatMap(({ reasons }) => reasons)).not.toContain('newcomer');
  });

  test('who was shown less today, once an hour has gone by; tomorrow all begin anew', async () => {
    const viewer = await ann();
    const [often] = await join([spanish('often', { interests: ['tea'] }), spanish('never')]);
    await stores.sql(`INSERT INTO "UserInterest" VALUES ($1, 'tea', 0)`, [viewer.id]);
    expect(await names(viewer)).toEqual(['often', 'never']);
    for (let n = 0; n < 7; n++) await looks(n % 2).count([often!.id]);
    await looks(0).fold(clock.now());
    expect(await names(viewer)).toEqual(['often', 'never']);
    clock.pass(hours(1));
    expect(await names(viewer)).toEqual(['never', 'often']);
    clock.set('2026-06-16T00:00:00.000Z');
    expect(await names(viewer)).toEqual(['often', 'never']);
  });
});

describe('how often somebody was shown', () => {
  const shown = async ({ id }: Found): Promise<number> =>
    (await stores.sql<{ shown: number }>('SELECT "shown" FROM "PersonActivity" WHERE "userId" = $1', [id]))[0]
      ?.shown ?? 0;

  test('is counted to the last of fifty at once on two nodes, and folded once', async () => {
    const [one] = await join([spanish('one')]);
    await atOnce(50, (n) => looks(n).count([one!.id]));
    await looks(0).fold(clock.now());
    await looks(1).fold(clock.now());
    expect(await shown(one!)).toBe(50);
    await looks(1).count([one!.id]);
    await looks(1).fold(clock.now());
    expect(await shown(one!)).toBe(51);
  });

  test('is forgotten of whoever is gone, and lost without harm', async () => {
    const [one] = await join([spanish('one')]);
    await looks(0).count([one!.id, '00000000-0000-4000-8000-000000000000']);
    await looks(0).fold(clock.now());
    expect(await stores.sql('SELECT FROM "PersonActivity"')).toHaveLength(1);
    await stores.redis.flushdb();
    await looks(0).fold(clock.now());
    expect(await shown(one!)).toBe(1);
  });
});

describe('whoever was not here for 14 days', () => {
  test('comes after all others a minute later, and before them again once back', async () => {
    const viewer = await ann();
    const [away, here] = await join([
      spanish('away', { joined: later(clock.now(), -days(400)) }),
      spanish('here'),
    ]);
    await note(away!);
    clock.pass(activityPolicy.dormantAfter);
    await note(here!);
    expect(await activity(0).rest(clock.now())).toBe(0);
    clock.pass(1);
    expect(await activity(1).rest(clock.now())).toBe(1);
    expect(await activity(0).rest(clock.now())).toBe(0);
    clock.pass(activityPolicy.settles);
    expect(await names(viewer)).toEqual(['here', 'away']);
    const dormant = async () =>
      (
        await stores.sql<{ dormant: boolean }>(
          `SELECT "dormant" FROM "LanguagePair" WHERE "userId" = $1 AND "until" = 'infinity'`,
          [away!.id],
        )
      )[0]!.dormant;
    expect(await dormant()).toBe(true);
    await note(away!, 0, 1);
    expect(await dormant()).toBe(false);
    clock.pass(days(1));
    expect(await activity(0).forget(clock.now())).toBe(1);
    expect((await names(viewer)).toSorted()).toEqual(['away', 'here']);
  });

  test('is noted once in six hours, however many requests come at once', async () => {
    const [one] = await join([spanish('one')]);
    const moments = async () =>
      (
        await stores.sql<{ activeAt: Date; activeBefore: Date | null }>(
          'SELECT "activeAt", "activeBefore" FROM "PersonActivity"',
        )
      )[0]!;
    await atOnce(50, (n) => note(one!, 60, n));
    const first = await moments();
    clock.pass(activityPolicy.step - 1);
    await atOnce(50, (n) => note(one!, 60, n));
    expect(await moments()).toEqual(first);
    clock.pass(1);
    await atOnce(50, (n) => note(one!, 60, n));
    expect(await moments()).toEqual({ activeAt: clock.now(), activeBefore: first.activeAt });
  });
});

describe('a filter', () => {
  test.each<[string, Partial<Filters>, string[]]>([
    ['of a language', { learn: 'nb' }, ['bojan']],
    ['of a language that the viewer does not learn', { learn: 'fr' }, []],
    ['of levels', { levels: ['A2', 'B1'] }, ['carla']],
    ['of a country', { country: 'MX' }, ['diego']],
    ['of interests', { interests: ['chess', 'yoga'] }, ['diego']],
    ['of a beginning of a username', { name: 'CAR' }, ['carla']],
    ['of a display name', { name: 'señor d' }, ['diego']],
    ['with signs that mean something in patterns', { name: '%' }, []],
    ['of several things', { country: 'MX', levels: ['A2'] }, []],
    ['of when somebody was here', { active: 'day' }, ['carla']],
  ])('%s', async (_what, filters, right) => {
    const viewer = await ann({ learning: ['es', 'nb'] });
    const [carla, diego] = await join([
      spanish('carla', { level: 'B1' }),
      spanish('diego', { country: 'MX', interests: ['chess'], level: 'C1' }),
      { username: 'bojan', native: ['nb'], learning: ['de'] },
    ]);
    await stores.sql('UPDATE "User" SET "displayName" = $2 WHERE "id" = $1', [diego!.id, 'Señor Diego']);
    await note(carla!);
    expect((await names(viewer, filters)).toSorted()).toEqual(right);
  });

  test('of when somebody was here means nothing among minors, whose presence nobody sees', async () => {
    const viewer = await ann({ born: '2010-01-01' });
    await join([spanish('carla', { born: '2010-01-01' })]);
    const found = await page(viewer, { active: 'day' });
    expect([found.people.length, found.showsActivity]).toEqual([1, false]);
  });
});
