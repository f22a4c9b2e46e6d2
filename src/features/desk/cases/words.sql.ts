import { later } from '../../../kernel/clock.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { at, Prisma } from '../../../platform/stores/db.ts';
import { deskPolicy } from '../policy.ts';

/** What somebody said to what another decided. */
export interface OwnWords {
  confirmed: Prisma.Sql;
  overturned: Prisma.Sql;
  answered: Prisma.Sql;
  any: Prisma.Sql;
}

/** When something was last said to a decision (alias `d`). */
export const lastWordAt = Prisma.sql`GREATEST(d."confirmedAt", d."overturnedAt", d."answeredAt")`;

/**
 * Of a decision (alias `d`): which words of this moderator may still be taken back. Nobody has heard of them, nobody appealed
 * since, and nothing was decided about the case after them.
 */
export function ownWords({ id, now }: Pick<Viewer, 'id' | 'now'>): OwnWords {
  const me = Prisma.sql`${id}::uuid`;
  const since = at(later(now, -deskPolicy.takenBackWithin));
  const nothingSince = Prisma.sql`d."saidAt" IS NOT NULL AND NOT EXISTS (
    SELECT FROM "DeskDecision" o WHERE o."caseId" = d."caseId" AND o."id" <> d."id" AND o."overturnedAt" IS NULL AND o."at" >= ${lastWordAt})`;
  const confirmed = Prisma.sql`COALESCE(d."confirmedBy" = ${me} AND d."confirmedAt" > ${since} AND ${nothingSince}
    AND num_nonnulls(d."overturnedAt", d."answeredAt", d."helpSentAt") = 0
    AND COALESCE(d."appealedAt" <= d."confirmedAt", TRUE) AND COALESCE(d."statementSentAt" < d."confirmedAt", TRUE), FALSE)`;
  const overturned = Prisma.sql`COALESCE(d."overturnedBy" = ${me} AND d."decidedBy" <> ${me} AND d."overturnedAt" > ${since} AND ${nothingSince}
    AND COALESCE(d."outcomeSentAt" < d."overturnedAt", TRUE), FALSE)`;
  const answered = Prisma.sql`COALESCE(d."answeredBy" = ${me} AND d."answeredAt" > ${since} AND ${nothingSince}
    AND COALESCE(d."overturnedAt" = d."answeredAt", TRUE) AND COALESCE(d."outcomeSentAt" < d."answeredAt", TRUE), FALSE)`;
  const any = Prisma.sql`(${confirmed} OR ${overturned} OR ${answered})`;
  return { confirmed, overturned, answered, any };
}
