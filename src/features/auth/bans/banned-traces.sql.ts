import { at, Prisma } from '../../../platform/stores/db.ts';

/** The case of the newest ban that one of these belongs to; no row: of none. */
export function bannedCaseSql(hashes: readonly string[], now: Date): Prisma.Sql {
  return Prisma.sql`
  SELECT "caseId" FROM "BannedTrace" WHERE "hash" = ANY(${hashes}::text[]) AND "until" > ${at(now)}
  ORDER BY "until" DESC LIMIT 1`;
}
