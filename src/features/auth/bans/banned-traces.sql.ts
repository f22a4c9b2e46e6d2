import { at, Prisma } from '../../../platform/stores/db.ts';

/** What somebody would join with. */
export interface Joining {
  /** Of the contact, and of what the browser is called for each account that signed in there. */
  hashes: readonly string[];
  /** Whom the desk keeps out, where this browser has just signed in as them. */
  barredId: string | null;
}

/** Of whoever comes back: the case of a ban that is remembered, or who is kept out by now. */
export type Returned = { caseId: string; personId: null } | { caseId: null; personId: string };

/** One row for whoever may not join, no row for others. It waits for bans that are being written. */
export function returnedSql({ hashes, barredId }: Joining, now: Date): Prisma.Sql {
  return Prisma.sql`
  SELECT r."caseId", r."personId" FROM (
    (SELECT b."caseId", NULL::uuid AS "personId" FROM ${bansOfSql(hashes, now)} ORDER BY b."until" DESC LIMIT 1)
    UNION ALL
    (SELECT NULL, u."id" FROM "User" u
     WHERE u."id" = ANY(ARRAY(SELECT k."userId" FROM "KnownDevice" k WHERE k."hash" = ANY(${hashes}::text[]) UNION SELECT ${barredId}::uuid))
       AND (u."bannedAt" IS NOT NULL OR u."suspendedUntil" > ${at(now)}) LIMIT 1)
  ) r ORDER BY r."caseId" NULLS LAST LIMIT 1`;
}

/** Alias b. */
export function bansOfSql(hashes: readonly string[], now: Date): Prisma.Sql {
  return Prisma.sql`"bans_of"(${hashes}::text[], ${at(now)}) b`;
}

/** With the account of this moment; alias `person` is its row. */
export function rememberDeviceSql(hash: string, now: Date): Prisma.Sql {
  return Prisma.sql`
  INSERT INTO "KnownDevice" ("userId", "hash", "seenAt") SELECT person."id", ${hash}, ${at(now)} FROM person
  ON CONFLICT ("userId", "hash") DO UPDATE SET "seenAt" = GREATEST("KnownDevice"."seenAt", excluded."seenAt")`;
}
