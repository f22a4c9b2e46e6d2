import { describe, expect, test } from '@jest/globals';
import { createCaseStore } from '../../src/features/desk/cases/cases.store.ts';
import { createDecisionStore, type NewDecision } from '../../src/features/desk/decisions/decisions.store.ts';
import { createWordStore } from '../../src/features/desk/decisions/words.store.ts';
import { createStandingStore } from '../../src/features/desk/standing/standing.store.ts';
import { createAccountDeletionStore } from '../../src/features/auth/deletion/deletion.store.ts';
import { deskOf } from '../support/deciding.ts';
import { membersOf } from '../support/members.ts';
import { atOnce, twoNodes } from '../support/nodes.ts';
import { asked } from '../support/stores.ts';

const nodes = await twoNodes();
const { stores, clock, of } = nodes;
const { newId, event } = membersOf(nodes);
const { somebody, moderator, caseAbout: reportOf } = deskOf(nodes);
const cases = of(({ db }) => createCaseStore(db));
const decisions = of(({ db }) => createDecisionStore(db));
const words = of(({ db }) => createWordStore(db));
const standings = of(({ db }) => createStandingStore(db));
const deletions = of(({ db }) => createAccountDeletionStore(db));

const ban = (caseId: string, changes: Partial<NewDecision> = {}): NewDecision => ({
  id: newId(),
  caseId,
  version: 0,
  act: 'ban',
  reason: 'insult',
  fact: 'You insulted somebody.',
  untilAt: null,
  dateOfBirth: null,
  ...changes,
});

const yes = (version: number) => ({ version, stays: true, text: 'It stays.' });

/** By one moderator, and a second one said that it stays. */
async function bannedByTwo() {
  const [desk, desk2] = [await moderator(), await moderator()];
  const mika = await somebody();
  const caseId = await reportOf(mika.id);
  await cases(0).take(desk, caseId);
  await decisions(0).decide(desk, ban(caseId));
  await cases(0).take(desk2, caseId);
  await decisions(0).confirm(desk2, caseId, yes(1));
  return { desk, desk2, caseId };
}

describe('on two processes at once', () => {
  test('fifty reports of one thing are one case', async () => {
    const mika = await somebody();
    const ids = await atOnce(50, () => reportOf(mika.id));
    expect(new Set(ids).size).toBe(1);
  });

  test('one of two moderators gets a case, and each of ten another', async () => {
    const [one, other] = [await moderator(), await moderator()];
    const mika = await somebody();
    const caseId = await reportOf(mika.id);
    const taken = await atOnce(2, (n) => cases(n).take(n === 0 ? one : other, caseId));
    expect(taken.filter(Boolean)).toHaveLength(1);
    await stores.sql('DELETE FROM "DeskCase"');
    const staff = await Promise.all(Array.from({ length: 10 }, () => moderator()));
    for (let n = 0; n < 10; n++) await reportOf((await somebody()).id);
    const next = await atOnce(10, (n) => cases(n).takeNext(staff[n]!));
    expect(new Set(next.filter((id) => id !== null)).size).toBe(10);
  });

  test('two decisions of one case are one', async () => {
    const staff = await moderator();
    const mika = await somebody();
    const caseId = await reportOf(mika.id);
    await cases(0).take(staff, caseId);
    const decided = await atOnce(10, (n) =>
      decisions(n).decide(staff, ban(caseId, { act: n % 2 ? 'ban' : 'warn' })),
    );
    expect(decided.filter((one) => one !== null)).toHaveLength(1);
    expect(await stores.sql('SELECT FROM "DeskDecision" WHERE "caseId" = $1', [caseId])).toHaveLength(1);
  });

  test('two second words about one decision are one, and never its own author’s', async () => {
    const [desk, ...others] = await Promise.all(Array.from({ length: 5 }, () => moderator()));
    const mika = await somebody();
    const caseId = await reportOf(mika.id);
    await cases(0).take(desk!, caseId);
    await decisions(0).decide(desk!, ban(caseId));
    expect(await cases(0).take(desk!, caseId)).toBe(false);
    expect(await decisions(0).confirm(desk!, caseId, yes(1))).toBeNull();
    const second = others[0]!;
    await cases(0).take(second, caseId);
    const said = await atOnce(10, (n) =>
      decisions(n).confirm(second, caseId, { ...yes(1), stays: n % 2 === 0 }),
    );
    expect(said.filter((one) => one !== null)).toHaveLength(1);
  });

  test('of a word that is taken back and more that is decided at once, one holds', async () => {
    for (let round = 0; round < 10; round++) {
      const { desk, desk2, caseId } = await bannedByTwo();
      clock.pass(1);
      const now = { ...desk, now: clock.now() };
      await cases(0).take(now, caseId);
      const [taken, decided] = await Promise.all([
        words(0).takeBack({ ...desk2, now: clock.now() }, caseId),
        decisions(1).decide(now, ban(caseId, { act: 'age', version: 2 })),
      ]);
      expect(taken.length === 1).toBe(decided === null);
      const waiting = await stores.sql(
        'SELECT FROM "DeskDecision" WHERE "caseId" = $1 AND "needsSecond" AND "confirmedAt" IS NULL',
        [caseId],
      );
      expect(waiting).toHaveLength(1);
    }
  });

  test('ten take a word back once', async () => {
    const { desk2, caseId } = await bannedByTwo();
    const taken = await atOnce(10, (n) => words(n).takeBack(desk2, caseId));
    expect(taken.flat()).toHaveLength(1);
  });

  test('fifty appeals are one', async () => {
    const desk = await moderator();
    const mika = await somebody();
    const caseId = await reportOf(mika.id);
    await cases(0).take(desk, caseId);
    const decided = await decisions(0).decide(desk, ban(caseId, { act: 'warn' }));
    const sent = await atOnce(50, (n) => standings(n).appeal(mika, decided!.id, `No ${n}`));
    expect(sent.filter(Boolean)).toHaveLength(1);
  });

  test('a decision that races the end of the account holds, and keeps nobody', async () => {
    for (let round = 0; round < 10; round++) {
      const desk = await moderator();
      const mika = await somebody();
      const caseId = await reportOf(mika.id);
      await cases(0).take(desk, caseId);
      await deletions(0).leave(mika, event('leaving_asked', mika.id));
      await stores.sql('UPDATE "User" SET "purgeAt" = "leavingAt" WHERE "id" = $1', [mika.id]);
      const [decided] = await Promise.all([
        decisions(0).decide(desk, ban(caseId)),
        deletions(1).erase(mika.id, clock.now()),
      ]);
      expect(await stores.sql('SELECT FROM "User" WHERE "id" = $1', [mika.id])).toEqual([]);
      const [row] = await stores.sql<{ state: string }>(
        'SELECT "state"::text FROM "DeskCase" WHERE "id" = $1',
        [caseId],
      );
      expect(row!.state).toBe(decided ? 'second' : 'open');
    }
  });
});

describe('the role of the site', () => {
  const asSite = (text: string) => asked(stores.databaseUrl, text);
  const refused = { code: '42501' };
  const act = `INSERT INTO "DeskAudit" ("at", "act") VALUES ('2020-01-01', 'look-queue') RETURNING "id"`;

  test.each([
    `UPDATE "DeskAudit" SET "act" = 'other'`,
    'DELETE FROM "DeskAudit"',
    'TRUNCATE "DeskAudit"',
    `ALTER TABLE "DeskAudit" DISABLE TRIGGER ALL`,
    'DROP TRIGGER "DeskAudit_guard" ON "DeskAudit"',
  ])('may not %s', async (text) => {
    await asSite(act);
    await expect(asSite(text)).rejects.toMatchObject(refused);
    expect((await stores.sql('SELECT FROM "DeskAudit"')).length).toBeGreaterThan(0);
  });

  test('may not do so either where its rights were given back by mistake', async () => {
    const role = new URL(stores.databaseUrl).username;
    await stores.sql(`GRANT UPDATE, DELETE, TRUNCATE ON "DeskAudit" TO "${role}"`);
    await asSite(act);
    for (const text of [
      `UPDATE "DeskAudit" SET "act" = 'other'`,
      'DELETE FROM "DeskAudit"',
      'TRUNCATE "DeskAudit"',
    ])
      await expect(asSite(text)).rejects.toMatchObject(refused);
  });

  test('gives nobody a role, and keeps nobody’s data for a court', async () => {
    const mika = await somebody();
    for (const set of [`"role" = 'admin'`, '"heldAt" = now()'])
      await expect(asSite(`UPDATE "User" SET ${set} WHERE "id" = '${mika.id}'`)).rejects.toMatchObject(
        refused,
      );
    await expect(
      asSite(
        `INSERT INTO "User" SELECT (jsonb_populate_record(u, jsonb_build_object('id', gen_random_uuid(), 'username', 'evil', 'usernameKey', 'evil', 'email', NULL, 'emailKey', NULL, 'role', 'admin'))).* FROM "User" u WHERE "id" = '${mika.id}'`,
      ),
    ).rejects.toMatchObject(refused);
  });

  test('has what is older than two years taken out, and nothing younger', async () => {
    await stores.sql('DELETE FROM "DeskAudit"');
    for (const minutes of [-1, 1])
      await stores.sql(
        `INSERT INTO "DeskAudit" ("at", "act", "writtenAt")
         VALUES (now(), 'look-queue', now() - interval '2 years' + $1 * interval '1 minute')`,
        [minutes],
      );
    expect(await asSite('SELECT "prune_desk_audit"(100) AS gone')).toEqual([{ gone: 1 }]);
    expect(await stores.sql('SELECT FROM "DeskAudit"')).toHaveLength(1);
  });

  test('leaves a trace of every act, whoever forgets to write one', async () => {
    await stores.sql('DELETE FROM "DeskAudit"');
    const { desk, desk2, caseId } = await bannedByTwo();
    const rows = await stores.sql<{ act: string; staffId: string | null }>(
      'SELECT "act", "staffId" FROM "DeskAudit" WHERE "caseId" = $1 ORDER BY "id"',
      [caseId],
    );
    expect(rows).toHaveLength(6);
    expect(rows).toEqual(
      expect.arrayContaining([
        { act: 'take', staffId: desk.id },
        { act: 'ban', staffId: desk.id },
        { act: 'state-second', staffId: null },
        { act: 'take', staffId: desk2.id },
        { act: 'confirm', staffId: desk2.id },
        { act: 'state-closed', staffId: null },
      ]),
    );
    const roles = await stores.sql<{ act: string }>(
      `SELECT "act" FROM "DeskAudit" WHERE "act" LIKE 'role-%'`,
    );
    expect(roles).toEqual([{ act: 'role-moderator' }, { act: 'role-moderator' }]);
  });
});
