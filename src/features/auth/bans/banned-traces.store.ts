import { recordSql } from '../../../events/record.sql.ts';
import { later } from '../../../kernel/clock.ts';
import { nobodysId } from '../../../kernel/ids.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { deleteBatch } from '../../../platform/stores/delete-batch.ts';
import { bannedReturned, barredReturned } from '../history/facts.ts';
import { banPolicy, cleanupPolicy, devicePolicy } from '../policy.ts';
import { bansOfSql, rememberDeviceSql, type Returned } from './banned-traces.sql.ts';

export type { Joining, Returned } from './banned-traces.sql.ts';

export interface Ban {
  caseId: string;
  decisionId: string;
}

/** What banned people could come back with, as hashes. */
export function createBannedTraceStore(db: Db) {
  return {
    /** Null: none of these is of a ban. */
    async caseOf(hashes: readonly string[], now: Date): Promise<string | null> {
      const [found] = await db.rows<{ caseId: string }>`
      SELECT b."caseId" FROM ${bansOfSql(hashes, now)} ORDER BY b."until" DESC LIMIT 1`;
      return found?.caseId ?? null;
    },

    /** Email keys and numbers that a link of theirs could still bring back. */
    async contactsToTakeBack(userId: string, now: Date): Promise<string[]> {
      const rows = await db.rows<{ key: string }>`
      SELECT DISTINCT "oldKey" AS "key" FROM "ContactUndo"
      WHERE "userId" = ${userId}::uuid AND "usedAt" IS NULL AND "expiresAt" > ${at(now)} AND "oldKey" IS NOT NULL`;
      return rows.map(({ key }) => key);
    },

    /**
     * With all devices of this person, and whatever the same ban remembered before it was lifted; after whoever is joining or
     * signing in at this moment.
     */
    async remember(
      userId: string,
      { hashes, caseId, decisionId, until }: Ban & { hashes: readonly string[]; until: Date },
    ): Promise<void> {
      await db.$transaction([
        db.$executeRaw`SELECT pg_advisory_xact_lock(61, 0)`,
        db.$executeRaw`
        INSERT INTO "BannedTrace" AS t ("hash", "caseId", "decisionId", "until")
        SELECT had."hash", ${caseId}::uuid, ${decisionId}::uuid, ${at(until)} FROM (
          SELECT unnest(${hashes}::text[]) AS "hash" UNION SELECT "hash" FROM "KnownDevice" WHERE "userId" = ${userId}::uuid
          UNION SELECT "hash" FROM "BannedTrace" WHERE "decisionId" = ${decisionId}::uuid) had
        ON CONFLICT ("hash", "decisionId") DO UPDATE SET "until" = GREATEST(t."until", excluded."until"), "liftedAt" = NULL`,
      ]);
    },

    /**
     * What a person's browser is called; `all` that it is called, where they are banned: for as long, by each of their
     * bans, since one may be taken back. `known`: what their bans go by.
     */
    async noteDevice(
      userId: string,
      { own, all, known }: { own: string; all: readonly string[]; known: readonly string[] },
      now: Date,
    ): Promise<void> {
      await db.run`
      WITH person AS (SELECT "id" FROM "User" WHERE "id" = ${userId}::uuid
      ), seen AS (${rememberDeviceSql(own, now)}
      ), surplus AS (
        DELETE FROM "KnownDevice" WHERE "userId" = ${userId}::uuid AND "hash" = ANY(ARRAY(
          SELECT "hash" FROM "KnownDevice" WHERE "userId" = ${userId}::uuid AND "hash" <> ${own}
          ORDER BY "seenAt" DESC, "hash" OFFSET ${devicePolicy.remembered - 1} FOR UPDATE SKIP LOCKED))
      )
      INSERT INTO "BannedTrace" ("hash", "caseId", "decisionId", "until")
      SELECT h."hash", b."caseId", b."decisionId", b."until" FROM unnest(${all}::text[]) AS h("hash"), ${bansOfSql(known, now)}
      ON CONFLICT ("hash", "decisionId") DO NOTHING`;
    },

    /** They keep nobody out any more, and stay a while: the ban may be given back. */
    async lift(decisionId: string, now: Date): Promise<void> {
      await db.run`UPDATE "BannedTrace" SET "liftedAt" = ${at(now)} WHERE "decisionId" = ${decisionId}::uuid AND "liftedAt" IS NULL`;
    },

    async noteReturn({ caseId, personId }: Returned, now: Date): Promise<void> {
      await db.run`${
        caseId === null
          ? recordSql(barredReturned, { userId: personId }, { at: now })
          : recordSql(bannedReturned, { userId: nobodysId, caseId }, { at: now })
      }`;
    },

    prune: (now: Date): Promise<number> =>
      deleteBatch(db, {
        table: Prisma.sql`"BannedTrace"`,
        key: Prisma.sql`ctid`, // a hash may be of another ban, too
        where: Prisma.sql`("until" <= ${at(now)} OR "liftedAt" <= ${at(later(now, -banPolicy.liftedFor))})`,
        most: cleanupPolicy.batch,
      }),

    /** No browser holds them any more. */
    pruneDevices: (now: Date): Promise<number> =>
      deleteBatch(db, {
        table: Prisma.sql`"KnownDevice"`,
        key: Prisma.sql`"hash"`,
        where: Prisma.sql`"seenAt" <= ${at(later(now, -devicePolicy.lifetime))}`,
        most: cleanupPolicy.batch,
      }),
  };
}

export type BannedTraceStore = ReturnType<typeof createBannedTraceStore>;
