import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { mayGoOn } from '../visible.sql.ts';

export interface PartedPartner {
  username: string;
  displayName: string | null;
}

/** Partners of the viewer (alias `u`, their row `p`), who are `me`. */
function partners(viewer: Viewer): Prisma.Sql {
  return Prisma.sql`"User" me
    JOIN "Partner" p ON p."lowId" = me."id" OR p."highId" = me."id"
    JOIN "User" u ON u."id" = CASE WHEN p."lowId" = me."id" THEN p."highId" ELSE p."lowId" END
    WHERE me."id" = ${viewer.id}::uuid AND ${mayGoOn(viewer)}`;
}

/** Only the younger is told: the older one would learn that the other is a minor still. */
function untold({ now }: Viewer): Prisma.Sql {
  return Prisma.sql`(p."partedAt" IS NOT NULL AND p."toldAt" IS NULL
    AND "age_band"(u."dateOfBirth", ${at(now)}) > "age_band"(me."dateOfBirth", ${at(now)}))`;
}

export function createPartedStore(db: Db) {
  return {
    /** Those who came into an older band, of which the viewer has not read yet. */
    async untoldOf(viewer: Viewer): Promise<PartedPartner[]> {
      return db.rows<PartedPartner>`
      SELECT u."username", u."displayName" FROM ${partners(viewer)} AND ${untold(viewer)}
      ORDER BY p."partedAt", u."username"`;
    },

    /** False: there is no such partner. */
    async tell(viewer: Viewer, usernameKey: string): Promise<boolean> {
      const rows = await db.rows<object>`
      WITH partner AS (
        SELECT p."lowId", p."highId", ${untold(viewer)} AS "isUntold"
        FROM ${partners(viewer)} AND u."usernameKey" = ${usernameKey}
      ), told AS (
        UPDATE "Partner" p SET "toldAt" = ${at(viewer.now)} FROM partner
        WHERE partner."isUntold" AND p."lowId" = partner."lowId" AND p."highId" = partner."highId"
      )
      SELECT FROM partner`;
      return rows.length > 0;
    },
  };
}

export type PartedStore = ReturnType<typeof createPartedStore>;
