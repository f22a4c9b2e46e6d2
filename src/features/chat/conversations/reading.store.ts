import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { matches } from '../../profile/index.ts';
import { mayContact, mayGoOn, visibleTo } from '../../safety/index.ts';
import type { ConversationStatus, Correspondent } from './conversations.ts';
import { saidLatelySql } from './first-contact.sql.ts';
import type { Place } from './pair.store.ts';
import { messages, person, reached, status } from './shown.sql.ts';

export interface MessageRow {
  seq: number;
  mine: boolean;
  clientId: string | null;
  text: string | null;
  at: string; // as Postgres writes it into JSON
}

interface Row {
  id: string;
  person: Correspondent | null;
  status: ConversationStatus;
  messages: MessageRow[];
}

export interface ReadRow extends Row {
  contactable: boolean;
  saidLately: boolean; // a first hello within a day
}

export interface ListedRow extends Row {
  at: Date;
}

/** The last conversation of a page. */
export interface ListPlace {
  at: Date;
  id: string;
}

interface Part {
  before: number | null;
  after: number | null;
  most: number;
}

/** The other and the conversation beside the viewer, alias `v`; a name finds both where the two may go on, an id also what is over. */
function found(viewer: Viewer, { conversationId, usernameKey }: Place): Prisma.Sql {
  if (conversationId === null)
    return Prisma.sql`
      LEFT JOIN "User" u ON u."usernameKey" = ${usernameKey} AND ${mayGoOn(viewer)}
      LEFT JOIN "Conversation" c ON c."id" = "conversation_id"(v."id", u."id") AND ${reached(viewer)}`;
  return Prisma.sql`
      LEFT JOIN "Participation" p ON p."userId" = ${viewer.id}::uuid AND p."conversationId" = ${conversationId}::uuid
      LEFT JOIN "User" u ON u."id" = p."otherId" AND ${mayGoOn(viewer)}
      LEFT JOIN "Conversation" c ON c."id" = p."conversationId" AND ${reached(viewer)}`;
}

export function createReadingStore(db: Db) {
  return {
    /** 'nobody': neither a conversation, nor somebody to begin one with. Null: the session is over. */
    async read(
      viewer: Viewer,
      place: Place,
      { before, after, most }: Part,
    ): Promise<ReadRow | 'nobody' | null> {
      const which = Prisma.sql`m."seq" < ${before ?? 2 ** 31 - 1}::int AND m."seq" > ${after ?? 0}::int`;
      const order = after === null ? 'DESC' : 'ASC';
      const [row] = await db.rows<ReadRow & { exists: boolean }>`
      SELECT COALESCE(c."id", "conversation_id"(v."id", u."id")) AS "id", c."id" IS NOT NULL AS "exists",
             ${person(viewer)} AS "person", ${status(viewer)} AS "status",
             ${messages(viewer, which, order, most)} AS "messages",
             COALESCE(${mayContact(viewer, matches(viewer))}, FALSE) AS "contactable",
             COALESCE(${saidLatelySql(viewer, Prisma.sql`u."id"`)}, FALSE) AS "saidLately"
      FROM "User" v ${found(viewer, place)}
      WHERE v."id" = ${viewer.id}::uuid AND v."securityVersion" = ${viewer.securityVersion}::int`;
      if (!row) return null;
      const { exists, ...conversation } = row;
      return (exists && row.status !== 'new') || (row.person && row.contactable) ? conversation : 'nobody';
    },

    /** What the viewer is called, and the other if the viewer may see them: asking by a name tells of nobody. */
    async names(viewer: Viewer, { usernameKey }: Place): Promise<string[]> {
      const rows = await db.rows<{ names: string[] }>`
      SELECT array_remove(ARRAY[u."username", u."displayName"], NULL) AS "names" FROM "User" u
      WHERE u."id" = ${viewer.id}::uuid OR (u."usernameKey" = ${usernameKey} AND ${visibleTo(viewer)})`;
      return rows.flatMap(({ names }) => names);
    },

    /** Newest first, with the last message of each. Hellos of those who are gone stand among the chats. Null: the session is over. */
    async list(
      viewer: Viewer,
      list: 'chats' | 'requests',
      after: ListPlace | null,
      most: number,
    ): Promise<ListedRow[] | null> {
      const behind = after
        ? Prisma.sql`(p."lastAt", p."conversationId") < (${at(after.at)}, ${after.id}::uuid)`
        : Prisma.sql`TRUE`;
      const listed =
        list === 'requests'
          ? Prisma.sql`p."list" = 'requests' AND u."id" IS NOT NULL`
          : Prisma.sql`(p."list" = 'chats' OR (p."list" = 'requests' AND u."id" IS NULL))`;
      const rows = await db.rows<ListedRow | { id: null }>`
      SELECT l.* FROM "User" v LEFT JOIN LATERAL (
        SELECT c."id", p."lastAt" AS "at", ${person(viewer)} AS "person", ${status(viewer)} AS "status",
               ${messages(viewer, Prisma.sql`TRUE`, 'DESC', 1)} AS "messages"
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
