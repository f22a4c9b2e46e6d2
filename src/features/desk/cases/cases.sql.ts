import type { Viewer } from '../../../kernel/viewer.ts';
import { at, Prisma } from '../../../platform/stores/db.ts';
import { deskPolicy } from '../policy.ts';

/** In each, the case is alias `c`. */

/** People who reported anything of this person, or this thing of nobody; a visitor counts once each time. */
export const reporters = Prisma.sql`(
  SELECT count(DISTINCT COALESCE(r."reporterId", r."id"))::int FROM "Report" r
  WHERE r."decidedAt" IS NULL AND (r."caseId" = c."id" OR r."personId" = c."personId"))`;

/** The law: minors first, then what three or more reported, then the oldest. */
export const byUrgency = Prisma.sql`c."involvesMinor" DESC, ${reporters} >= ${deskPolicy.manyReporters}::int DESC, c."openedAt", c."id"`;

/** Nobody sees their own case, or the names of those who reported them. */
export function isNotAbout({ id }: Pick<Viewer, 'id'>): Prisma.Sql {
  return Prisma.sql`c."personId" IS DISTINCT FROM ${id}::uuid`;
}

export const isAboutStaff = Prisma.sql`EXISTS (
  SELECT FROM "User" p WHERE p."id" = c."personId" AND p."role" <> 'member')`;

/** Somebody else is to look: nobody decides about themselves, staff, or what they reported, nor twice about one thing. */
export function mayHandle(staff: Pick<Viewer, 'id'>): Prisma.Sql {
  const me = Prisma.sql`${staff.id}::uuid`;
  return Prisma.sql`(${isNotAbout(staff)} AND NOT ${isAboutStaff}
    AND NOT EXISTS (SELECT FROM "Report" r WHERE r."caseId" = c."id" AND r."reporterId" = ${me})
    AND NOT EXISTS (
      SELECT FROM "DeskDecision" d WHERE d."caseId" = c."id" AND (
        (c."state" = 'second' AND d."overturnedAt" IS NULL AND d."confirmedAt" IS NULL AND d."decidedBy" = ${me})
        OR (c."state" = 'appealed' AND d."appealedAt" IS NOT NULL AND d."answeredAt" IS NULL
          AND (d."decidedBy" = ${me} OR d."confirmedBy" = ${me}))))
    AND c."state" <> 'closed')`;
}

export function isHeldBy({ id, now }: Pick<Viewer, 'id' | 'now'>): Prisma.Sql {
  return Prisma.sql`(c."heldBy" = ${id}::uuid AND c."heldUntil" > ${at(now)})`;
}

export function isFree({ now }: Pick<Viewer, 'now'>): Prisma.Sql {
  return Prisma.sql`(c."heldUntil" IS NULL OR c."heldUntil" <= ${at(now)})`;
}
