import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { matches } from '../../profile/index.ts';
import { arePartners, bothShow, mayContact, mayGoOn } from '../../safety/index.ts';
import { changedMessages, lastMessage, messages, unread } from '../messages/shown-messages.sql.ts';
import { badgePolicy } from '../policy.ts';
import type { ChatMessage, LastMessage } from '../messages/message.ts';
import type { ConversationStatus, Correspondent } from '../pairs/pair.ts';
import { helloAgainSql } from '../hellos/first-contact.sql.ts';
import type { Place } from '../pairs/pair.store.ts';
import { person, reached, status } from '../pairs/shown.sql.ts';

/** Moments as Postgres writes them into JSON. */
export type MessageRow = Omit<ChatMessage, 'at' | 'editedAt'> & { at: string; editedAt: string | null };
export type LastRow = Omit<LastMessage, 'at'> & { at: string };

interface Row {
  id: string;
  person: Correspondent | null;
  status: ConversationStatus;
  presenceOf: string | null; // the partner's id, where both show it
  muted: boolean;
  draft: string;
}

export interface ReadRow extends Row {
  messages: MessageRow[];
  changed: MessageRow[];
  archived: boolean;
  readSeq: number;
  lastSeq: number;
  lastChange: number;
  theirReadSeq: number | null;
  contactable: boolean;
  helloAgainAt: Date | null; // from when a first hello may be said once more, after one of the last day
}

export interface ListedRow extends Row {
  last: LastRow | null;
  unread: number;
  at: Date;
}

export type ListName = 'chats' | 'requests' | 'archived';

/** The last conversation of a page. */
export interface ListPlace {
  at: Date;
  id: string;
}

/** `changedAfter`: of those before `after`, what changed since. */
export interface Part {
  before: number | null;
  after: number | null;
  changedAfter: number | null;
  most: number;
}

/** The other and the conversation beside the viewer, alias `v`; a name finds both where the two may go on, an id also what is over. */
function found(viewer: Viewer, { conversationId, usernameKey }: Place): Prisma.Sql {
  if (conversationId === null)
    return Prisma.sql`
      LEFT JOIN "User" u ON u."usernameKey" = ${usernameKey} AND ${mayGoOn(viewer)}
      LEFT JOIN "Conversation" c ON c."id" = "conversation_id"(v."id", u."id") AND ${reached(viewer)}
      LEFT JOIN "Participation" p ON p."userId" = ${viewer.id}::uuid AND p."conversationId" = c."id"`;
  return Prisma.sql`
      LEFT JOIN "Participation" p ON p."userId" = ${viewer.id}::uuid AND p."conversationId" = ${conversationId}::uuid
      LEFT JOIN "User" u ON u."id" = p."otherId" AND ${mayGoOn(viewer)}
      LEFT JOIN "Conversation" c ON c."id" = p."conversationId" AND ${reached(viewer)}`;
}

/** The person of alias `u`, if the viewer may see whether they are here. */
function presenceOf(viewer: Viewer): Prisma.Sql {
  return Prisma.sql`CASE WHEN ${arePartners(viewer)} AND ${bothShow('presence', viewer)} THEN u."id" END`;
}

export function createReadingStore(db: Db) {
  return {
    /** 'nobody': neither a conversation, nor somebody to begin one with. Null: the session is over. */
    async read(
      viewer: Viewer,
      place: Place,
      { before, after, changedAfter, most }: Part,
    ): Promise<ReadRow | 'nobody' | null> {
      const which = Prisma.sql`m."seq" < ${before ?? 2 ** 31 - 1}::int AND m."seq" > ${after ?? 0}::int`;
      const order = after === null ? 'DESC' : 'ASC';
      const [row] = await db.rows<ReadRow & { exists: boolean }>`
      SELECT COALESCE(c."id", "conversation_id"(v."id", u."id")) AS "id", c."id" IS NOT NULL AS "exists",
             ${person(viewer)} AS "person", ${status(viewer)} AS "status",
             ${messages(viewer, which, order, most)} AS "messages",
             ${changedAfter === null ? Prisma.sql`'[]'::json` : changedMessages(viewer, changedAfter, after ?? 2 ** 31 - 1, most)} AS "changed",
             p."mutedAt" IS NOT NULL AS "muted", COALESCE(p."list" = 'archived', FALSE) AS "archived",
             COALESCE(p."draft", '') AS "draft", COALESCE(p."readSeq", 0) AS "readSeq",
             COALESCE(c."lastSeq", 0) AS "lastSeq", COALESCE(c."lastChange", 0) AS "lastChange",
             ${presenceOf(viewer)} AS "presenceOf",
             CASE WHEN c."state" = 'accepted' AND u."id" IS NOT NULL AND ${bothShow('receipts', viewer)} THEN (
               SELECT r."readSeq" FROM "Participation" r WHERE r."userId" = u."id" AND r."conversationId" = c."id") END AS "theirReadSeq",
             COALESCE(${mayContact(viewer, matches(viewer))}, FALSE) AS "contactable",
             ${helloAgainSql(viewer, Prisma.sql`u."id"`)} AS "helloAgainAt"
      FROM "User" v ${found(viewer, place)}
      WHERE v."id" = ${viewer.id}::uuid AND v."securityVersion" = ${viewer.securityVersion}::int`;
      if (!row) return null;
      const { exists, ...conversation } = row;
      return (exists && row.status !== 'new') || (row.person && row.contactable) ? conversation : 'nobody';
    },

    /** Newest first, with the last message of each. Hellos of those who are gone stand among the chats. Null: the session is over. */
    async list(
      viewer: Viewer,
      list: ListName,
      after: ListPlace | null,
      most: number,
    ): Promise<ListedRow[] | null> {
      const behind = after
        ? Prisma.sql`(p."lastAt", p."conversationId") < (${at(after.at)}, ${after.id}::uuid)`
        : Prisma.sql`TRUE`;
      const listed = {
        requests: Prisma.sql`p."list" = 'requests' AND u."id" IS NOT NULL`,
        chats: Prisma.sql`(p."list" = 'chats' OR (p."list" = 'requests' AND u."id" IS NULL))`,
        archived: Prisma.sql`p."list" = 'archived'`,
      }[list];
      const rows = await db.rows<ListedRow | { id: null }>`
      SELECT l.* FROM "User" v LEFT JOIN LATERAL (
        SELECT c."id", p."lastAt" AS "at", ${person(viewer)} AS "person", ${status(viewer)} AS "status",
               ${presenceOf(viewer)} AS "presenceOf", ${lastMessage(viewer)} AS "last", ${unread(viewer, badgePolicy.most)} AS "unread",
               p."mutedAt" IS NOT NULL AS "muted", COALESCE(p."draft", '') AS "draft"
        FROM "Participation" p JOIN "Conversation" c ON c."id" = p."conversationId"
        LEFT JOIN "User" u ON u."id" = p."otherId" AND ${mayGoOn(viewer)}
        WHERE p."userId" = ${viewer.id}::uuid AND ${listed} AND ${behind}
        ORDER BY p."lastAt" DESC, p."conversationId" DESC LIMIT ${most}
      ) l ON TRUE
      WHERE v."id" = ${viewer.id}::uuid AND v."securityVersion" = ${viewer.securityVersion}::int`;
      if (rows.length === 0) return null;
      return rows.filter((row): row is ListedRow => row.id !== null);
    },
  };
}

export type ReadingStore = ReturnType<typeof createReadingStore>;
