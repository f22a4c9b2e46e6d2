import { recordEachSql } from '../../../events/record.sql.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { bandChanged } from '../facts.ts';
import { bandsPolicy } from '../policy.ts';

export function createBandStore(db: Db) {
  return {
    /**
     * Moves a batch of people into the band that they have grown into, says so, and notes from whom that parts them or with
     * whom it brings them together again. Answers how many. Of two calls at once each moves others.
     */
    async moveGrownUp(now: Date): Promise<number> {
      const bandOf = (alias: string) => Prisma.sql`"age_band"(${Prisma.raw(alias)}"dateOfBirth", ${at(now)})`;
      const rows = await db.rows<object>`
      WITH moved AS (
        UPDATE "User" SET "band" = ${bandOf('')} WHERE "id" = ANY(ARRAY(
          SELECT "id" FROM "User" WHERE "band" <> '18-over' AND ${bandOf('')} <> "band"
          ORDER BY "dateOfBirth" LIMIT ${bandsPolicy.batch} FOR UPDATE SKIP LOCKED))
        RETURNING "id"
      ), facts AS (
        ${recordEachSql(bandChanged, Prisma.sql`SELECT "id" AS "userId" FROM moved`, { at: now })}
      ), pairs AS (
        SELECT p."lowId", p."highId", CASE WHEN ${bandOf('low.')} > ${bandOf('high.')} THEN p."lowId"
          WHEN ${bandOf('high.')} > ${bandOf('low.')} THEN p."highId" END AS "olderId"
        FROM "Partner" p JOIN "User" low ON low."id" = p."lowId" JOIN "User" high ON high."id" = p."highId"
        WHERE p."lowId" = ANY(ARRAY(SELECT "id" FROM moved)) OR p."highId" = ANY(ARRAY(SELECT "id" FROM moved))
        ORDER BY p."lowId", p."highId" FOR UPDATE OF p
      ), parted AS (
        UPDATE "Partner" p SET "toldAt" = NULL, "partedAt" = CASE WHEN pairs."olderId" IS NOT NULL THEN ${at(now)} END
        FROM pairs WHERE p."lowId" = pairs."lowId" AND p."highId" = pairs."highId"
          AND (pairs."olderId" IS NULL OR pairs."olderId" IN (SELECT "id" FROM moved))
      )
      SELECT FROM moved`;
      return rows.length;
    },
  };
}

export type BandStore = ReturnType<typeof createBandStore>;
