import type { Viewer } from '../../../kernel/viewer.ts';
import { at, Prisma } from '../../../platform/stores/db.ts';
import { deskPolicy } from '../policy.ts';

/** In each, the case is alias `c`. */

/** Counted once for all cases: asked of each case anew, what many reported of few people takes the square of it. */
export const countReporters = Prisma.sql`
  "OfPerson" AS MATERIALIZED (
    SELECT r."personId", (count(DISTINCT r."reporterId") + count(*) FILTER (WHERE r."reporterId" IS NULL))::int AS "n"
    FROM "Report" r WHERE r."decidedAt" IS NULL AND r."personId" IS NOT NULL GROUP BY r."personId"
  ), "OfNobody" AS MATERIALIZED (
    SELECT r."caseId", count(DISTINCT COALESCE(r."reporterId", r."id"))::int AS "n"
    FROM "Report" r WHERE r."decidedAt" IS NULL AND r."personId" IS NULL GROUP BY r."caseId"
  )`;

/** In a statement that begins with `countReporters`. */
export const countedCases = Prisma.sql`"DeskCase" c
  LEFT JOIN "OfPerson" op ON op."personId" = c."personId" LEFT JOIN "OfNobody" o ON o."caseId" = c."id"`;

/** Of `countedCases`: people who reported anything of this person, or this thing of nobody; a visitor counts once each time. */
export const reporters = Prisma.sql`COALESCE(op."n", 0) + COALESCE(o."n", 0)`;

/** A life may hang on it. */
const isForemost = Prisma.sql`(c."involvesMinor" OR c."reason" = 'self-harm')`;
const areMany = Prisma.sql`((${reporters}) >= ${deskPolicy.manyReporters}::int)`;

/** Of `countedCases`: the order of the desk. The law: minors and whoever may hurt themselves, then what three or more reported, then the oldest. */
export const byUrgency = Prisma.sql`${isForemost} DESC, ${areMany} DESC, c."openedAt", c."id"`;

/** Of `countedCases`: what goes before others. */
export const isDanger = Prisma.sql`(${isForemost} OR ${areMany})`;

/**
 * Nobody sees their own case, or the names of those who reported them; nor what a visitor wrote that may mean them, nor
 * what they reported: who reports learns that it was decided, like everybody.
 */
export function maySee({ id }: Pick<Viewer, 'id'>): Prisma.Sql {
  const me = Prisma.sql`${id}::uuid`;
  return Prisma.sql`(c."personId" IS DISTINCT FROM ${me}
    AND NOT EXISTS (SELECT FROM "Report" r WHERE r."caseId" = c."id" AND r."reporterId" = ${me})
    AND NOT EXISTS (
      SELECT FROM "Report" r JOIN "User" me ON me."id" = ${me}
      WHERE r."caseId" = c."id" AND r."reporterId" IS NULL AND position(me."usernameKey" IN lower(r."about" || ' ' || r."text")) > 0))`;
}

/** Of what belongs to a case: it tells nothing of one that they may not see. */
export function isOpenTo(staff: Pick<Viewer, 'id'>, caseId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`NOT EXISTS (SELECT FROM "DeskCase" c WHERE c."id" = ${caseId} AND NOT ${maySee(staff)})`;
}

export const isAboutStaff = Prisma.sql`EXISTS (
  SELECT FROM "User" p WHERE p."id" = c."personId" AND p."role" <> 'member')`;

/** Somebody else is to look: nobody decides about staff, or twice about one thing. */
export function mayHandle(staff: Pick<Viewer, 'id'>): Prisma.Sql {
  const me = Prisma.sql`${staff.id}::uuid`;
  return Prisma.sql`(${maySee(staff)} AND NOT ${isAboutStaff}
    AND NOT EXISTS (
      SELECT FROM "DeskDecision" d WHERE d."caseId" = c."id" AND (
        (c."state" = 'second' AND d."needsSecond" AND d."overturnedAt" IS NULL AND d."confirmedAt" IS NULL AND d."decidedBy" = ${me})
        OR (c."state" = 'appealed' AND d."appealedAt" IS NOT NULL AND d."answeredAt" IS NULL AND d."overturnedAt" IS NULL
          AND (d."decidedBy" = ${me} OR d."confirmedBy" = ${me})))))`;
}

export const waits = Prisma.sql`c."state" <> 'closed'`;

/** Of a closed case more can be decided, as long as its person and its evidence are here, and nothing newer waits about the same. */
export const mayGoOn = Prisma.sql`(c."state" = 'closed'
  AND EXISTS (SELECT FROM "User" p WHERE p."id" = c."personId") AND EXISTS (SELECT FROM "Report" r WHERE r."caseId" = c."id")
  AND NOT EXISTS (SELECT FROM "DeskCase" o WHERE o."thing" = c."thing" AND o."state" IN ('open', 'second')))`;

/** What waits, or more about what was closed. */
export function mayAct(staff: Pick<Viewer, 'id'>): Prisma.Sql {
  return Prisma.sql`(${mayHandle(staff)} AND (${waits} OR ${mayGoOn}))`;
}

/** What may show the abuse of a child is shown to nobody, in whatever case about that person a copy of it lies. */
export const isSealed = Prisma.sql`(c."sealedAt" IS NOT NULL OR EXISTS (
  SELECT FROM "DeskCase" o WHERE o."personId" = c."personId" AND o."sealedAt" IS NOT NULL))`;

/** What was taken away and decided: an appeal, or a second moderator, is answered instead. */
export function mayGiveBack(staff: Viewer): Prisma.Sql {
  return Prisma.sql`(c."state" = 'closed' AND ${mayHandle(staff)} AND (${isFree(staff)} OR ${isHeldBy(staff)}))`;
}

/** The desk took it off the site by sealing it; whoever runs the server opened it again, and nobody gave it back since. */
export const isAwayBySeal = Prisma.sql`(c."personId" IS NOT NULL AND NOT ${isSealed}
  AND (SELECT a."act" FROM "DeskAudit" a WHERE a."caseId" = c."id" AND a."act" IN ('seal', 'give-back') ORDER BY a."writtenAt" DESC LIMIT 1) = 'seal')`;

/** About nobody yet, and reported by nobody who is here: who it is about is said at the desk, once. A second name would let go of evidence. */
export const isNameless = Prisma.sql`(c."state" = 'open' AND c."personId" IS NULL AND c."sealedAt" IS NULL
  AND (c."kind" = 'outside' OR c."thing" LIKE 'signal:banned:%')
  AND NOT EXISTS (SELECT FROM "DeskDecision" d WHERE d."caseId" = c."id" AND d."overturnedAt" IS NULL)
  AND NOT EXISTS (SELECT FROM "Report" r WHERE r."caseId" = c."id" AND r."reporterId" IS NOT NULL))`;

/** In a statement that locks the case: nothing was said or decided about it between its beginning and the lock. */
export const isAsItWas = Prisma.sql`c."version" = (SELECT s."version" FROM "DeskCase" s WHERE s."id" = c."id")`;

export function isHeldBy({ id, now }: Pick<Viewer, 'id' | 'now'>): Prisma.Sql {
  return Prisma.sql`(c."heldBy" = ${id}::uuid AND c."heldUntil" > ${at(now)})`;
}

/** Theirs last, also where the time is over: nobody else has taken it since. */
export function isStillTheirs({ id }: Pick<Viewer, 'id'>): Prisma.Sql {
  return Prisma.sql`c."heldBy" = ${id}::uuid`;
}

export function isFree({ now }: Pick<Viewer, 'now'>): Prisma.Sql {
  return Prisma.sql`(c."heldUntil" IS NULL OR c."heldUntil" <= ${at(now)})`;
}
