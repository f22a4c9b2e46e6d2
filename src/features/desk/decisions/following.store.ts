import { later } from '../../../kernel/clock.ts';
import type { DeskAct } from '../../../platform/generated/prisma/enums.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { deleteBatch } from '../../../platform/stores/delete-batch.ts';
import type { ReportReason } from '../../safety/index.ts';
import type { KeptOutBy } from '../cases/case-words.ts';
import { deskPolicy } from '../policy.ts';

/** A decision with what follows from it. */
export interface Following {
  id: string;
  caseId: string;
  kind: string;
  thing: string;
  personId: string | null;
  act: DeskAct;
  reason: ReportReason;
  fact: string;
  untilAt: Date | null;
  dateOfBirth: string | null; // "YYYY-MM-DD"
  answer: string | null;
  at: Date;
  needsSecond: boolean;
  isConfirmed: boolean;
  isOverturned: boolean;
  appealed: boolean;
  answered: boolean;
  /** What else keeps them out; null: nothing. */
  keptOutBy: KeptOutBy | null;
  byThemselves: boolean; // whoever decided took it back
  carriedOut: boolean;
  statementDue: boolean;
  outcomeDue: boolean;
  helpDue: boolean;
  /** Of the person; null: they are gone. Contacts only where verified. */
  person: {
    username: string;
    securityVersion: number;
    purgeAt: Date | null;
    email: string | null;
    emailKey: string | null;
    phone: string | null;
    locale: string;
  } | null;
}

/** Other decisions in force. */
function keptOutBy(now: Date): Prisma.Sql {
  return Prisma.sql`(
    SELECT json_build_object('underAge', bool_or(o."act" = 'age'), 'banned', bool_or(o."act" = 'ban'), 'until', max(o."untilAt"))
    FROM "DeskDecision" o WHERE o."personId" = d."personId" AND o."id" <> d."id" AND o."overturnedAt" IS NULL
      AND (o."act" = 'ban' OR (o."act" = 'age' AND o."dateOfBirth" IS NULL) OR (o."act" = 'suspend' AND o."untilAt" > ${at(now)}))
    HAVING count(*) > 0)`;
}

const columns = {
  statement: Prisma.sql`"statementSentAt"`,
  outcome: Prisma.sql`"outcomeSentAt"`,
  help: Prisma.sql`"helpSentAt"`,
} as const;

/** What was taken back in time is told to nobody; the rest once it can no longer be: nobody takes back what was said on the server. */
function isSettled(now: Date): Prisma.Sql {
  return Prisma.sql`COALESCE(GREATEST(
    CASE WHEN num_nonnulls(d."confirmedAt", d."overturnedAt") = 0 THEN d."at" END,
    CASE WHEN d."confirmedBy" IS NOT NULL THEN d."confirmedAt" END,
    CASE WHEN d."overturnedBy" IS NOT NULL THEN d."overturnedAt" END,
    CASE WHEN d."answeredBy" IS NOT NULL THEN d."answeredAt" END
  ) <= ${at(later(now, -deskPolicy.takenBackWithin))}, TRUE)`;
}
const isTold = Prisma.sql`d."act" NOT IN ('dismiss', 'unable', 'help')`;
function statementDue(now: Date): Prisma.Sql {
  return Prisma.sql`(d."statementSentAt" IS NULL AND ${isTold} AND ${isSettled(now)})`;
}
function outcomeDue(now: Date): Prisma.Sql {
  return Prisma.sql`(d."outcomeSentAt" IS NULL AND ${isTold}
    AND (d."overturnedAt" IS NOT NULL OR d."answeredAt" IS NOT NULL) AND ${isSettled(now)})`;
}
function helpDue(now: Date): Prisma.Sql {
  return Prisma.sql`(d."helpSentAt" IS NULL AND d."overturnedAt" IS NULL AND ${isSettled(now)}
    AND (d."act" = 'help' OR (d."act" = 'ban' AND d."reason" IN ('minor', 'sexual') AND d."confirmedAt" IS NOT NULL)))`;
}

export interface YoungPartner {
  email: string | null;
  phone: string | null;
  locale: string;
}

/** What has still to be done, and told, after a decision. */
export function createFollowingStore(db: Db) {
  return {
    async following(id: string, now: Date): Promise<Following | null> {
      const [found] = await db.rows<Following>`
      SELECT d."id", d."caseId", c."kind", c."thing", d."personId", d."act"::text AS "act", d."reason"::text AS "reason", d."fact", d."untilAt", d."dateOfBirth"::text AS "dateOfBirth", d."answer", d."at", d."needsSecond",
        d."confirmedAt" IS NOT NULL AS "isConfirmed", d."overturnedAt" IS NOT NULL AS "isOverturned",
        d."appealedAt" IS NOT NULL AS "appealed", d."answeredAt" IS NOT NULL AS "answered",
        ${keptOutBy(now)} AS "keptOutBy", COALESCE(d."overturnedBy" = d."decidedBy", FALSE) AS "byThemselves", d."carriedOut",
        ${statementDue(now)} AS "statementDue", ${outcomeDue(now)} AS "outcomeDue", ${helpDue(now)} AS "helpDue",
        (SELECT json_build_object('username', u."username", 'securityVersion', u."securityVersion", 'purgeAt', u."purgeAt", 'locale', u."locale",
          'email', CASE WHEN u."emailVerifiedAt" IS NOT NULL THEN u."email" END,
          'emailKey', CASE WHEN u."emailVerifiedAt" IS NOT NULL THEN u."emailKey" END,
          'phone', CASE WHEN u."phoneVerifiedAt" IS NOT NULL THEN u."phone" END)
         FROM "User" u WHERE u."id" = d."personId") AS "person"
      FROM "DeskDecision" d JOIN "DeskCase" c ON c."id" = d."caseId" WHERE d."id" = ${id}::uuid`;
      if (found?.person?.purgeAt) found.person.purgeAt = new Date(found.person.purgeAt);
      return found ?? null;
    },

    async carriedOut(id: string, wasOverturned: boolean): Promise<void> {
      await db.run`UPDATE "DeskDecision" SET "carriedOut" = TRUE
      WHERE "id" = ${id}::uuid AND ("overturnedAt" IS NOT NULL) = ${wasOverturned}::boolean`;
    },

    async told(id: string, what: keyof typeof columns, now: Date): Promise<void> {
      await db.run`UPDATE "DeskDecision" SET ${columns[what]} = ${at(now)} WHERE "id" = ${id}::uuid AND ${columns[what]} IS NULL`;
    },

    /** Young people who accepted somebody who was not what they said. */
    youngPartnersOf: (personId: string, now: Date): Promise<YoungPartner[]> =>
      db.rows<YoungPartner>`
      SELECT CASE WHEN u."emailVerifiedAt" IS NOT NULL THEN u."email" END AS "email",
             CASE WHEN u."phoneVerifiedAt" IS NOT NULL THEN u."phone" END AS "phone", u."locale"
      FROM "Partner" p JOIN "User" u ON u."id" IN (p."lowId", p."highId") AND u."id" <> ${personId}::uuid
      WHERE (p."lowId" = ${personId}::uuid OR p."highId" = ${personId}::uuid)
        AND "age_band"(u."dateOfBirth", ${at(now)}) <> '18-over' AND u."purgeAt" IS NULL AND u."bannedAt" IS NULL`,

    /** Of those who reported it from outside. */
    async addressesOf(caseId: string): Promise<string[]> {
      const rows = await db.rows<{ email: string }>`
      SELECT min("contactEmail") AS "email" FROM "Report" WHERE "caseId" = ${caseId}::uuid AND "contactEmail" IS NOT NULL
      GROUP BY lower("contactEmail") LIMIT ${deskPolicy.shown}`;
      return rows.map(({ email }) => email);
    },

    /** What no job has followed yet. */
    async due(now: Date): Promise<string[]> {
      const rows = await db.rows<{ id: string }>`
      SELECT d."id" FROM "DeskDecision" d
      WHERE (NOT d."carriedOut" AND d."at" <= ${at(now)}) OR ${statementDue(now)} OR ${outcomeDue(now)} OR ${helpDue(now)}
      ORDER BY d."at" LIMIT ${deskPolicy.batch}`;
      return rows.map(({ id }) => id);
    },

    /** Long over, and of nobody who is here: what holds stays as long as its account. */
    prune: (now: Date): Promise<number> =>
      deleteBatch(db, {
        table: Prisma.sql`"DeskDecision"`,
        key: Prisma.sql`"id"`,
        where: Prisma.sql`"at" <= ${at(later(now, -deskPolicy.kept))} AND (
          "overturnedAt" IS NOT NULL OR "act" IN ('dismiss', 'unable', 'help', 'remove', 'warn', 'limit', 'suspend')
          OR NOT EXISTS (SELECT FROM "User" u WHERE u."id" = "DeskDecision"."personId"))`,
        most: deskPolicy.batch,
      }),

    /** What the desk wrote about somebody who is gone, and their appeal, go with the evidence. Answers how many. */
    forgetWords: (moment: Date): Promise<number> =>
      db.run`
      UPDATE "DeskDecision" SET "fact" = '', "appeal" = NULL, "answer" = NULL WHERE "id" = ANY(ARRAY(
        SELECT d."id" FROM "DeskDecision" d JOIN "DeskCase" c ON c."id" = d."caseId"
        WHERE c."closedAt" <= ${at(moment)} AND c."sealedAt" IS NULL AND (d."fact" <> '' OR d."appeal" IS NOT NULL OR d."answer" IS NOT NULL)
          AND NOT EXISTS (SELECT FROM "User" u WHERE u."id" = d."personId")
        LIMIT ${deskPolicy.batch} FOR UPDATE OF d SKIP LOCKED))`,
  };
}

export type FollowingStore = ReturnType<typeof createFollowingStore>;
