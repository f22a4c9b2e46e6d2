import { later } from '../../../kernel/clock.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { deleteBatch } from '../../../platform/stores/delete-batch.ts';
import { firstContactPolicy, reportPolicy, sameBand } from '../../safety/index.ts';
import { cleanupPolicy } from '../policy.ts';

/** What becomes of conversations without their two doing anything. A block ends them by itself: a trigger of the database. */
export function createEndingStore(db: Db) {
  const deletePast = (table: string, now: Date): Promise<number> =>
    deleteBatch(db, {
      table: Prisma.raw(`"${table}"`),
      key: Prisma.sql`"id"`,
      where: Prisma.sql`"at" <= ${at(later(now, -firstContactPolicy.window))}`,
      most: cleanupPolicy.batch,
    });

  return {
    /** Hellos that wait between somebody and people of another band end as by a block, so that nothing tells which it was. */
    withdrawAcrossBands: (id: string, now: Date): Promise<number> =>
      db.run`
      WITH changed AS (
        UPDATE "Conversation" c SET "state" = 'ended', "lastChange" = c."lastChange" + 1
        FROM "Participation" p JOIN "User" u ON u."id" = p."otherId"
        WHERE p."userId" = ${id}::uuid AND c."id" = p."conversationId" AND c."state" = 'requested'
          AND NOT ${sameBand({ id, now })}
        RETURNING c."id", c."lowId", c."highId"
      )
      UPDATE "Participation" p
      SET "list" = CASE WHEN p."list" = 'requests' THEN 'chats' ELSE p."list" END, "leftAt" = ${at(now)} FROM changed c
      WHERE p."userId" IN (c."lowId", c."highId") AND p."conversationId" = c."id"`,

    /** Counts of first contact that count no more. */
    async forget(now: Date): Promise<void> {
      await deletePast('FirstHello', now);
      await deletePast('DeclinedHello', now);
    },

    /** Words that were deleted, once nobody may report them any more. */
    emptyDeleted: (now: Date): Promise<number> =>
      db.run`
      WITH due AS (
        SELECT d."conversationId", d."seq" FROM "Message" d
        WHERE d."text" <> '' AND d."deletedAt" <= ${at(later(now, -reportPolicy.reportableFor))}
        LIMIT ${cleanupPolicy.batch}
      ), versions AS (
        DELETE FROM "MessageVersion" o USING due WHERE o."conversationId" = due."conversationId" AND o."seq" = due."seq"
      )
      UPDATE "Message" m SET "text" = '', "note" = NULL FROM due
      WHERE m."conversationId" = due."conversationId" AND m."seq" = due."seq"`,
  };
}

export type EndingStore = ReturnType<typeof createEndingStore>;
