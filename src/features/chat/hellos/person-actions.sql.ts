import { Prisma } from '../../../platform/stores/db.ts';
import type { PersonQuestion } from '../../../platform/stores/question.ts';
import { matches } from '../../profile/index.ts';
import { mayContact } from '../../safety/index.ts';
import { reached, status } from '../pairs/shown.sql.ts';

/** Whether the viewer has a conversation with the person of alias `u`, or may begin one; null: neither. */
export const chatQuestion: PersonQuestion = (viewer) => Prisma.sql`(
  SELECT CASE WHEN ${status(viewer)} <> 'new' THEN 'open' WHEN ${mayContact(viewer, matches(viewer))} THEN 'hello' END
  FROM (SELECT) one LEFT JOIN "Conversation" c
    ON c."id" = "conversation_id"(${viewer.id}::uuid, u."id") AND ${reached(viewer)})`;
