import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import type { Removal } from '../../../web/reportable.ts';

/** What the desk takes away and gives back. Neither touches what its author deleted. `seq` null: all that this person wrote there. */
export function createMessageRemovalStore(db: Db) {
  const change = async (
    conversationId: string,
    personId: string,
    seq: number | null,
    { where, set }: { where: Prisma.Sql; set: Prisma.Sql },
  ): Promise<void> => {
    const which = Prisma.sql`m."conversationId" = ${conversationId}::uuid AND m."authorId" = ${personId}::uuid
      AND ${seq === null ? Prisma.sql`TRUE` : Prisma.sql`m."seq" = ${seq}::int`} AND ${where}`;
    await db.run`
    WITH talk AS (
      UPDATE "Conversation" c SET "lastChange" = c."lastChange" + 1
      WHERE c."id" = ${conversationId}::uuid AND EXISTS (SELECT FROM "Message" m WHERE ${which})
      RETURNING c."lastChange"
    )
    UPDATE "Message" m SET ${set}, "change" = talk."lastChange" FROM talk WHERE ${which}`;
  };
  return {
    remove: (conversationId: string, personId: string, seq: number | null, { id, at: when }: Removal) =>
      change(conversationId, personId, seq, {
        where: Prisma.sql`NOT ${id}::uuid = ANY(COALESCE(m."removedBy", '{}'))`,
        set: Prisma.sql`"removedAt" = COALESCE(m."removedAt", ${at(when)}), "removedBy" = array_append(m."removedBy", ${id}::uuid)`,
      }),
    /** What another removal took as well stays away. */
    restore: (conversationId: string, personId: string, seq: number | null, { id }: Removal) =>
      change(conversationId, personId, seq, {
        where: Prisma.sql`m."removedAt" IS NOT NULL AND (m."removedBy" IS NULL OR ${id}::uuid = ANY(m."removedBy"))`,
        set: Prisma.sql`"removedBy" = array_remove(m."removedBy", ${id}::uuid),
          "removedAt" = CASE WHEN cardinality(array_remove(m."removedBy", ${id}::uuid)) > 0 THEN m."removedAt" END`,
      }),
  };
}

export type MessageRemovalStore = ReturnType<typeof createMessageRemovalStore>;
