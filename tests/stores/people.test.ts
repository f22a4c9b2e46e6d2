import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anybody } from '../../src/features/people/finding/filters.ts';
import { createPeopleStore } from '../../src/features/people/finding/people.store.ts';
import { beginWalk } from '../../src/features/people/finding/walk.ts';
import { activityPolicy, findingPolicy } from '../../src/features/people/policy.ts';
import { days, later, minutes } from '../../src/kernel/clock.ts';
import { finding, type Found, type Given } from '../support/finding.ts';
import { twoNodes } from '../support/nodes.ts';
import { block } from '../support/pairs.ts';

const nodes = await twoNodes();
const { stores, clock } = nodes;
const { join, page, walk, activity, looks } = finding(nodes);
const store = nodes.of(({ db }) => createPeopleStore(db, () => []));

const spanish = (username: string, rest: Partial<Given> = {}): Given => ({
  username,
  native: ['es'],
  learning: ['de'],
  ...rest,
});
const namesOf = (found: { people: readonly { username: string }[] }): string[] =>
  found.people.map(({ username }) => username).toSorted();

async function ann() {
  const [viewer] = await join([{ username: 'ann', native: ['de'], learning: ['es', 'nb'] }]);
  return viewer!;
}

describe('a match', () => {
  test('speaks what the viewer learns, and learns what they speak', async () => {
    const viewer = await ann();
    await join([
      spanish('both'),
      { username: 'speaks', native: ['es'], learning: ['fr'] },
      { username: 'learns', native: ['fr'], learning: ['de'] },
      { username: 'neither', native: ['fr'], learning: ['en'] },
      { username: 'same', native: ['de'], learning: ['es'] },
    ]);
    const found = await page(viewer);
    expect(namesOf(found)).toEqual(['both']);
    expect(found.oneWay.map(({ username, fit }) => [username, fit])).toEqual([
      ['speaks', 'speaks'],
      ['learns', 'learns'],
    ]);
  });

  test('may speak a near language, and is told so', async () => {
    const viewer = await ann();
    await join([{ username: 'near', native: ['no'], learning: ['de'] }]);
    expect((await page(viewer)).people).toMatchObject([
      { username: 'near', speaks: 'no', reasons: ['near'] },
    ]);
  });

  test('is shown once, however many languages fit', async () => {
    const [viewer] = await join([{ username: 'ann', native: ['de', 'en'], learning: ['es', 'ca'] }]);
    await join([{ username: 'many', native: ['es', 'ca'], learning: ['de', 'en'] }]);
    expect(await walk(viewer!)).toEqual(['many']);
  });
});

describe('a walk', () => {
  const crowd = (count: number, rest: Partial<Given> = {}): Given[] =>
    Array.from({ length: count }, (_, n) => spanish(`person${n}`, rest));

  test('goes through several windows, and shows everybody once', async () => {
    const viewer = await ann();
    await join(crowd(2 * findingPolicy.window + 50));
    const seen = await walk(viewer);
    expect([seen.length, new Set(seen).size]).toEqual([250, 250]);
  });

  test('begins with newcomers whom nobody has seen today, wherever they stand, and shows them once', async () => {
    const viewer = await ann();
    await join(crowd(3 * findingPolicy.window));
    const late = ['late0', 'late1', 'late2', 'late3', 'late4'];
    await join(late.map((name) => spanish(name, { joined: clock.now() })));
    const isLate = (name: string) => late.includes(name);
    expect(namesOf(await page(viewer)).filter(isLate)).toEqual(late);
    const seen = await walk(viewer);
    expect([seen.length, new Set(seen).size]).toEqual([305, 305]);
  });

  test('begins with nobody who joined 72 hours ago, to the millisecond', async () => {
    const viewer = await ann();
    await join(crowd(3 * findingPolicy.window));
    const joined = later(clock.now(), 1 - activityPolicy.newcomerFor);
    const late = ['late0', 'late1', 'late2', 'late3', 'late4'];
    await join(late.map((name) => spanish(name, { joined })));
    const look = async () => {
      const walk = beginWalk(viewer.id, clock.now());
      return (await store(0).look({ ...viewer, now: clock.now() }, walk, anybody, 'both', 20))!.people;
    };
    expect((await look()).map(({ username }) => username)).toEqual(expect.arrayContaining(late));
    clock.pass(1);
    const people = await look();
    expect(people.filter(({ isEarly, newcomer }) => isEarly || newcomer)).toEqual([]);
  });

  test('fills its pages where hardly anybody may be shown', async () => {
    const viewer = await ann();
    const all = await join(crowd(3 * findingPolicy.window));
    for (const { id } of all.slice(0, 290)) await block(stores, viewer.id, id, clock.now());
    const found = await page(viewer);
    expect([found.people.length, found.next]).toEqual([10, null]);
  });

  test('has pages of twenty, and begins anew with a cursor of another list', async () => {
    const viewer = await ann();
    await join(crowd(41));
    const first = await page(viewer);
    expect(first.people.length).toBe(20);
    const second = await page(viewer, {}, first.next!);
    expect([second.people.length, (await page(viewer, {}, second.next!)).people.length]).toEqual([20, 1]);
    expect(namesOf(await page(viewer, { learn: 'es' }, first.next!))).toEqual(namesOf(first));
    expect(namesOf(await page(viewer, {}, `${first.next!}x`))).toEqual(namesOf(first));
    clock.pass(findingPolicy.walkLasts + 1);
    expect((await page(viewer, {}, second.next!)).people.length).toBe(20);
  });

  test('shows whoever joined a moment ago first, and goes on where it stood', async () => {
    const viewer = await ann();
    await join(crowd(25));
    const first = await page(viewer);
    await join([spanish('late', { joined: clock.now() })]);
    expect((await page(viewer)).people[0]!.username).toBe('late');
    const rest = namesOf(await page(viewer, {}, first.next!));
    expect(rest.filter((name) => namesOf(first).includes(name))).toEqual([]);
    expect(rest.filter((name) => name !== 'late')).toHaveLength(5);
  });

  test('keeps its order within an hour, whoever is shown or comes meanwhile', async () => {
    const viewer = await ann();
    const all = await join(crowd(150));
    const names = async () => (await page(viewer)).people.map(({ username }) => username);
    const before = await names();
    for (const { id } of all.slice(0, 50))
      await activity(1).note({ id, securityVersion: 0, now: clock.now() }, 120);
    await looks(1).fold(clock.now());
    clock.pass(minutes(59));
    expect(await names()).toEqual(before);
    clock.pass(minutes(1));
    expect(await names()).not.toEqual(before);
  });
});

describe('whatever the population', () => {
  const codes = ['de', 'es', 'en', 'fr'] as const;
  const languages = fc.shuffledSubarray([...codes], { minLength: 2, maxLength: 4 });
  const someone = fc.record({
    languages,
    natives: fc.integer({ min: 1, max: 2 }),
    born: fc.constantFrom('1990-01-01', '1990-01-01', '2010-01-01', '2013-01-01'),
    visibility: fc.constantFrom('members', 'members', 'members', 'nobody'),
    findable: fc.constantFrom(null, 'band', 'matches', 'nobody'),
    blocked: fc.constantFrom(...Array<string>(8).fill(''), 'by me', 'by them', 'hidden'),
    gone: fc.constantFrom(...Array<string>(8).fill(''), 'purgeAt', 'bannedAt', 'suspendedUntil'),
    change: fc.constantFrom('', '', '', 'languages', 'hide', 'block', 'wake', 'again'),
  });
  type Someone = typeof someone extends fc.Arbitrary<infer T> ? T : never;
  const given = (one: Someone, n: number): Given => {
    const natives = Math.min(one.natives, one.languages.length - 1);
    const [native, learning] = [one.languages.slice(0, natives), one.languages.slice(natives)];
    return {
      username: nameOf(n),
      native,
      learning,
      born: one.born,
      visibility: one.visibility,
      findable: one.findable,
    };
  };
  const nameOf = (n: number): string => `person${n}`;
  const viewerIs: Given = { username: 'viewer', native: ['de'], learning: ['es', 'en'] };

  /** As the law says it, without any SQL. */
  function mayBeShown(one: Someone, n: number): boolean {
    const { native, learning, born, visibility, findable } = given(one, n);
    const fits = native.some((code) => viewerIs.learning.includes(code)) && learning.includes('de');
    return (
      fits &&
      born === '1990-01-01' &&
      visibility === 'members' &&
      findable !== 'nobody' &&
      !one.blocked &&
      !one.gone
    );
  }

  async function settle(viewer: Found, all: readonly Found[], crowd: readonly Someone[]): Promise<void> {
    for (const [n, { blocked, gone }] of crowd.entries()) {
      const { id } = all[n]!;
      if (blocked === 'by me') await block(stores, viewer.id, id, clock.now());
      if (blocked === 'by them') await block(stores, id, viewer.id, clock.now());
      if (blocked === 'hidden')
        await stores.sql('INSERT INTO "HiddenPerson" ("hiderId", "hiddenId", "at") VALUES ($1, $2, $3)', [
          viewer.id,
          id,
          clock.now(),
        ]);
      const alsoLeaving = gone === 'purgeAt' ? ', "leavingAt" = $2' : '';
      if (gone)
        await stores.sql(`UPDATE "User" SET "${gone}" = $2${alsoLeaving} WHERE "id" = $1`, [
          id,
          new Date(clock.now().getTime() + days(20)),
        ]);
    }
  }

  /** What may happen to somebody while a viewer walks on. */
  async function change(viewer: Found, { id }: Found, what: Someone['change']): Promise<void> {
    if (what === 'block') await block(stores, id, viewer.id, clock.now());
    if (what === 'hide') await stores.sql(`UPDATE "User" SET "visibility" = 'nobody' WHERE "id" = $1`, [id]);
    if (what === 'languages')
      await stores.sql(`UPDATE "UserLanguage" SET "code" = 'pt' WHERE "userId" = $1 AND "role" = 'native'`, [
        id,
      ]);
    if (what === 'wake') await activity(0).note({ id, securityVersion: 0, now: clock.now() }, 60);
    if (what === 'again')
      for (const visibility of ['nobody', 'members'])
        await stores.sql(`UPDATE "User" SET "visibility" = $2::"ProfileVisibility" WHERE "id" = $1`, [
          id,
          visibility,
        ]);
  }

  test('lists show whom the law lets them show, each once, while everything changes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(someone, { minLength: 30, maxLength: 260 }), async (crowd) => {
        await stores.empty();
        const [viewer] = await join([viewerIs]);
        const all = await join(crowd.map(given));
        await settle(viewer!, all, crowd);
        const right = crowd.flatMap((one, n) => (mayBeShown(one, n) ? [nameOf(n)] : []));
        expect((await walk(viewer!)).toSorted()).toEqual(right.toSorted());

        // Whoever sleeps does so before the walk begins.
        for (const [n, one] of crowd.entries())
          if (one.change === 'wake')
            await stores.sql(`UPDATE "LanguagePair" SET "dormant" = true WHERE "userId" = $1`, [all[n]!.id]);
        const seen = await walk(viewer!, {}, async (pages) => {
          for (const [n, one] of crowd.entries())
            if (one.change && n % 4 === pages % 4) await change(viewer!, all[n]!, one.change);
          clock.pass(minutes(5));
        });
        const stayed = crowd.flatMap((one, n) =>
          mayBeShown(one, n) && ['', 'wake'].includes(one.change) ? [nameOf(n)] : [],
        );
        expect(seen.length).toBe(new Set(seen).size);
        expect(seen.filter((name) => stayed.includes(name)).toSorted()).toEqual(stayed.toSorted());
        expect(seen.filter((name) => !right.includes(name))).toEqual([]);
      }),
      { numRuns: 12 },
    );
  }, 240_000);
});
