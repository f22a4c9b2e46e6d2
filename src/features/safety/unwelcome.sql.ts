import { at, Prisma } from '../../platform/stores/db.ts';

/** For the desk. */
export function blocksAndReportsSince(since: Date): Prisma.Sql {
  return Prisma.sql`
    SELECT 'block' AS "what", "blockedId" AS "personId", "blockerId" AS "byId", "at" FROM "Block" WHERE "at" > ${at(since)}
    UNION ALL
    SELECT 'report', "personId", "reporterId", "at" FROM "Report" WHERE "at" > ${at(since)} AND "reporterId" IS NOT NULL AND "personId" IS NOT NULL`;
}
