import { describe, expect, test } from '@jest/globals';
import { createBlocks } from '../../src/features/safety/blocks/blocks.service.ts';
import { createBlockStore } from '../../src/features/safety/blocks/blocks.store.ts';
import { insertPartnerSql, noBlockBetween } from '../../src/features/safety/partners.sql.ts';
import { later } from '../../src/kernel/clock.ts';
import { nobodysId, systemRandom } from '../../src/kernel/ids.ts';
import type { Viewer } from '../../src/kernel/viewer.ts';
import { tally } from '../support/many.ts';
import { membersOf } from '../support/members.ts';
import { atOnce, type Node, twoNodes } from '../support/nodes.ts';

const nodes = await twoNodes();
const { stores, clock, of } = nodes;
const { join } = membersOf(nodes);
let woken = 0;
const wake = async () => void (woken += 1);
const engine = of(({ db }) =>
  createBlocks({
    store: createBlockStore(db),
    onBlocked: () => Promise.resolve(),
    random: systemRandom,
    wake,
  }),
);
const db = of((node: Node) => node.db);

async function accept(n: number, viewer: Viewer, other: Viewer): Promise<boolean> {
  return (await db(n).rows(insertPartnerSql(viewer, other.id))).length === 1;
}
/** As a first hello or a message is written: into any table, in a statement that asks. */
async function write(n: number, viewer: Viewer, other: Viewer): Promise<boolean> {
  const written = await db(n).run`
  INSERT INTO "HiddenPerson" ("hiderId", "hiddenId", "at")
  SELECT ${viewer.id}::uuid, ${other.id}::uuid, now() WHERE ${noBlockBetween(viewer, other.id)}`;
  return written === 1;
}
const countOf = async (table: string) =>
  (await stores.sql<{ n: number }>(`SELECT count(*)::int AS n FROM "${table}"`))[0]!.n;
const facts = () =>
  stores.sql<{ ids: object }>(`SELECT "ids" FROM "RecordedEvent" WHERE "name" = 'safety.blocked'`);

test('a block ends the partnership, whichever of the two makes it, and is recorded', async () => {
  const [ann, ben] = [await join('ann'), await join('ben')];
  for (const [one, other] of [
    [ann, ben],
    [ben, ann],
  ] as const) {
    expect(await accept(0, ann, ben)).toBe(true);
    const blocked = await engine(0).block(one, other.id);
    expect([blocked.ok, await countOf('Partner')]).toEqual([true, 0]);
    expect(await facts()).toEqual([{ ids: { userId: one.id, otherId: other.id } }]);
    await stores.sql('DELETE FROM "RecordedEvent"');
    await stores.sql('DELETE FROM "Block"');
  }
});

test('whoever is blocked already, or blocked me, can be blocked; one block says so once', async () => {
  const [ann, ben] = [await join('ann'), await join('ben')];
  const before = woken;
  const first = await engine(0).block(ann, ben.id);
  expect(await engine(1).block(ann, ben.id)).toEqual(first);
  expect([await countOf('Block'), (await facts()).length, woken - before]).toEqual([1, 1, 1]);
  expect((await engine(0).block(ben, ann.id)).ok).toBe(true);
  expect([await countOf('Block'), (await facts()).length, woken - before]).toEqual([2, 2, 2]);
});

test('nobody is no one to block, and neither is oneself', async () => {
  const ann = await join('ann');
  for (const id of [nobodysId, ann.id])
    expect(await engine(0).block(ann, id)).toEqual({ ok: false, reason: 'nobody' });
  expect(await countOf('Block')).toBe(0);
});

test('fifty blocks at once, on two nodes, are one, with one id', async () => {
  const [ann, ben] = [await join('ann'), await join('ben')];
  const made = await atOnce(50, (n) => engine(n).block(ann, ben.id));
  expect(new Set(made.map((one) => one.ok && one.value.id)).size).toBe(1);
  expect([await countOf('Block'), (await facts()).length]).toEqual([1, 1]);
});

test('fifty times at once the two block each other: two blocks', async () => {
  const [ann, ben] = [await join('ann'), await join('ben')];
  await atOnce(50, (n) => (n % 4 < 2 ? engine(n).block(ann, ben.id) : engine(n).block(ben, ann.id)));
  expect([await countOf('Block'), (await facts()).length]).toEqual([2, 2]);
});

describe('while somebody is being blocked on the other node,', () => {
  const rounds = 300;

  test('they accept: no round ends with a block and partners', async () => {
    const pairs = await Promise.all(
      Array.from({ length: rounds }, async (_, n) => [await join(`ann${n}`), await join(`ben${n}`)] as const),
    );
    const answers = await atOnce(rounds * 2, async (n) => {
      const [ann, ben] = pairs[n >> 1]!;
      // Every other pair begins with the acceptance.
      if ((n & 1) === ((n >> 1) & 1)) return `blocked ${(await engine(n).block(ann, ben.id)).ok}`;
      return `accepted ${await accept(n, ben, ann)}`;
    });
    const seen = tally(answers);
    expect(seen['blocked true']).toBe(rounds);
    expect((seen['accepted true'] ?? 0) + (seen['accepted false'] ?? 0)).toBe(rounds);
    expect([await countOf('Block'), await countOf('Partner')]).toEqual([rounds, 0]);
  });

  test('they write: what is told as written was written before the block was told', async () => {
    const pairs = await Promise.all(
      Array.from({ length: rounds }, async (_, n) => [await join(`ann${n}`), await join(`ben${n}`)] as const),
    );
    const half = await atOnce(rounds, async (n) => {
      const [ann, ben] = pairs[n]!;
      let isBlocked = false;
      const [found, written] = await Promise.all([
        engine(n)
          .block(ann, ben.id)
          .then(async () => {
            isBlocked = true;
            const hidden = 'SELECT FROM "HiddenPerson" WHERE "hiderId" = $1';
            return (await stores.sql(hidden, [ben.id])).length;
          }),
        write(n + 1, ben, ann),
      ]);
      const after = await write(n, ben, ann).catch(() => true);
      return `${found === Number(written) ? 'whole' : 'half'}, then ${after} ${isBlocked}`;
    });
    expect(tally(half)).toEqual({ 'whole, then false true': rounds });
  });
});

describe('the list of whom one has blocked', () => {
  test('names them, newest first, page by page, to nobody else, while they exist', async () => {
    const [ann, ben] = [await join('ann'), await join('ben')];
    const people = [];
    for (let n = 0; n < 52; n++) people.push(await join(`person_${n}`));
    for (const [n, { id }] of people.entries())
      await engine(0).block({ ...ann, now: later(clock.now(), n >> 1) }, id);
    const first = await engine(0).list(ann, null);
    const rest = await engine(0).list(ann, first.next);
    const names = [...first.items, ...rest.items].map(({ username }) => username);
    expect([first.items.length, rest.items.length, rest.next]).toEqual([50, 2, null]);
    expect(new Set(names).size).toBe(52);
    expect(first.items.every(({ at }, n) => n === 0 || at <= first.items[n - 1]!.at)).toBe(true);
    expect((await engine(0).list(ben, null)).items).toEqual([]);

    await stores.sql('DELETE FROM "User" WHERE "id" = $1', [people[51]!.id]);
    expect((await engine(0).list(ann, null)).items.map(({ username }) => username)).not.toContain(
      'person_51',
    );
  });

  test('opens to its owner only: of fifty who unblock at once, one does', async () => {
    const [ann, ben] = [await join('ann'), await join('ben')];
    const made = await engine(0).block(ann, ben.id);
    const id = made.ok ? made.value.id : '';
    const nobody = { ok: false, reason: 'nobody' };
    for (const [who, what] of [
      [ben, id],
      [ann, nobodysId],
      [ann, 'anything'],
      [ann, '\0'],
    ] as const) {
      expect(await engine(0).of(who, what)).toEqual(nobody);
      expect(await engine(0).unblock(who, what)).toEqual(nobody);
    }
    const answers = await atOnce(50, (n) => engine(n).unblock(ann, id));
    expect(tally(answers.map(({ ok }) => String(ok)))).toEqual({ true: 1, false: 49 });
    expect(await accept(0, ben, ann)).toBe(true);
  });
});
