import type { Viewer } from '../../../kernel/viewer.ts';
import { Prisma } from '../../../platform/stores/db.ts';

/** In each, the conversation is alias `c` and a message of it `m`. */

/** A hello that was taken back is gone; what was deleted later keeps its number. */
function isShownTo({ id }: Viewer): Prisma.Sql {
  return Prisma.sql`(NOT m."heldBack" OR m."authorId" = ${id}::uuid) AND (m."deletedAt" IS NULL OR c."acceptedAt" IS NOT NULL)`;
}

function isGone(alias: string): Prisma.Sql {
  return Prisma.raw(`(${alias}."deletedAt" IS NOT NULL OR ${alias}."removedAt" IS NOT NULL)`);
}

function isMine(alias: string, { id }: Viewer): Prisma.Sql {
  return Prisma.sql`COALESCE(${Prisma.raw(alias)}."authorId" = ${id}::uuid, FALSE)`;
}

/** The message that this one answers, as it stands now. */
function answered(viewer: Viewer): Prisma.Sql {
  return Prisma.sql`CASE WHEN m."answers" IS NOT NULL AND NOT ${isGone('m')} THEN (
    SELECT json_build_object('seq', q."seq", 'mine', ${isMine('q', viewer)}, 'language', q."language",
                             'text', CASE WHEN NOT ${isGone('q')} THEN q."text" END)
    FROM "Message" q WHERE q."conversationId" = c."id" AND q."seq" = m."answers") END`;
}

/** The message that this one corrects, as it was then: gone with it. */
function corrected(viewer: Viewer): Prisma.Sql {
  return Prisma.sql`CASE WHEN m."corrects" IS NOT NULL AND NOT ${isGone('m')} THEN (
    SELECT json_build_object('seq', q."seq", 'mine', ${isMine('q', viewer)}, 'language', q."language",
      'outdated', q."edits" > m."correctsEdit",
      'text', CASE WHEN ${isGone('q')} THEN NULL WHEN q."edits" = m."correctsEdit" THEN q."text" ELSE (
        SELECT o."text" FROM "MessageVersion" o
        WHERE o."conversationId" = c."id" AND o."seq" = q."seq" AND o."edit" = m."correctsEdit") END)
    FROM "Message" q WHERE q."conversationId" = c."id" AND q."seq" = m."corrects") END`;
}

function reactions({ id }: Viewer): Prisma.Sql {
  return Prisma.sql`COALESCE((
    SELECT json_agg(json_build_object('emoji', r."emoji", 'mine', r."userId" = ${id}::uuid) ORDER BY r."at")
    FROM "MessageReaction" r WHERE r."conversationId" = c."id" AND r."seq" = m."seq"), '[]')`;
}

/** It is gone with what it corrects: most of its words are the other's. */
const correctsNothing = Prisma.sql`(m."corrects" IS NOT NULL AND EXISTS (
  SELECT FROM "Message" q WHERE q."conversationId" = c."id" AND q."seq" = m."corrects" AND ${isGone('q')}))`;

/** The viewer can read its words. */
export function isReadable({ id }: Viewer): Prisma.Sql {
  return Prisma.sql`(NOT ${isGone('m')} AND NOT ${correctsNothing} AND (NOT m."heldBack" OR m."authorId" = ${id}::uuid))`;
}

/** One message as JSON, as conversations.ts has it. */
export function messageJson(viewer: Viewer): Prisma.Sql {
  return Prisma.sql`json_build_object('seq', m."seq", 'mine', ${isMine('m', viewer)},
    'clientId', CASE WHEN ${isMine('m', viewer)} THEN m."clientId" END,
    'text', CASE WHEN NOT ${isGone('m')} AND NOT ${correctsNothing} THEN m."text" END,
    'at', m."at", 'change', m."change", 'language', m."language", 'edits', m."edits", 'editedAt', m."editedAt",
    'answers', ${answered(viewer)}, 'corrects', ${corrected(viewer)},
    'note', CASE WHEN NOT ${isGone('m')} AND NOT ${correctsNothing} THEN m."note" END,
    'reactions', ${reactions(viewer)},
    'kept', EXISTS (SELECT FROM "KeptMessage" k
      WHERE k."userId" = ${viewer.id}::uuid AND k."conversationId" = c."id" AND k."seq" = m."seq"))`;
}

/** At most `most` messages that the viewer has, from one end of `which`. */
export function messages(viewer: Viewer, which: Prisma.Sql, order: 'ASC' | 'DESC', most: number): Prisma.Sql {
  return Prisma.sql`COALESCE((
    SELECT json_agg(${messageJson(viewer)} ORDER BY m."seq") FROM (
      SELECT m.* FROM "Message" m WHERE m."conversationId" = c."id" AND ${isShownTo(viewer)} AND ${which}
      ORDER BY m."seq" ${Prisma.raw(order)} LIMIT ${most}
    ) m), '[]')`;
}

/** Messages up to a number that changed after a change, the first of them; what one change touched stays together. */
export function changedMessages(viewer: Viewer, change: number, upTo: number, most: number): Prisma.Sql {
  return Prisma.sql`COALESCE((
    SELECT json_agg(${messageJson(viewer)} ORDER BY m."change", m."seq") FROM (
      SELECT m.* FROM "Message" m WHERE m."conversationId" = c."id" AND ${isShownTo(viewer)}
        AND m."isChanged" AND m."change" > ${change}::int AND m."seq" <= ${upTo}::int
      ORDER BY m."change" FETCH FIRST ${most} ROWS WITH TIES
    ) m), '[]')`;
}

/** The last of them that the viewer has, in short, for a list. */
export function lastMessage(viewer: Viewer): Prisma.Sql {
  return Prisma.sql`(
    SELECT json_build_object('seq', m."seq", 'mine', ${isMine('m', viewer)}, 'at', m."at", 'language', m."language",
      'isCorrection', m."corrects" IS NOT NULL, 'clientId', CASE WHEN ${isMine('m', viewer)} THEN m."clientId" END,
      'text', CASE WHEN NOT ${isGone('m')} THEN m."text" END)
    FROM "Message" m WHERE m."conversationId" = c."id" AND ${isShownTo(viewer)} ORDER BY m."seq" DESC LIMIT 1)`;
}

/** How many of the other's messages lie beyond the viewer's mark; counted no further than a badge says. */
export function unread({ id }: Viewer, most: number): Prisma.Sql {
  return Prisma.sql`(SELECT count(*)::int FROM (
    SELECT FROM "Message" m
    WHERE m."conversationId" = p."conversationId" AND m."seq" > p."readSeq" AND m."authorId" IS DISTINCT FROM ${id}::uuid
      AND NOT m."heldBack" AND m."deletedAt" IS NULL AND m."removedAt" IS NULL LIMIT ${most}) unread)`;
}
