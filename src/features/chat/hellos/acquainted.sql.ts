import { Prisma } from '../../../platform/stores/db.ts';
import type { PersonQuestion } from '../../../platform/stores/question.ts';
import { reached } from '../pairs/shown.sql.ts';

/** Somebody's hello reached the other, or theirs the viewer, whatever became of it. */
export const acquainted: PersonQuestion = (viewer) => Prisma.sql`EXISTS (
  SELECT FROM "Conversation" c WHERE c."id" = "conversation_id"(${viewer.id}::uuid, u."id") AND ${reached(viewer)})`;
