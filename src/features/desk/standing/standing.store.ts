import { later } from '../../../kernel/clock.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { deskPolicy } from '../policy.ts';
import type { Standing } from './standing.ts';

function mayAppeal(now: Date): Prisma.Sql {
  return Prisma.sql`(d."overturnedAt" IS NULL AND d."appealedAt" IS NULL
    AND d."at" > ${at(later(now, -deskPolicy.appealWithin))})`;
}

/** What they were told, or will be: not what the moderator took back themselves before anybody heard of it. */
const concerns = Prisma.sql`(d."act" NOT IN ('dismiss', 'unable', 'help') AND (d."overturnedAt" IS NULL
  OR d."overturnedBy" IS DISTINCT FROM d."decidedBy" OR d."statementSentAt" < d."overturnedAt"))`;

function own(now: Date): Prisma.Sql {
  return Prisma.sql`
  json_build_object('id', d."id", 'kind', c."kind", 'act', d."act", 'reason', d."reason", 'fact', d."fact", 'untilAt', d."untilAt", 'dateOfBirth', d."dateOfBirth", 'answer', d."answer", 'at', d."at",
    'bySignal', c."kind" = 'signal', 'provisional', d."needsSecond" AND d."confirmedAt" IS NULL, 'overturnedAt', d."overturnedAt",
    'appeal', d."appeal", 'appealedAt', d."appealedAt", 'answeredAt', d."answeredAt", 'appealable', ${mayAppeal(now)})`;
}

/** What somebody may know of what was decided about them. */
export function createStandingStore(db: Db) {
  return {
    /** Null: the session is over. */
    async of({ id, securityVersion, now }: Viewer): Promise<Standing | null> {
      const [found] = await db.rows<Standing>`
      SELECT u."username", u."bannedAt", u."suspendedUntil", u."purgeAt", "age_band"(u."dateOfBirth", ${at(now)}) <> '18-over' AS "isMinor",
        EXISTS (SELECT FROM "DeskDecision" d WHERE d."personId" = u."id" AND d."act" = 'age' AND d."dateOfBirth" IS NULL AND d."overturnedAt" IS NULL) AS "underAge",
        COALESCE((SELECT json_agg(${own(now)} ORDER BY d."at" DESC)
          FROM "DeskDecision" d JOIN "DeskCase" c ON c."id" = d."caseId"
          WHERE d."personId" = u."id" AND ${concerns}), '[]') AS "decisions"
      FROM "User" u WHERE u."id" = ${id}::uuid AND u."securityVersion" = ${securityVersion}::int`;
      return found ?? null;
    },

    /** Once, while there is time; the trigger opens the case. It is locked first, as by everything that decides. False: there is nothing to appeal against. */
    async appeal({ id, securityVersion, now }: Viewer, decisionId: string, text: string): Promise<boolean> {
      const appealed = await db.rows`
      WITH mine AS (
        SELECT d."id" FROM "DeskDecision" d JOIN "DeskCase" c ON c."id" = d."caseId" JOIN "User" me ON me."id" = d."personId"
        WHERE d."id" = ${decisionId}::uuid AND me."id" = ${id}::uuid AND me."securityVersion" = ${securityVersion}::int
        FOR UPDATE OF c
      )
      UPDATE "DeskDecision" d SET "appeal" = ${text}, "appealedAt" = ${at(now)} FROM mine
      WHERE d."id" = mine."id" AND d."act" <> 'dismiss' AND ${mayAppeal(now)} RETURNING d."id"`;
      return appealed.length === 1;
    },

    /** For the copy of their data: what was decided about them, and what they said to it. */
    async exportOf(id: string): Promise<object[]> {
      return db.rows<object>`
      SELECT d."act"::text AS "act", d."reason"::text AS "reason", d."fact", d."untilAt", d."at", d."overturnedAt", d."appeal", d."appealedAt", d."answer", d."answeredAt"
      FROM "DeskDecision" d WHERE d."personId" = ${id}::uuid AND ${concerns} ORDER BY d."at"`;
    },
  };
}

export type StandingStore = ReturnType<typeof createStandingStore>;
