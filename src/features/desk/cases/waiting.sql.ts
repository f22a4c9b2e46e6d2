import type { Question } from '../../../platform/stores/question.ts';
import { Prisma } from '../../../platform/stores/db.ts';
import { maySee } from './cases.sql.ts';

/** How many cases wait that they may see; null: the viewer does not work at the desk. */
export const waitingQuestion: Question = (viewer) => Prisma.sql`CASE WHEN u."role" <> 'member' THEN (
  SELECT count(*)::int FROM "DeskCase" c WHERE c."state" <> 'closed' AND ${maySee(viewer)}) END`;
