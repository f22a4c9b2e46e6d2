import { at, Prisma } from '../../../platform/stores/db.ts';

/** For the desk. */
export function declinesSince(since: Date): Prisma.Sql {
  return Prisma.sql`SELECT 'decline' AS "what", "askedBy" AS "personId", "declinedBy" AS "byId", "at" FROM "DeclinedHello" WHERE "at" > ${at(since)}`;
}
