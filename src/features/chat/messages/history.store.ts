import type { Viewer } from '../../../kernel/viewer.ts';
import type { Db } from '../../../platform/stores/db.ts';
import { mayGoOn } from '../../safety/index.ts';
import type { Place } from '../pairs/pair.store.ts';
import { reached } from '../pairs/shown.sql.ts';
import type { MessageHistory } from './message.ts';
import { isReadable } from './shown-messages.sql.ts';

/** Moments as Postgres writes them into JSON. */
type Row = Omit<MessageHistory, 'versions'> & {
  isKnown: boolean;
  isThere: boolean;
  versions: { text: string; at: string }[];
};

export function createHistoryStore(db: Db) {
  return {
    /** What a message said, the first first, and what it says now. Null: the session is over. */
    async of(
      viewer: Viewer,
      { conversationId, usernameKey }: Place,
      seq: number,
    ): Promise<MessageHistory | 'nobody' | 'gone' | null> {
      const [row] = await db.rows<Row>`
      SELECT c."id" IS NOT NULL AS "isKnown", m."seq" IS NOT NULL AS "isThere", m."language",
             COALESCE(m."authorId" = v."id", FALSE) AS "mine", COALESCE((
               SELECT json_agg(json_build_object('text', o."text", 'at', o."at") ORDER BY o."edit") FROM (
                 SELECT o."edit", o."text", o."at" FROM "MessageVersion" o
                 WHERE o."conversationId" = c."id" AND o."seq" = m."seq"
                 UNION ALL SELECT m."edits", m."text", COALESCE(m."editedAt", m."at") WHERE m."seq" IS NOT NULL) o), '[]') AS "versions"
      FROM "User" v
      LEFT JOIN "Participation" p ON p."userId" = v."id" AND p."conversationId" = COALESCE(${conversationId}::uuid, (
        SELECT "conversation_id"(${viewer.id}::uuid, u."id") FROM "User" u
        WHERE u."usernameKey" = ${usernameKey} AND ${mayGoOn(viewer)}))
      LEFT JOIN "Conversation" c ON c."id" = p."conversationId" AND ${reached(viewer)}
      LEFT JOIN "Message" m ON m."conversationId" = c."id" AND m."seq" = ${seq}::int AND ${isReadable(viewer)}
      WHERE v."id" = ${viewer.id}::uuid AND v."securityVersion" = ${viewer.securityVersion}::int`;
      if (!row) return null;
      const { isKnown, isThere, versions, ...message } = row;
      if (!isKnown || !isThere) return isKnown ? 'gone' : 'nobody';
      return { ...message, versions: versions.map(({ text, at }) => ({ text, at: new Date(at) })) };
    },
  };
}

export type HistoryStore = ReturnType<typeof createHistoryStore>;
