import type { PictureKind } from '../../platform/generated/prisma/enums.ts';
import { Prisma } from '../../platform/stores/db.ts';
import type { Question } from '../../platform/stores/question.ts';

/** How many of a kind somebody has, those in the making included. */
export function countQuestion(kind: PictureKind): Question {
  return () => Prisma.sql`(
    SELECT count(*)::int FROM "Picture" p
    WHERE p."userId" = u."id" AND p."kind" = ${kind}::"PictureKind" AND p."state" <> 'refused')`;
}
