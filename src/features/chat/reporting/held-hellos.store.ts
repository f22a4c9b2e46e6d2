import { recordEachSql } from '../../../events/record.sql.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { requested } from '../facts.ts';

/** First hellos with the same words as many others: they wait until somebody has looked at them. */
export function createHeldHelloStore(db: Db) {
  return {
    /** Whose hellos wait since a moment. */
    waitingSince: (since: Date): Promise<{ personId: string }[]> =>
      db.rows`
      SELECT DISTINCT c."askedBy" AS "personId" FROM "Conversation" c
      WHERE c."heldAt" > ${at(since)} AND c."state" = 'requested' AND c."askedBy" IS NOT NULL`,

    /** They reach whom they were said to, as if they had been said now. */
    async release(personId: string, now: Date): Promise<void> {
      await db.run`
      WITH released AS (
        UPDATE "Conversation" c SET "heldAt" = NULL, "lastAt" = ${at(now)}, "lastChange" = c."lastChange" + 1
        WHERE c."askedBy" = ${personId}::uuid AND (c."lowId" = ${personId}::uuid OR c."highId" = ${personId}::uuid)
          AND c."state" = 'requested' AND c."heldAt" IS NOT NULL
        RETURNING c."id", c."lastChange", c."declinedAt" IS NULL AS "reaches",
                  CASE WHEN c."lowId" = ${personId}::uuid THEN c."highId" ELSE c."lowId" END AS "otherId"
      ), messages AS (
        UPDATE "Message" m SET "heldBack" = FALSE, "change" = r."lastChange" FROM released r
        WHERE m."conversationId" = r."id" AND m."heldBack" AND r."reaches"
      ), theirs AS (
        UPDATE "Participation" p SET "list" = 'requests', "lastAt" = ${at(now)} FROM released r
        WHERE p."userId" = r."otherId" AND p."conversationId" = r."id" AND r."reaches"
      )
      ${recordEachSql(
        requested,
        Prisma.sql`SELECT ${personId}::uuid AS "userId", "otherId", "id" AS "conversationId" FROM released WHERE "reaches"`,
        { at: now },
      )}`;
    },
  };
}

export type HeldHelloStore = ReturnType<typeof createHeldHelloStore>;
