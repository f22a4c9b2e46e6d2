import { beforeEach, expect, test } from '@jest/globals';
import { createWaitingStore } from '../../src/features/desk/cases/waiting.store.ts';
import { createCaseStore } from '../../src/features/desk/cases/cases.store.ts';
import { deskPolicy } from '../../src/features/desk/policy.ts';
import { minutes } from '../../src/kernel/clock.ts';
import type { Viewer } from '../../src/kernel/viewer.ts';
import { membersOf } from '../support/members.ts';
import { atOnce, twoNodes } from '../support/nodes.ts';

const nodes = await twoNodes();
const { stores, clock, of } = nodes;
const { join, newId } = membersOf(nodes);
const cases = of(({ db }) => createCaseStore(db));

let staff: Viewer;
let people = 0;
const somebody = (): Promise<Viewer> => join(`p${++people}x`);
const now = (who: Viewer): Viewer => ({ ...who, now: clock.now() });

async function moderator(): Promise<Viewer> {
  const one = await somebody();
  await stores.sql(`UPDATE "User" SET "role" = 'moderator' WHERE "id" = $1`, [one.id]);
  return one;
}
beforeEach(async () => {
  staff = await moderator();
});

/** What somebody reported of a thing; null: a visitor, or of nobody who is here. */
async function report(thing: string, personId: string | null, reporterId: string | null): Promise<string> {
  clock.pass(1_000);
  const [row] = await stores.sql<{ caseId: string }>(
    `INSERT INTO "Report" ("id", "reporterId", "kind", "about", "thing", "personId", "reason", "text", "involvesMinor", "at")
     VALUES ($1::uuid, $2, 'message', 'message:x', $3, $4, 'insult', $1::uuid::text, FALSE, $5) RETURNING "caseId"`,
    [newId(), reporterId, thing, personId, clock.now()],
  );
  return row!.caseId;
}
async function many(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push(await report(`message:${newId()}`, newId(), newId()));
  return ids;
}

test('people who reported are counted once of all that one person did, and visitors each time', async () => {
  const [mika, eve, ann, ben] = [newId(), newId(), newId(), newId()];
  const first = await report('message:1', mika, ann);
  const second = await report('message:2', mika, ann);
  await report('message:2', mika, ben);
  await report('message:3', eve, null);
  const third = await report('message:3', eve, null);
  const fourth = await report('outside:x', null, null);
  await report('outside:x', null, null);
  await report('outside:x', null, ann);
  // Somebody of that name signed up since.
  const fifth = await report('outside:y', null, null);
  await report('outside:y', newId(), ann);
  const { rows, all } = await cases(0).queue(staff, 'open');
  expect(rows.map(({ id, reporters }) => [id, reporters])).toEqual([
    [fourth, 3],
    [first, 2],
    [second, 2],
    [third, 2],
    [fifth, 2],
  ]);
  expect(all).toBe(5);
  expect((await cases(0).queue(staff, 'danger')).rows.map(({ id }) => id)).toEqual([fourth]);
  await stores.sql('UPDATE "Report" SET "decidedAt" = $1 WHERE "thing" = $2', [clock.now(), 'outside:x']);
  expect((await cases(0).queue(staff, 'danger')).rows).toEqual([]);
});

test('the queue shows fifty and says how many there are', async () => {
  await many(deskPolicy.shown + 1);
  const { rows, all } = await cases(0).queue(staff, 'open');
  expect([rows.length, all]).toEqual([50, 51]);
  await cases(0).take(now(staff), rows[0]!.id);
  const waiting = { open: 51, mine: 1, danger: 0, appeals: 0 };
  expect(await cases(0).queue(now(staff), 'closed')).toEqual({ rows: [], all: 0, held: 1, waiting });
});

test('a moderator goes on with what they hold, until the twenty minutes are over', async () => {
  const [first, second, third] = await many(3);
  await cases(0).take(now(staff), second!);
  clock.pass(minutes(20) - 1);
  expect(await cases(0).takeNext(now(staff))).toBe(second);
  clock.pass(1);
  expect(await cases(0).takeNext(now(staff))).toBe(first);
  expect(await cases(0).takeNext(now(staff))).toBe(first);
  // Theirs no more: they reported it themselves.
  await stores.sql('UPDATE "Report" SET "reporterId" = $1 WHERE "caseId" = $2', [staff.id, first]);
  expect(await cases(0).takeNext(now(staff))).toBe(second);
  expect(await cases(0).takeNext(now(await moderator()))).toBe(third);
  expect(await cases(0).takeNext(now(await moderator()))).toBeNull();
});

test('fifty presses at once lead to one case', async () => {
  await many(10);
  const led = await atOnce(50, (n) => cases(n).takeNext(now(staff)));
  expect(new Set(led).size).toBe(1);
  expect((await cases(0).queue(now(staff), 'mine')).all).toBe(1);
});

test('nobody holds more than five, however many they take at once', async () => {
  const ids = await many(20);
  const taken = await atOnce(20, (n) => cases(n).take(now(staff), ids[n]!));
  expect(taken.filter(Boolean)).toHaveLength(5);
  const mine = ids.filter((_, n) => taken[n]);
  const other = ids.find((id) => !mine.includes(id))!;
  // One that they hold already may be kept for longer.
  clock.pass(minutes(10));
  expect(await cases(0).take(now(staff), mine[0]!)).toBe(true);
  expect(await cases(0).take(now(staff), other)).toBe(false);
  expect((await cases(0).queue(now(staff), 'open')).held).toBe(5);
  expect(await cases(1).take(now(await moderator()), other)).toBe(true);
  // Of the five, four were held until now.
  clock.pass(minutes(10));
  expect(await cases(0).take(now(staff), ids.find((id) => !mine.includes(id) && id !== other)!)).toBe(true);
  expect((await cases(0).queue(now(staff), 'open')).held).toBe(2);
});

test('what is about staff waits for whoever runs the server, until it is closed or they are no staff', async () => {
  const waiting = createWaitingStore(nodes.nodes[0].db);
  const other = await moderator();
  await report('message:1', other.id, newId());
  clock.pass(minutes(60));
  expect(await waiting.waitingForServer(clock.now())).toBe(3600);
  await stores.sql(`UPDATE "User" SET "role" = 'member' WHERE "id" = $1`, [other.id]);
  expect(await waiting.waitingForServer(clock.now())).toBe(0);
});
