import type { Clock } from '../../kernel/clock.ts';
import { message } from '../../kernel/message.ts';
import { type Db, Prisma } from '../../platform/stores/db.ts';
import type { DataExport } from '../../web/feature.ts';
import { isThere, visibleTo } from './visible.sql.ts';

const explained = {
  privacyChoices: message('safety.export.privacyChoices'),
  blockedPeople: message('safety.export.blockedPeople'),
  hiddenPeople: message('safety.export.hiddenPeople'),
  partners: message('safety.export.partners'),
};

interface Found {
  privacyChoices: object | null;
  blockedPeople: object[];
  hiddenPeople: object[];
  partners: object[];
}

/** What stands between two people goes with either of them. A copy names who isn't gone, and whom its owner blocked. */
export function createPeopleDataStore(db: Db, clock: Clock) {
  return {
    async exportOf(id: string): Promise<DataExport> {
      const viewer = { id, now: clock.now() };
      const name = Prisma.sql`CASE WHEN ${isThere(viewer)} THEN u."username" END`;
      const seen = Prisma.sql`CASE WHEN ${visibleTo(viewer)} THEN u."username" END`;
      const [sections] = await db.rows<Found>`
      SELECT
        (SELECT json_build_object('findable', me."findable", 'whoMayWrite', me."whoMayWrite",
                                  'presence', me."presence", 'receipts', me."receipts")
          FROM "User" me WHERE me."id" = ${id}::uuid) AS "privacyChoices",
        COALESCE((SELECT json_agg(json_build_object('username', u."username", 'at', b."at") ORDER BY b."at" DESC)
          FROM "Block" b JOIN "User" u ON u."id" = b."blockedId" WHERE b."blockerId" = ${id}::uuid), '[]') AS "blockedPeople",
        COALESCE((SELECT json_agg(json_build_object('username', ${seen}, 'at', h."at") ORDER BY h."at" DESC)
          FROM "HiddenPerson" h JOIN "User" u ON u."id" = h."hiddenId" WHERE h."hiderId" = ${id}::uuid), '[]') AS "hiddenPeople",
        COALESCE((SELECT json_agg(json_build_object('username', ${name}, 'since', p."since") ORDER BY p."since" DESC)
          FROM "Partner" p JOIN "User" u ON u."id" IN (p."lowId", p."highId") AND u."id" <> ${id}::uuid
          WHERE p."lowId" = ${id}::uuid OR p."highId" = ${id}::uuid), '[]') AS "partners"`;
      return { sections: { ...sections }, explained };
    },

    async eraseOf(id: string): Promise<void> {
      await db.run`
      WITH blocks AS (DELETE FROM "Block" WHERE "blockerId" = ${id}::uuid OR "blockedId" = ${id}::uuid),
        hidden AS (DELETE FROM "HiddenPerson" WHERE "hiderId" = ${id}::uuid OR "hiddenId" = ${id}::uuid)
      DELETE FROM "Partner" WHERE "lowId" = ${id}::uuid OR "highId" = ${id}::uuid`;
    },
  };
}
