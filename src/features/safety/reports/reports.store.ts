import { later } from '../../../kernel/clock.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { reportPolicy } from '../policy.ts';
import { reasonsOfChildren, type ReportReason } from './reasons.ts';

export interface NewReport {
  id: string;
  kind: string;
  about: string;
  thing: string;
  personId: string | null;
  reason: ReportReason;
  text: string;
  eitherIsMinor: boolean;
  evidence: object;
}

export type OutsideReport = Pick<NewReport, 'id' | 'kind' | 'about' | 'reason' | 'text'> & {
  contactEmail: string | null;
};

/** What a reporter sees of it afterwards. */
export interface OwnReport {
  kind: string;
  reason: ReportReason;
  at: Date;
  decidedAt: Date | null;
}

/** Neither appealed against since, nor kept for those to whom it was reported, nor for a court. */
function mayGo(moment: Date): Prisma.Sql {
  return Prisma.sql`NOT EXISTS (SELECT FROM "DeskCase" c WHERE c."id" = r."caseId"
      AND (c."state" <> 'closed' OR c."closedAt" > ${at(moment)} OR c."sealedAt" IS NOT NULL))
    AND NOT EXISTS (SELECT FROM "User" u WHERE u."id" = r."personId" AND u."heldAt" IS NOT NULL)`;
}

/** What was told, and when it was decided. */
export function createReportStore(db: Db) {
  return {
    /** False: the same was reported and is still open. Null: the session is over. */
    async file(viewer: Viewer, r: NewReport): Promise<boolean | null> {
      const minor = r.eitherIsMinor || reasonsOfChildren.includes(r.reason);
      const [answer] = await db.rows<{ filed: boolean }>`
      WITH me AS (
        SELECT "id" FROM "User" WHERE "id" = ${viewer.id}::uuid AND "securityVersion" = ${viewer.securityVersion}::int
      ), filed AS (
        INSERT INTO "Report" ("id", "reporterId", "kind", "about", "thing", "personId", "reason", "text", "involvesMinor", "evidence", "at")
        SELECT ${r.id}::uuid, "id", ${r.kind}, ${r.about}, ${r.thing}, ${r.personId}::uuid, ${r.reason}::"ReportReason", ${r.text},
               ${minor}::boolean, ${JSON.stringify(r.evidence)}::jsonb, ${at(viewer.now)} FROM me
        ON CONFLICT DO NOTHING RETURNING "id"
      )
      SELECT EXISTS (SELECT FROM filed) AS "filed" FROM me`;
      return answer?.filed ?? null;
    },

    /** By a visitor. Of `names` the first that somebody has; whether anybody has, only the row knows. */
    async fileOutside(r: OutsideReport, names: readonly string[], now: Date): Promise<void> {
      await db.run`
      WITH person AS (
        SELECT "id", "usernameKey", "age_band"("dateOfBirth", ${at(now)}) <> '18-over' AS "isMinor" FROM "User"
        WHERE "usernameKey" = ANY(${names}::text[]) ORDER BY array_position(${names}::text[], "usernameKey") LIMIT 1
      )
      INSERT INTO "Report" ("id", "kind", "about", "thing", "personId", "reason", "text", "contactEmail", "involvesMinor", "at")
      SELECT ${r.id}::uuid, ${r.kind}, ${r.about}, ${r.kind} || ':' || COALESCE((SELECT "usernameKey" FROM person), ${r.about}), (SELECT "id" FROM person), ${r.reason}::"ReportReason", ${r.text},
             ${r.contactEmail}::text, ${reasonsOfChildren.includes(r.reason)}::boolean OR COALESCE((SELECT "isMinor" FROM person), FALSE), ${at(now)}
      ON CONFLICT DO NOTHING`;
    },

    /** The same name for the same thing, a moment ago. */
    async filedLately(viewer: Viewer, about: string): Promise<boolean> {
      const rows = await db.rows<object>`
      SELECT FROM "Report" WHERE "reporterId" = ${viewer.id}::uuid AND "about" = ${about}
        AND "at" > ${at(later(viewer.now, -reportPolicy.sameWithin))} LIMIT 1`;
      return rows.length === 1;
    },

    /** The newest first; decided once that can't be taken back any more. */
    filedBy: ({ id, now }: Pick<Viewer, 'id' | 'now'>): Promise<OwnReport[]> =>
      db.rows<OwnReport>`
      SELECT "kind", "reason"::text AS "reason", "at",
        CASE WHEN "decidedAt" <= ${at(later(now, -reportPolicy.takenBackWithin))} THEN "decidedAt" END AS "decidedAt" FROM "Report"
      WHERE "reporterId" = ${id}::uuid ORDER BY "at" DESC, "id" DESC LIMIT ${reportPolicy.batch}`,

    /** For the copy of their data. */
    exportedOf: (id: string): Promise<(OwnReport & { about: string; text: string })[]> =>
      db.rows`
      SELECT "about", "kind", "reason"::text AS "reason", "text", "at", "decidedAt" FROM "Report"
      WHERE "reporterId" = ${id}::uuid ORDER BY "at", "id"`,

    /** Those of which everything may go. Answers how many. */
    eraseDecidedUntil: (moment: Date): Promise<number> =>
      db.run`
      DELETE FROM "Report" WHERE "id" = ANY(ARRAY(
        SELECT r."id" FROM "Report" r WHERE r."decidedAt" <= ${at(moment)} AND ${mayGo(moment)}
        LIMIT ${reportPolicy.batch} FOR UPDATE SKIP LOCKED))`,
  };
}

export type ReportStore = ReturnType<typeof createReportStore>;
