import { recordSql } from '../../../events/record.sql.ts';
import { nobodysId } from '../../../kernel/ids.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { deleteBatch } from '../../../platform/stores/delete-batch.ts';
import { bannedReturned } from '../history/facts.ts';
import { cleanupPolicy } from '../policy.ts';
import { bannedCaseSql } from './banned-traces.sql.ts';

/** What banned people could come back with, as hashes. */
export function createBannedTraceStore(db: Db) {
  return {
    /** Null: none of these is of a ban. */
    async caseOf(hashes: readonly string[], now: Date): Promise<string | null> {
      const [found] = await db.rows<{ caseId: string }>`${bannedCaseSql(hashes, now)}`;
      return found?.caseId ?? null;
    },

    async remember(hashes: readonly string[], caseId: string, until: Date): Promise<void> {
      await db.run`
      INSERT INTO "BannedTrace" AS t ("hash", "caseId", "until")
      SELECT hash, ${caseId}::uuid, ${at(until)} FROM unnest(${hashes}::text[]) AS hash
      ON CONFLICT ("hash", "caseId") DO UPDATE SET "until" = GREATEST(t."until", excluded."until")`;
    },

    /** What else belongs to whoever has `known`, for as long, by each of their bans: one may be taken back. */
    async rememberBeside(known: readonly string[], hashes: readonly string[], now: Date): Promise<void> {
      await db.run`
      INSERT INTO "BannedTrace" ("hash", "caseId", "until")
      SELECT hash, ban."caseId", ban."until" FROM unnest(${hashes}::text[]) AS hash, (
        SELECT "caseId", max("until") AS "until" FROM "BannedTrace"
        WHERE "hash" = ANY(${known}::text[]) AND "until" > ${at(now)} GROUP BY "caseId") ban
      ON CONFLICT ("hash", "caseId") DO NOTHING`;
    },

    async forget(caseId: string): Promise<void> {
      await db.run`DELETE FROM "BannedTrace" WHERE "caseId" = ${caseId}::uuid`;
    },

    async noteReturn(caseId: string, now: Date): Promise<void> {
      await db.run`${recordSql(bannedReturned, { userId: nobodysId, caseId }, { at: now })}`;
    },

    prune: (now: Date): Promise<number> =>
      deleteBatch(db, {
        table: Prisma.sql`"BannedTrace"`,
        key: Prisma.sql`"hash"`,
        where: Prisma.sql`"until" <= ${at(now)}`,
        most: cleanupPolicy.batch,
      }),
  };
}

export type BannedTraceStore = ReturnType<typeof createBannedTraceStore>;
