import { at, type Db, Prisma } from '../../../platform/stores/db.ts';

/** What the desk takes away and gives back. Neither touches what its author deleted. */
export function createMessageRemovalStore(db: Db) {
  const set = async (
    conversationId: string,
    personId: string,
    seq: number | null,
    removedAt: Date | null,
  ): Promise<void> => {
    const which = seq === null ? Prisma.sql`TRUE` : Prisma.sql`m."seq" = ${seq}::int`;
    const before = removedAt ? Prisma.sql`m."removedAt" IS NULL` : Prisma.sql`m."removedAt" IS NOT NULL`;
    await db.run`
    WITH talk AS (
      UPDATE "Conversation" c SET "lastChange" = c."lastChange" + 1 WHERE c."id" = ${conversationId}::uuid AND EXISTS (
        SELECT FROM "Message" m WHERE m."conversationId" = c."id" AND m."authorId" = ${personId}::uuid AND ${which} AND ${before})
      RETURNING c."lastChange"
    )
    UPDATE "Message" m SET "removedAt" = ${removedAt ? at(removedAt) : null}::timestamptz, "change" = talk."lastChange" FROM talk
    WHERE m."conversationId" = ${conversationId}::uuid AND m."authorId" = ${personId}::uuid AND ${which} AND ${before}`;
  };
  return {
    /** `seq` null: all that this person wrote there. */
    remove: (conversationId: string, personId: string, seq: number | null, now: Date) =>
      set(conversationId, personId, seq, now),
    restore: (conversationId: string, personId: string, seq: number | null) =>
      set(conversationId, personId, seq, null),
  };
}

export type MessageRemovalStore = ReturnType<typeof createMessageRemovalStore>;
