import { later } from '../../../kernel/clock.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { deleteBatch } from '../../../platform/stores/delete-batch.ts';
import { deskPolicy } from '../policy.ts';

/** How long cases wait, and the end of those that nobody asks for any more. */
export function createWaitingStore(db: Db) {
  return {
    /** How long the one that waits longest for a second moderator does so, in seconds; 0: none waits. */
    async waitingForSecond(now: Date): Promise<number> {
      const [row] = await db.rows<{ seconds: number }>`
      SELECT COALESCE(EXTRACT(EPOCH FROM ${at(now)} - min(d."at")), 0)::float8 AS "seconds"
      FROM "DeskCase" c JOIN "DeskDecision" d ON d."caseId" = c."id"
      WHERE c."state" = 'second' AND d."needsSecond" AND d."confirmedAt" IS NULL AND d."overturnedAt" IS NULL`;
      return row!.seconds;
    },

    /** The same of the appeal that waits longest for its answer. */
    async waitingForAnswer(now: Date): Promise<number> {
      const [row] = await db.rows<{ seconds: number }>`
      SELECT COALESCE(EXTRACT(EPOCH FROM ${at(now)} - min(d."appealedAt")), 0)::float8 AS "seconds"
      FROM "DeskCase" c JOIN "DeskDecision" d ON d."caseId" = c."id"
      WHERE c."state" = 'appealed' AND d."appealedAt" IS NOT NULL AND d."answeredAt" IS NULL`;
      return row!.seconds;
    },

    /** The same of the oldest that nobody has decided. */
    async waitingForFirst(now: Date): Promise<number> {
      const [row] = await db.rows<{ seconds: number }>`
      SELECT COALESCE(EXTRACT(EPOCH FROM ${at(now)} - min("openedAt")), 0)::float8 AS "seconds" FROM "DeskCase" WHERE "state" = 'open'`;
      return row!.seconds;
    },

    /** The same of the oldest about somebody who works at the desk: nobody there decides it. */
    async waitingForServer(now: Date): Promise<number> {
      const [row] = await db.rows<{ seconds: number }>`
      SELECT COALESCE(EXTRACT(EPOCH FROM ${at(now)} - min(c."openedAt")), 0)::float8 AS "seconds"
      FROM "DeskCase" c JOIN "User" p ON p."id" = c."personId" WHERE c."state" <> 'closed' AND p."role" <> 'member'`;
      return row!.seconds;
    },

    /** Closed so long ago that nothing asks for them; decisions that hold go with their account. */
    prune: (now: Date): Promise<number> =>
      deleteBatch(db, {
        table: Prisma.sql`"DeskCase"`,
        key: Prisma.sql`"id"`,
        where: Prisma.sql`"closedAt" <= ${at(later(now, -deskPolicy.kept))} AND "sealedAt" IS NULL
          AND NOT EXISTS (SELECT FROM "DeskDecision" d WHERE d."caseId" = "DeskCase"."id")`,
        most: deskPolicy.batch,
      }),
  };
}

export type WaitingStore = ReturnType<typeof createWaitingStore>;
