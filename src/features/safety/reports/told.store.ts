import { later } from '../../../kernel/clock.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { reportPolicy } from '../policy.ts';
import type { ReportReason } from './reasons.ts';

/** A report with whoever has still to hear of it. */
export interface Telling {
  id: string;
  kind: string;
  about: string;
  personId: string | null;
  reason: ReportReason;
  text: string;
  contactEmail: string | null;
  involvesMinor: boolean;
  isFrozen: boolean;
  at: Date;
  noticeDue: boolean;
  receiptDue: boolean;
  decisionDue: boolean;
  /** Somebody may look at it on the site. */
  hasDesk: boolean;
  /** Of the reporter; null: a visitor, without a proved address, or gone. */
  email: string | null;
  locale: string | null;
}

const columns = {
  notice: Prisma.sql`"noticeSentAt"`,
  receipt: Prisma.sql`"receiptSentAt"`,
  decision: Prisma.sql`"decisionSentAt"`,
} as const;
export type Told = keyof typeof columns;

function decisionDue(now: Date): Prisma.Sql {
  const since = at(later(now, -reportPolicy.takenBackWithin));
  return Prisma.sql`"decidedAt" <= ${since} AND "decisionSentAt" IS NULL`;
}

/** Who has been told of a report; written after it was, so everybody is told at least once. */
export function createToldStore(db: Db) {
  return {
    async telling(id: string, now: Date): Promise<Telling | null> {
      const [found] = await db.rows<Telling>`
      SELECT r."id", r."kind", r."about", r."personId", r."reason"::text AS "reason", r."text", r."contactEmail", r."involvesMinor",
             r."evidence" IS NOT NULL AS "isFrozen", r."at",
             "noticeSentAt" IS NULL AS "noticeDue", "receiptSentAt" IS NULL AS "receiptDue", COALESCE(${decisionDue(now)}, FALSE) AS "decisionDue",
             EXISTS (SELECT FROM "User" s WHERE s."role" <> 'member') AS "hasDesk",
             CASE WHEN me."emailVerifiedAt" IS NOT NULL AND me."purgeAt" IS NULL THEN me."email" END AS "email", me."locale"
      FROM "Report" r LEFT JOIN "User" me ON me."id" = r."reporterId" WHERE r."id" = ${id}::uuid`;
      return found ?? null;
    },

    async told(id: string, what: Told, now: Date): Promise<void> {
      await db.run`UPDATE "Report" SET ${columns[what]} = ${at(now)} WHERE "id" = ${id}::uuid AND ${columns[what]} IS NULL`;
    },

    /** Of a visitor's report, about whom it still is: the desk may have said since that it is somebody else. */
    async freeze(id: string, personId: string | null, evidence: object): Promise<boolean> {
      const frozen = await db.run`
      UPDATE "Report" SET "evidence" = ${JSON.stringify(evidence)}::jsonb
      WHERE "id" = ${id}::uuid AND "personId" IS NOT DISTINCT FROM ${personId}::uuid AND "evidence" IS NULL`;
      return frozen === 1;
    },

    /** What no job has told since `since`, and what has just been decided, wherever that was. */
    async overdue(since: Date, now: Date): Promise<string[]> {
      const rows = await db.rows<{ id: string }>`
      SELECT "id" FROM "Report"
      WHERE (("noticeSentAt" IS NULL OR "receiptSentAt" IS NULL) AND "at" <= ${at(since)}) OR (${decisionDue(now)})
      ORDER BY "at" LIMIT ${reportPolicy.batch}`;
      return rows.map(({ id }) => id);
    },
  };
}

export type ToldStore = ReturnType<typeof createToldStore>;
