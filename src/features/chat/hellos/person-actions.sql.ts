import { Prisma } from '../../../platform/stores/db.ts';
import type { PersonQuestion } from '../../../platform/stores/question.ts';
import { matches } from '../../profile/index.ts';
import { mayContact } from '../../safety/index.ts';
import { saidLatelySql } from './first-contact.sql.ts';
import { reached, status } from '../pairs/shown.sql.ts';

/** Whether the viewer has a conversation with the person of alias `u`, or may begin one now; null: neither. */
export const chatQuestion: PersonQuestion = (viewer) => Prisma.sql`(
  SELECT CASE WHEN ${status(viewer)} <> 'new' THEN 'open'
    WHEN ${mayContact(viewer, matches(viewer))} AND NOT ${saidLatelySql(viewer, Prisma.sql`u."id"`)} THEN 'hello' END
  FROM (SELECT) one LEFT JOIN "Conversation" c
    ON c."id" = "conversation_id"(${viewer.id}::uuid, u."id") AND ${reached(viewer)})`;

/** With which languages the viewer may begin one now; null: they may not. */
export const startersQuestion: PersonQuestion = (viewer) => Prisma.sql`(
  SELECT CASE WHEN ${chatQuestion(viewer)} = 'hello' THEN (
    SELECT json_agg(json_build_object('code', l."code", 'role', l."role"))
    FROM "UserLanguage" l WHERE l."userId" = ${viewer.id}::uuid) END)`;
