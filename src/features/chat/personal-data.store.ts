import { at, type Db, Prisma } from '../../platform/stores/db.ts';
import { mayGoOn } from '../safety/index.ts';
import { cleanupPolicy } from './policy.ts';

interface Exported {
  conversations: object[];
  firstHellos: object[];
}

/** What the chat holds of one person. */
export function createPersonalDataStore(db: Db) {
  /** The first batch of their conversations; false: there is none any more. */
  const eraseSome = async (id: string, now: Date): Promise<boolean> => {
    const erased = await db.run`
      WITH mine AS (
        DELETE FROM "Participation" WHERE "userId" = ${id}::uuid AND "conversationId" = ANY(ARRAY(
          SELECT p."conversationId" FROM "Participation" p WHERE p."userId" = ${id}::uuid LIMIT ${cleanupPolicy.conversations}))
        RETURNING "conversationId" AS "id", "otherId"
      ), emptied AS (
        DELETE FROM "Conversation" c USING mine WHERE c."id" = mine."id" AND mine."otherId" IS NULL
      ), lost AS (
        DELETE FROM "Message" m USING mine WHERE m."conversationId" = mine."id" AND mine."otherId" IS NULL
      ), lost_versions AS (
        DELETE FROM "MessageVersion" o USING mine WHERE o."conversationId" = mine."id" AND mine."otherId" IS NULL
      ), reactions AS (
        DELETE FROM "MessageReaction" r USING mine
        WHERE r."conversationId" = mine."id" AND (r."userId" = ${id}::uuid OR mine."otherId" IS NULL)
      ), left_behind AS (
        UPDATE "Conversation" c SET
          "lowId" = NULLIF(c."lowId", ${id}::uuid), "highId" = NULLIF(c."highId", ${id}::uuid), "askedBy" = NULLIF(c."askedBy", ${id}::uuid),
          "state" = CASE WHEN c."state" = 'requested' AND c."askedBy" = ${id}::uuid THEN 'withdrawn'::"ConversationState" ELSE c."state" END,
          "heldAt" = NULL, "lastChange" = c."lastChange" + 1
        FROM mine WHERE c."id" = mine."id" AND mine."otherId" IS NOT NULL
        RETURNING c."id", c."lastChange"
      ), stay AS (
        SELECT COALESCE(bool_or("keepsMessages"), FALSE) AS "messages", COALESCE(min("leavingAt"), ${at(now)}) AS "leftAt"
        FROM "User" WHERE "id" = ${id}::uuid
      ), written AS (
        SELECT m."conversationId", m."seq", m."text", m."deletedAt" FROM "Message" m JOIN left_behind c ON c."id" = m."conversationId"
        WHERE m."authorId" = ${id}::uuid AND m."text" <> '' AND NOT m."heldBack"
      ), sealed AS (
        INSERT INTO "SealedWords" ("id", "thing", "text", "at")
        SELECT gen_random_uuid(), 'message:' || w."conversationId" || ':' || w."seq", words."text", LEAST(w."deletedAt", stay."leftAt")
        FROM written w CROSS JOIN stay CROSS JOIN LATERAL (
          SELECT w."text" UNION ALL SELECT o."text" FROM "MessageVersion" o
          WHERE o."conversationId" = w."conversationId" AND o."seq" = w."seq") words("text")
        WHERE w."deletedAt" IS NOT NULL OR NOT stay."messages"
      ), versions AS (
        DELETE FROM "MessageVersion" o USING written w, stay
        WHERE o."conversationId" = w."conversationId" AND o."seq" = w."seq" AND (w."deletedAt" IS NOT NULL OR NOT stay."messages")
      ), unnamed AS (
        UPDATE "Message" m SET "authorId" = NULL, "change" = c."lastChange",
          "text" = CASE WHEN stay."messages" AND m."deletedAt" IS NULL THEN m."text" ELSE '' END,
          "note" = CASE WHEN stay."messages" AND m."deletedAt" IS NULL THEN m."note" END,
          "deletedAt" = CASE WHEN stay."messages" THEN m."deletedAt" ELSE COALESCE(m."deletedAt", ${at(now)}) END
        FROM left_behind c, stay
        WHERE m."conversationId" = c."id" AND m."authorId" = ${id}::uuid
      ), others AS (
        UPDATE "Participation" p SET "otherId" = NULL, "leftAt" = stay."leftAt", "list" = CASE WHEN p."list" = 'requests' THEN 'chats'::"ChatList" ELSE p."list" END
        FROM mine JOIN left_behind c ON c."id" = mine."id" CROSS JOIN stay
        WHERE p."userId" = mine."otherId" AND p."conversationId" = mine."id"
      )
      SELECT FROM mine`;
    return erased > 0;
  };

  return {
    /** Their own words, to whom and when; what others wrote to them is in the copies of the others. */
    async exportOf(id: string, now: Date): Promise<Exported> {
      const name = Prisma.sql`CASE WHEN ${mayGoOn({ id, now })} THEN u."username" END`;
      const [found] = await db.rows<Exported>`
      SELECT COALESCE((
        SELECT json_agg(json_build_object(
          'with', ${name}, 'list', p."list", 'lastAt', p."lastAt", 'readSeq', p."readSeq", 'mutedAt', p."mutedAt", 'draft', p."draft",
          'state', c."state", 'askedByMe', COALESCE(c."askedBy" = ${id}::uuid, FALSE), 'askedAt', c."askedAt",
          'acceptedAt', c."acceptedAt", 'declinedAt', CASE WHEN c."askedBy" <> ${id}::uuid THEN c."declinedAt" END,
          'messages', COALESCE((
            SELECT json_agg(json_build_object('seq', m."seq", 'clientId', m."clientId", 'text', m."text", 'at', m."at",
                                              'language', m."language", 'answers', m."answers", 'corrects', m."corrects", 'note', m."note",
                                              'editedAt', m."editedAt", 'before', COALESCE((
                SELECT json_agg(json_build_object('text', o."text", 'at', o."at") ORDER BY o."edit") FROM "MessageVersion" o
                WHERE o."conversationId" = m."conversationId" AND o."seq" = m."seq"), '[]')) ORDER BY m."seq")
            FROM "Message" m
            WHERE m."conversationId" = c."id" AND m."authorId" = ${id}::uuid AND m."deletedAt" IS NULL), '[]'),
          'reactions', COALESCE((
            SELECT json_agg(json_build_object('seq', r."seq", 'emoji', r."emoji", 'at', r."at") ORDER BY r."at") FROM "MessageReaction" r
            WHERE r."conversationId" = c."id" AND r."userId" = ${id}::uuid), '[]'),
          'kept', COALESCE((
            SELECT json_agg(json_build_object('seq', k."seq", 'at', k."at") ORDER BY k."at") FROM "KeptMessage" k
            WHERE k."userId" = ${id}::uuid AND k."conversationId" = c."id"), '[]')) ORDER BY p."lastAt")
        FROM "Participation" p JOIN "Conversation" c ON c."id" = p."conversationId"
        LEFT JOIN "User" u ON u."id" = p."otherId"
        WHERE p."userId" = ${id}::uuid AND (c."askedBy" = ${id}::uuid OR c."heldAt" IS NULL)), '[]') AS "conversations",
      COALESCE((
        SELECT json_agg(json_build_object('to', ${name}, 'at', h."at", 'words', h."words", 'devices', h."devices", 'network', h."network") ORDER BY h."at")
        FROM "FirstHello" h LEFT JOIN "User" u ON u."id" = h."otherId" WHERE h."userId" = ${id}::uuid), '[]') AS "firstHellos"`;
      return found!;
    },

    /** Conversations stay with the others, without a name; words too, if whoever leaves chose so. May be asked twice. */
    async eraseOf(id: string, now: Date): Promise<void> {
      while (await eraseSome(id, now));
      await db.run`
      WITH hellos AS (DELETE FROM "FirstHello" WHERE "userId" = ${id}::uuid),
           kept AS (DELETE FROM "KeptMessage" WHERE "userId" = ${id}::uuid)
      DELETE FROM "DeclinedHello" WHERE "askedBy" = ${id}::uuid`;
    },
  };
}
