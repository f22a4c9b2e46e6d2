import { type Db, Prisma } from '../../../platform/stores/db.ts';
import type { Place } from '../pairs/pair.store.ts';

/** One of the two, and by which name and conversation they know what is over. */
export interface OverRow {
  userId: string;
  with: string;
  conversationId: string;
}

/** What others know of by now: a hello that is held back has not reached them. */
function overSql(mine: Prisma.Sql, whose: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT p."userId", u."username" AS "with", p."conversationId"
    FROM "Participation" mine
    JOIN "Conversation" c ON c."id" = mine."conversationId"
    JOIN "Participation" p ON p."conversationId" = mine."conversationId" AND ${whose}
      AND (c."askedBy" = p."userId" OR c."heldAt" IS NULL)
    JOIN "User" u ON u."id" = p."otherId"
    WHERE ${mine}`;
}

const both = Prisma.sql`p."userId" IN (mine."userId", mine."otherId")`;

export function createOverStore(db: Db) {
  return {
    between: (userId: string, otherId: string): Promise<OverRow[]> =>
      db.rows<OverRow>`${overSql(
        Prisma.sql`mine."userId" = ${userId}::uuid AND mine."conversationId" = "conversation_id"(${userId}::uuid, ${otherId}::uuid)`,
        both,
      )}`,

    at: (userId: string, { conversationId, usernameKey }: Place): Promise<OverRow[]> =>
      db.rows<OverRow>`${overSql(
        Prisma.sql`mine."userId" = ${userId}::uuid AND mine."conversationId" = COALESCE(${conversationId}::uuid,
          (SELECT "conversation_id"(${userId}::uuid, n."id") FROM "User" n WHERE n."usernameKey" = ${usernameKey}))`,
        both,
      )}`,

    /** All others of somebody. */
    allOf: (userId: string): Promise<OverRow[]> =>
      db.rows<OverRow>`${overSql(Prisma.sql`mine."userId" = ${userId}::uuid`, Prisma.sql`p."userId" = mine."otherId"`)}`,
  };
}

export type OverStore = ReturnType<typeof createOverStore>;
