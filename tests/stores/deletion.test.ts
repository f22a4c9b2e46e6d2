import { describe, expect, test } from '@jest/globals';
import { createAccountStore } from '../../src/features/auth/accounts/account.store.ts';
import { createAccountDeletionStore } from '../../src/features/auth/deletion/deletion.store.ts';
import { deletionPolicy } from '../../src/features/auth/policy.ts';
import { createSignUpStore } from '../../src/features/auth/sign-up/sign-up.store.ts';
import { later } from '../../src/kernel/clock.ts';
import { nobodysId } from '../../src/kernel/ids.ts';
import type { Viewer } from '../../src/kernel/viewer.ts';
import { repeatedly, tally } from '../support/many.ts';
import { membersOf } from '../support/members.ts';
import { atOnce, twoNodes } from '../support/nodes.ts';

const nodes = await twoNodes();
const { stores, clock, of } = nodes;
const { event, join, rowOf, timesOf } = membersOf(nodes);
const accounts = of(({ db }) => createAccountStore(db));
const signUps = of(({ db }) => createSignUpStore(db));
const engine = of(({ db }) => createAccountDeletionStore(db));

function leave(n: number, me: Viewer) {
  return engine(n).leave(me, event('leaving_asked', me.id));
}
function comeBack(n: number, me: Viewer) {
  return engine(n).comeBack(me, event('leaving_cancelled', me.id));
}
function beginEnd(n: number) {
  return engine(n).beginEnd(clock.now(), nobodysId);
}
function outcomes(all: readonly unknown[]) {
  return tally(all.map(String));
}

/** Somebody who has just closed the account, as a session after signing in again knows them. */
async function leaver(username = 'ann'): Promise<Viewer> {
  const me = await join(username);
  const securityVersion = await leave(0, me);
  if (securityVersion === null) throw new Error('nobody left');
  return { ...me, securityVersion };
}

describe('fifty at once on two nodes', () => {
  test('leave once', async () => {
    const ann = await join();
    expect(outcomes(await atOnce(50, (n) => leave(n, ann)))).toEqual({ 1: 1, null: 49 });
    expect(await rowOf(ann.id)).toMatchObject({
      securityVersion: 1,
      leavingAt: clock.now(),
      purgeAt: later(clock.now(), deletionPolicy.grace),
    });
    expect(await timesOf('leaving_asked')).toBe(1);
  });

  test('come back once', async () => {
    const ann = await leaver();
    expect(outcomes(await atOnce(50, (n) => comeBack(n, ann)))).toEqual({ true: 1, false: 49 });
    expect(await rowOf(ann.id)).toMatchObject({ leavingAt: null, purgeAt: null });
    expect(await timesOf('leaving_cancelled')).toBe(1);
  });

  test('leave and come back: whoever came back is told once, and stays', async () => {
    const ann = await leaver();
    const all = await atOnce<unknown>(50, (n) => (n % 2 ? comeBack(n, ann) : leave(n, ann)));
    const left = all.filter((one) => typeof one === 'number');
    expect(all.filter((one) => one === true)).toHaveLength(1);
    // A session that came back may close the account again, once.
    expect(left.length).toBeLessThanOrEqual(1);
    expect((await rowOf(ann.id))!.leavingAt !== null).toBe(left.length === 1);
  });

  test('come back or end at the very end: never both', async () => {
    const [ann, ben] = [await leaver('ann'), await leaver('ben')];
    clock.pass(deletionPolicy.grace);
    // The clock of the node that lets people in is a millisecond slow.
    const early = later(clock.now(), -1);
    const all = await atOnce<boolean | string[]>(50, (n) => {
      if (n % 2) return beginEnd(n);
      const who = n % 4 ? ann : ben;
      return engine(n).comeBack(who, { ...event('leaving_cancelled', who.id), at: early });
    });
    const back = all.filter((one) => one === true).length;
    const ended = new Set(all.flatMap((one) => (Array.isArray(one) ? one : [])));
    expect(back + ended.size).toBe(2);
    const resting = await stores.sql('SELECT FROM "UsernameQuarantine"');
    expect(resting).toHaveLength(ended.size);
  });

  test('erase once, each of many', async () => {
    const gone = await repeatedly(5, (n) => leaver(`ann${n}x`));
    await join('ben');
    clock.pass(deletionPolicy.grace);
    expect(await beginEnd(0)).toHaveLength(5);
    const all = await atOnce(50, (n) => engine(n).erase(gone[n % 5]!.id, clock.now()));
    expect(outcomes(all)).toEqual({ true: 5, false: 45 });
    expect(await stores.sql('SELECT "username" FROM "User"')).toEqual([{ username: 'ben' }]);
    expect(await timesOf('leaving_asked')).toBe(0);
  });

  test('begin the end of each, and none is left out', async () => {
    const leavers = await repeatedly(5, (n) => leaver(`ann${n}x`));
    clock.pass(deletionPolicy.grace);
    const begun = (await atOnce(50, beginEnd)).flat();
    expect([...new Set(begun)].sort()).toEqual(leavers.map(({ id }) => id).sort());
    expect(await stores.sql('SELECT FROM "UsernameQuarantine"')).toHaveLength(5);
    expect(await stores.sql('SELECT FROM "UsernameSkeleton" WHERE "until" IS NOT NULL')).toHaveLength(5);
  });
});

test('fourteen days to come back, to the millisecond', async () => {
  const [ann, ben] = [await leaver('ann'), await leaver('ben')];
  clock.pass(deletionPolicy.grace - 1);
  expect(await beginEnd(0)).toEqual([]);
  expect(await accounts(1).member(ben.id, 1, clock.now())).not.toBeNull();
  expect(await comeBack(1, ann)).toBe(true);
  clock.pass(1);
  expect(await accounts(1).member(ben.id, 1, clock.now())).toBeNull();
  expect(await comeBack(1, ben)).toBe(false);
  expect(await beginEnd(0)).toEqual([ben.id]);
});

test('an end that has begun is not taken back by a node whose clock is slow', async () => {
  const ann = await leaver();
  clock.pass(deletionPolicy.grace);
  await beginEnd(0);
  clock.pass(-deletionPolicy.grace);
  expect(outcomes(await atOnce(50, (n) => comeBack(n, ann)))).toEqual({ false: 50 });
});

test('nobody is erased whose end has not begun', async () => {
  const [ann, ben] = [await leaver('ann'), await join('ben')];
  clock.pass(deletionPolicy.grace);
  expect(outcomes(await atOnce(50, (n) => engine(n).erase(n % 2 ? ann.id : ben.id, clock.now())))).toEqual({
    false: 50,
  });
});

test('a session from before leaving neither comes back nor leaves again', async () => {
  const ann = await leaver();
  const before = { ...ann, securityVersion: 0 };
  expect(await comeBack(1, before)).toBe(false);
  await comeBack(0, ann);
  expect(await leave(1, before)).toBeNull();
});

test('a name rests ninety days, to the millisecond, however often its end is begun', async () => {
  const ann = await leaver();
  clock.pass(deletionPolicy.grace);
  await beginEnd(0);
  const taken = async (name: string) =>
    signUps(1).taken(name, 'new@example.com', { hashes: [], barredId: null }, clock.now());
  clock.pass(deletionPolicy.quarantine / 2);
  expect(await beginEnd(1)).toEqual([ann.id]);
  await engine(0).erase(ann.id, clock.now());
  clock.pass(deletionPolicy.quarantine / 2 - 1);
  expect(await taken('ann')).toMatchObject({ username: true, alike: true });
  expect(await taken('a.nn')).toMatchObject({ username: false, alike: true });
  expect(await engine(0).prune(clock.now())).toBe(0);
  clock.pass(1);
  expect(await taken('ann')).toMatchObject({ username: false, alike: false });
  const pruned = await atOnce(50, (n) => engine(n).prune(clock.now()));
  expect(pruned.reduce((sum, one) => sum + one, 0)).toBe(1);
});
