import { createCaseStore } from '../../src/features/desk/cases/cases.store.ts';
import { createDecisionStore, type Word } from '../../src/features/desk/decisions/decisions.store.ts';
import type { Viewer } from '../../src/kernel/viewer.ts';
import type { DeskAct } from '../../src/platform/generated/prisma/enums.ts';
import { membersOf } from './members.ts';
import type { Nodes } from './nodes.ts';

/** Moderators, cases and decisions in the stores of engines. */
export function deskOf(nodes: Nodes) {
  const { stores, clock, of } = nodes;
  const { join, newId } = membersOf(nodes);
  const cases = of(({ db }) => createCaseStore(db))(0);
  const decisions = of(({ db }) => createDecisionStore(db))(0);

  let people = 0;
  const somebody = (): Promise<Viewer> => join(`p${++people}x`);
  async function moderator(): Promise<Viewer> {
    const staff = await somebody();
    await stores.sql(`UPDATE "User" SET "role" = 'moderator' WHERE "id" = $1`, [staff.id]);
    return staff;
  }

  /** Of somebody, whether there is such an account or not. */
  async function caseAbout(personId: string): Promise<string> {
    const [row] = await stores.sql<{ caseId: string }>(
      `INSERT INTO "Report" ("id", "reporterId", "kind", "about", "thing", "personId", "reason", "text", "involvesMinor", "at")
       VALUES ($1, $2, 'person', 'person:x', $3, $4, 'insult', '', FALSE, $5) RETURNING "caseId"`,
      [newId(), newId(), `person:${personId}`, personId, clock.now()],
    );
    return row!.caseId;
  }

  async function versionOf(caseId: string): Promise<number> {
    const [row] = await stores.sql<{ version: number }>('SELECT "version" FROM "DeskCase" WHERE "id" = $1', [
      caseId,
    ]);
    return row!.version;
  }
  /** Of somebody who has just looked at the case. */
  const word = async (caseId: string, stays: boolean): Promise<Word> => ({
    version: await versionOf(caseId),
    stays,
    text: 'It stays.',
  });

  /** The same to an appeal. */
  const answer = async (staff: Viewer, caseId: string, decision: string, stays: boolean) =>
    decisions.answer(staff, caseId, { ...(await word(caseId, stays)), decision });

  async function decide(
    staff: Viewer,
    caseId: string,
    act: DeskAct,
    more: { dateOfBirth?: string } = {},
  ): Promise<string> {
    await cases.take(staff, caseId);
    const version = await versionOf(caseId);
    const [id, fact] = [newId(), 'You insulted somebody.'];
    const made = {
      id,
      caseId,
      version,
      act,
      reason: 'insult',
      fact,
      untilAt: null,
      dateOfBirth: null,
      ...more,
    } as const;
    if (!(await decisions.decide(staff, made))) throw new Error('nothing was decided');
    return id;
  }

  async function banned() {
    const [desk, desk2, desk3] = [await moderator(), await moderator(), await moderator()];
    const mika = await somebody();
    const caseId = await caseAbout(mika.id);
    const id = await decide(desk, caseId, 'ban');
    // As they are signed in after it.
    return { desk, desk2, desk3, mika: { ...mika, securityVersion: 1 }, caseId, id };
  }

  return { cases, decisions, somebody, moderator, caseAbout, word, answer, decide, banned };
}
