import type { Viewer } from '../../kernel/viewer.ts';
import { at, Prisma } from '../../platform/stores/db.ts';
import type { PersonQuestion } from '../../platform/stores/question.ts';
import { type Asking, sameBand } from './bands.sql.ts';

/** In each, the other person is alias `u`. */

export function arePartners({ id }: Pick<Asking, 'id'>): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM "Partner" p
    WHERE p."lowId" = LEAST(u."id", ${id}::uuid) AND p."highId" = GREATEST(u."id", ${id}::uuid))`;
}

/** There is such a person for this viewer: neither leaving, suspended nor banned, and no block between the two. */
export function isThere({ id, now }: Asking): Prisma.Sql {
  return Prisma.sql`(u."purgeAt" IS NULL AND u."bannedAt" IS NULL
    AND (u."suspendedUntil" IS NULL OR u."suspendedUntil" <= ${at(now)})
    AND NOT EXISTS (SELECT FROM "Block" b WHERE b."blockerId" = u."id" AND b."blockedId" = ${id}::uuid)
    AND NOT EXISTS (SELECT FROM "Block" b WHERE b."blockerId" = ${id}::uuid AND b."blockedId" = u."id"))`;
}

/** Whether the viewer may see them: profile, pictures and all that shows who somebody is. Partners stay, hidden or grown older. */
export function visibleTo(viewer: Asking): Prisma.Sql {
  return Prisma.sql`(${isThere(viewer)} AND (u."id" = ${viewer.id}::uuid OR ${arePartners(viewer)}
    OR (u."visibility" = 'members' AND ${sameBand(viewer)})))`;
}

/** Whether the two may come across each other: suggestions, search, moments, comments, likes, first hello. */
export function mayMeet(viewer: Viewer): Prisma.Sql {
  return Prisma.sql`(${isThere(viewer)} AND u."id" <> ${viewer.id}::uuid AND u."visibility" = 'members'
    AND ${sameBand(viewer)})`;
}

/** Whether what the two began may go on: partners, and those of whom one said hello; hiding does not end it. */
export function mayGoOn(viewer: Asking): Prisma.Sql {
  return Prisma.sql`(${isThere(viewer)} AND u."id" <> ${viewer.id}::uuid
    AND (${arePartners(viewer)} OR ${sameBand(viewer)}))`;
}

/** Whether the viewer may do something about them: whom they may see, and who reached them and has hidden since. */
export function knownTo(viewer: Viewer, acquainted: readonly PersonQuestion[]): Prisma.Sql {
  const ways = acquainted.map((ask) => ask(viewer));
  return ways.length === 0
    ? visibleTo(viewer)
    : Prisma.sql`(${visibleTo(viewer)} OR (${mayGoOn(viewer)} AND (${Prisma.join(ways, ' OR ')})))`;
}

/** Whether nobody comes across the viewer, who so says no first hello. */
export function isHidden({ id }: Viewer): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM "User" me WHERE me."id" = ${id}::uuid AND me."visibility" = 'nobody')`;
}
