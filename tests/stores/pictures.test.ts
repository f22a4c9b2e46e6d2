import { describe, expect, test } from '@jest/globals';
import { createPictureStore } from '../../src/features/pictures/pictures.store.ts';
import { picturePolicy } from '../../src/features/pictures/policy.ts';
import { later } from '../../src/kernel/clock.ts';
import { systemRandom } from '../../src/kernel/ids.ts';
import { incomingKey, newMediaName } from '../../src/platform/media/media-keys.ts';
import type { Viewer } from '../../src/kernel/viewer.ts';
import { repeatedly, tally } from '../support/many.ts';
import { membersOf } from '../support/members.ts';
import { atOnce, twoNodes } from '../support/nodes.ts';

const nodes = await twoNodes();
const { stores, clock, of } = nodes;
const { join, newId } = membersOf(nodes);
const engine = of(({ db }) => createPictureStore(db));

type Kind = 'avatar' | 'photo';
async function begin(n: number, me: Viewer, kind: Kind = 'photo') {
  const [id, name] = [newId(), newMediaName(systemRandom)];
  const incoming = incomingKey(name);
  return { id, written: await engine(n).begin(me, { id, kind, name, incoming, alt: '' }, clock.now()) };
}
const made = { width: 10, height: 10, placeholder: 'data:,' };
function outcomes(all: Awaited<ReturnType<typeof begin>>[]) {
  return tally(all.map(({ written }) => (written ? (written.begun ? 'begun' : 'full') : 'gone')));
}

/** A gallery of so many photos that are ready; their ids, in their order. */
function gallery(me: Viewer, size: number = picturePolicy.photosMax): Promise<string[]> {
  return repeatedly(size, async (n) => {
    const { id } = await begin(n, me);
    await engine(n).ready(id, made);
    return id;
  });
}
async function shown(me: Viewer, kind: Kind = 'photo') {
  return (await engine(1).ownedBy(me)).pictures.filter((p) => p.kind === kind);
}
async function order(me: Viewer) {
  return (await shown(me)).map(({ id }) => id);
}
async function places() {
  return (
    await stores.sql<{ position: number }>(
      `SELECT "position" FROM "Picture" WHERE "refusal" IS DISTINCT FROM 'removed' ORDER BY "position"`,
    )
  ).map(({ position }) => position);
}

describe('nine photos', () => {
  test('are all that fifty at once on two nodes begin', async () => {
    const ann = await join();
    const all = await atOnce(50, (n) => begin(n, ann));
    expect(outcomes(all)).toEqual({ begun: 9, full: 41 });
    expect(await order(ann)).toHaveLength(9);
    expect(await places()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('leave others their own', async () => {
    const [ann, ben] = [await join('ann'), await join('ben')];
    const all = await atOnce(50, (n) => begin(n, n % 4 < 2 ? ann : ben));
    expect(outcomes(all)).toEqual({ begun: 18, full: 32 });
    expect(await order(ben)).toHaveLength(9);
  });

  test('have one place again after one is taken away, and after one was refused', async () => {
    const ann = await join();
    const [first, second] = await gallery(ann);
    await engine(0).takeAway(ann.id, 'photo', first!);
    expect(outcomes(await atOnce(50, (n) => begin(n, ann)))).toEqual({ begun: 1, full: 49 });
    await stores.sql(`UPDATE "Picture" SET "state" = 'processing' WHERE "id" = $1`, [second]);
    await engine(1).refuse(second!, 'unfinished');
    const again = await atOnce(50, (n) => begin(n, ann));
    expect(outcomes(again)).toEqual({ begun: 1, full: 49 });
    expect(again.flatMap(({ written }) => written!.cleared)).toEqual([second]);
    expect(await order(ann)).toHaveLength(9);
  });

  test('are not begun by a session from before a new password', async () => {
    const ann = await join();
    await stores.sql('UPDATE "User" SET "securityVersion" = 1');
    expect(outcomes(await atOnce(50, (n) => begin(n, ann)))).toEqual({ gone: 50 });
  });
});

describe('their order', () => {
  test('is kept whole while two sessions move all of them, fifty times at once', async () => {
    const ann = await join();
    const ids = await gallery(ann);
    const moves = await atOnce(50, (n) => engine(n).move(ann.id, ids[n % 9]!, n % 3 ? 1 : -1));
    expect(tally(moves.map(String))).toEqual({ true: 50 });
    expect((await order(ann)).sort()).toEqual([...ids].sort());
    expect(await places()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('counts every move: fifty at once of one photo go as far as fifty one after the other', async () => {
    const ann = await join();
    const ids = await gallery(ann);
    await atOnce(5, (n) => engine(n).move(ann.id, ids[0]!, 1));
    expect((await order(ann)).indexOf(ids[0]!)).toBe(5);
    await atOnce(50, (n) => engine(n).move(ann.id, ids[0]!, 1));
    expect((await order(ann)).indexOf(ids[0]!)).toBe(8);
    await atOnce(50, (n) => engine(n).move(ann.id, ids[0]!, -1));
    expect(await order(ann)).toEqual(ids);
  });

  test('has no gap and no two in one place while photos go and come', async () => {
    const ann = await join();
    const ids = await gallery(ann);
    await atOnce<unknown>(50, (n) => {
      if (n % 5 === 0) return begin(n, ann);
      return n % 5 === 1
        ? engine(n).takeAway(ann.id, 'photo', ids[Math.floor(n / 10)]!)
        : engine(n).move(ann.id, ids[n % 9]!, n % 2 ? 1 : -1);
    });
    const left = await order(ann);
    expect(left.filter((id) => ids.includes(id)).sort()).toEqual(ids.slice(5).sort());
    expect(new Set(await places()).size).toBe(left.length);
    // From first to last in as many steps as there are others: none is spent on a photo that went.
    for (const _ of left.slice(1)) await engine(0).move(ann.id, left[0]!, 1);
    expect(await order(ann)).toEqual([...left.slice(1), left[0]]);
  });

  test('is nobody else’s to change', async () => {
    const [ann, ben] = [await join('ann'), await join('ben')];
    const ids = await gallery(ann, 3);
    const tries = await atOnce<unknown>(50, (n) =>
      n % 2 ? engine(n).move(ben.id, ids[0]!, 1) : engine(n).takeAway(ben.id, 'photo', ids[1]!),
    );
    expect(tally(tries.map(String))).toEqual({ false: 25, '': 25 });
    expect(await order(ann)).toEqual(ids);
  });
});

test('a photo is taken away once, also while it is being made', async () => {
  const ann = await join();
  const { id } = await begin(0, ann);
  const all = await atOnce<unknown>(50, (n) =>
    n % 2 ? engine(n).takeAway(ann.id, 'photo', id) : engine(n).ready(id, made),
  );
  expect(all.filter((one, n) => n % 2 && (one as string[]).length === 1)).toHaveLength(1);
  expect(await order(ann)).toEqual([]);
  expect(await engine(1).ready(id, made)).toBeNull();
});

test('of fifty avatars at once one is shown in the end, and the files of all others are found', async () => {
  const ann = await join();
  const begun = await atOnce(50, (n) => begin(n, ann, 'avatar'));
  expect(outcomes(begun)).toEqual({ begun: 50 });
  await atOnce(50, (n) => engine(n).ready(begun[n]!.id, made));
  const ready = await shown(ann, 'avatar');
  expect(ready.map(({ state }) => state)).toEqual(['ready']);
  expect(await engine(0).leftOver(ann.id)).toHaveLength(50);
  const { id } = await begin(1, ann, 'avatar');
  expect(await engine(0).ready(id, made)).toEqual([ready[0]!.id]);
});

test('what is stuck is given up after an hour, to the millisecond', async () => {
  const ann = await join();
  const { id } = await begin(0, ann);
  const giveUp = () => atOnce(50, (n) => engine(n).giveUp(later(clock.now(), -picturePolicy.stuckAfter)));
  clock.pass(picturePolicy.stuckAfter - 1);
  await giveUp();
  expect(await engine(1).row(id)).toMatchObject({ state: 'processing' });
  clock.pass(1);
  await giveUp();
  expect(await engine(1).row(id)).toMatchObject({ state: 'refused', refusal: 'unfinished' });
});
