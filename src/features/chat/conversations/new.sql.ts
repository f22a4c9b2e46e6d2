import { Prisma } from '../../../platform/stores/db.ts';
import type { Question } from '../../../platform/stores/question.ts';
import { mayGoOn } from '../../safety/index.ts';
import { waitingQuestion } from '../hellos/waiting.sql.ts';
import { unread } from '../messages/shown-messages.sql.ts';
import { badgePolicy } from '../policy.ts';

/**
 * What is new in all chats that are not muted: messages, and hellos that wait. Each chat costs a look into the index of its
 * messages; only of those with something new is it asked whether the two may go on.
 */
export const newQuestion: Question = (viewer) => Prisma.sql`(
  WITH counted AS MATERIALIZED (
    SELECT p."otherId", ${unread(viewer, badgePolicy.most)} AS "count" FROM "Participation" p
    WHERE p."userId" = ${viewer.id}::uuid AND p."list" = 'chats' AND p."mutedAt" IS NULL
  )
  SELECT LEAST(COALESCE(sum(c."count"), 0) + ${waitingQuestion(viewer)}, ${badgePolicy.most})::int FROM counted c
  WHERE c."count" > 0 AND EXISTS (SELECT FROM "User" u WHERE u."id" = c."otherId" AND ${mayGoOn(viewer)}))`;
