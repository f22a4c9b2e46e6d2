import { later } from '../../../kernel/clock.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { eitherIsMinor, mayGoOn, reportPolicy } from '../../safety/index.ts';
import type { Place } from '../pairs/pair.store.ts';
import { reached } from '../pairs/shown.sql.ts';

export interface SaidRow {
  seq: number;
  mine: boolean;
  text: string | null; // null: deleted
  sealed: string[]; // what the other said in it, before an edit or its deletion
  at: string;
}

export interface ReportedConversation {
  id: string;
  personId: string | null; // null: their account is gone
  username: string | null;
  eitherIsMinor: boolean;
  messages: SaidRow[];
}

/** Which messages of a conversation: those round one, or the last. */
export type Part = { around: number } | 'last';

function within(part: Part): Prisma.Sql {
  if (part === 'last') return Prisma.sql`TRUE`;
  const { messagesAround } = reportPolicy;
  return Prisma.sql`m."seq" BETWEEN ${part.around - messagesAround}::int AND ${part.around + messagesAround}::int`;
}

/** What a viewer has of conversation `c`, and what the other side made of it. */
function said({ id }: Viewer, part: Part): Prisma.Sql {
  const most = part === 'last' ? reportPolicy.lastMessages : reportPolicy.messagesAround * 2 + 1;
  return Prisma.sql`COALESCE((
    SELECT json_agg(json_build_object('seq', s."seq", 'mine', s."mine", 'at', s."at",
      'text', CASE WHEN NOT s."gone" THEN s."text" END,
      'sealed', CASE WHEN s."mine" THEN '[]' ELSE COALESCE((
        SELECT json_agg(w."text" ORDER BY w."edit") FROM (
          SELECT o."edit", o."text" FROM "MessageVersion" o WHERE o."conversationId" = c."id" AND o."seq" = s."seq"
          UNION ALL SELECT s."edits", s."text" WHERE s."gone" AND s."text" <> '') w), '[]') END) ORDER BY s."seq")
    FROM (
      SELECT m."seq", m."at", m."text", m."edits", COALESCE(m."deletedAt", m."removedAt") IS NOT NULL AS "gone", COALESCE(m."authorId" = ${id}::uuid, FALSE) AS "mine"
      FROM "Message" m
      WHERE m."conversationId" = c."id" AND (NOT m."heldBack" OR m."authorId" = ${id}::uuid) AND ${within(part)}
      ORDER BY m."seq" DESC LIMIT ${most}
    ) s), '[]')`;
}

export function createChatEvidenceStore(db: Db) {
  return {
    /** Of two who may go on, or for a while after that ended, by the conversation's id alone. */
    async conversation(
      viewer: Viewer,
      { conversationId, usernameKey }: Place,
      part: Part,
    ): Promise<ReportedConversation | null> {
      const { id, now } = viewer;
      const since = at(later(now, -reportPolicy.reportableFor));
      const [found] = await db.rows<ReportedConversation>`
      SELECT c."id", u."id" AS "personId", CASE WHEN ${mayGoOn(viewer)} THEN u."username" END AS "username",
             COALESCE(${eitherIsMinor(viewer)}, FALSE) AS "eitherIsMinor", ${said(viewer, part)} AS "messages"
      FROM "Participation" p JOIN "Conversation" c ON c."id" = p."conversationId" AND ${reached(viewer)}
      LEFT JOIN "User" u ON u."id" = p."otherId"
      WHERE p."userId" = ${id}::uuid AND p."conversationId" = COALESCE(${conversationId}::uuid, (
          SELECT "conversation_id"(${id}::uuid, u."id") FROM "User" u
          WHERE u."usernameKey" = ${usernameKey} AND ${mayGoOn(viewer)}))
        AND (${mayGoOn(viewer)} OR COALESCE(
          LEAST(u."leavingAt", u."bannedAt", p."leftAt", (
            SELECT min(b."at") FROM "Block" b
            WHERE (b."blockerId", b."blockedId") IN ((${id}::uuid, u."id"), (u."id", ${id}::uuid)))),
          p."lastAt") > ${since})`;
      return found ?? null;
    },

    /** Their newest hellos that wait for somebody to look at them, for whoever does. */
    heldOf: (personId: string): Promise<{ conversationId: string; seq: number; text: string; at: Date }[]> =>
      db.rows`
      SELECT m."conversationId", m."seq", m."text", m."at" FROM "Conversation" c
      JOIN "Message" m ON m."conversationId" = c."id" AND m."seq" = c."lastSeq"
      WHERE (c."lowId" = ${personId}::uuid OR c."highId" = ${personId}::uuid) AND c."askedBy" = ${personId}::uuid
        AND c."state" = 'requested' AND c."heldAt" IS NOT NULL
      ORDER BY m."at" DESC LIMIT ${reportPolicy.lastMessages}`,

    /** The last between somebody and a person whom safety lets them report. */
    async between(reporter: Viewer, personId: string): Promise<{ id: string; messages: SaidRow[] } | null> {
      const [found] = await db.rows<{ id: string; messages: SaidRow[] }>`
      SELECT c."id", ${said(reporter, 'last')} AS "messages" FROM "Conversation" c
      WHERE c."id" = "conversation_id"(${reporter.id}::uuid, ${personId}::uuid) AND ${reached(reporter)}`;
      return found ?? null;
    },
  };
}

export type ChatEvidenceStore = ReturnType<typeof createChatEvidenceStore>;
