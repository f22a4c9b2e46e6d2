import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { mayGoOn } from '../../safety/index.ts';
import { isReadable, messageJson } from '../messages/shown-messages.sql.ts';
import type { Correspondent } from '../pairs/pair.ts';
import { person, reached } from '../pairs/shown.sql.ts';
import type { MessageRow } from '../conversations/reading.store.ts';

export interface KeptRow {
  id: string; // of the conversation
  person: Correspondent | null;
  message: MessageRow;
}

/** The last message of a page. */
export interface KeptPlace {
  at: Date;
  id: string;
  seq: number;
}

/** In which language a message `m` is: its author's word, or that of what it corrects. */
const languageOf = Prisma.sql`COALESCE(m."language", (
  SELECT q."language" FROM "Message" q WHERE q."conversationId" = m."conversationId" AND q."seq" = m."corrects"), '')`;

/** The corrections that the viewer got, and the messages that they keep: each once, as `m` of the conversation `c`. */
function mine(viewer: Viewer): Prisma.Sql {
  return Prisma.sql`(
    SELECT p."conversationId", p."otherId", m."seq" FROM "Participation" p
    JOIN "Message" m ON m."conversationId" = p."conversationId" AND m."corrects" IS NOT NULL
      AND m."authorId" IS DISTINCT FROM ${viewer.id}::uuid
    WHERE p."userId" = ${viewer.id}::uuid
    UNION
    SELECT k."conversationId", p."otherId", k."seq" FROM "KeptMessage" k
    JOIN "Participation" p ON p."userId" = k."userId" AND p."conversationId" = k."conversationId"
    WHERE k."userId" = ${viewer.id}::uuid
  ) mine
  JOIN "Conversation" c ON c."id" = mine."conversationId" AND ${reached(viewer)}
  JOIN "Message" m ON m."conversationId" = mine."conversationId" AND m."seq" = mine."seq" AND ${isReadable(viewer)}
  LEFT JOIN "User" u ON u."id" = mine."otherId" AND ${mayGoOn(viewer)}`;
}

export function createCorrectionsStore(db: Db) {
  return {
    /** Newest first; `language` '': all of them. Null: the session is over. */
    async list(viewer: Viewer, language: string, after: KeptPlace | null, most: number) {
      const behind = after
        ? Prisma.sql`(m."at", m."conversationId", m."seq") < (${at(after.at)}, ${after.id}::uuid, ${after.seq}::int)`
        : Prisma.sql`TRUE`;
      const rows = await db.rows<{ rows: KeptRow[]; languages: string[] }>`
      SELECT COALESCE((SELECT json_agg(json_build_object('id', l."id", 'person', l."person", 'message', l."message")) FROM (
          SELECT c."id", ${person(viewer)} AS "person", ${messageJson(viewer)} AS "message" FROM ${mine(viewer)}
          WHERE ${behind} AND (${language} = '' OR ${languageOf} = ${language})
          ORDER BY m."at" DESC, m."conversationId" DESC, m."seq" DESC LIMIT ${most}) l), '[]') AS "rows",
        COALESCE((SELECT json_agg(DISTINCT ${languageOf}) FROM ${mine(viewer)} WHERE ${languageOf} <> ''), '[]') AS "languages"
      FROM "User" v
      WHERE v."id" = ${viewer.id}::uuid AND v."securityVersion" = ${viewer.securityVersion}::int`;
      return rows[0] ?? null;
    },
  };
}

export type CorrectionsStore = ReturnType<typeof createCorrectionsStore>;
