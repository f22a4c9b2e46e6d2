import type { Question } from '../../../platform/stores/question.ts';
import { Prisma } from '../../../platform/stores/db.ts';

/** How many cases wait; null: the viewer does not work at the desk. */
export const waitingQuestion: Question = () => Prisma.sql`CASE WHEN u."role" <> 'member' THEN (
  SELECT count(*)::int FROM "DeskCase" c WHERE c."state" <> 'closed' AND c."personId" IS DISTINCT FROM u."id") END`;
