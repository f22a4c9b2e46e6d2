import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db } from '../../../platform/stores/db.ts';
import { isNameless, isStillTheirs, mayHandle } from './cases.sql.ts';

export interface Named {
  isStaff: boolean; // whoever is called so
  reports: string[];
}

/** Of whom nobody knew, when it came in, who they are here. */
export function createNamingStore(db: Db) {
  return {
    /**
     * From now on the case is about whoever is called so, and its evidence is still to be frozen. Of somebody who works at the
     * desk nobody there says it. Answers with its reports; none: nobody is called so, or the case is not theirs, or not nameless.
     */
    async name(staff: Viewer, caseId: string, usernameKey: string): Promise<Named> {
      const [named] = await db.rows<Named>`
      WITH u AS (
        SELECT "id", "role" <> 'member' AS "isStaff", "age_band"("dateOfBirth", ${at(staff.now)}) <> '18-over' AS "isMinor" FROM "User"
        WHERE "usernameKey" = ${usernameKey} AND "id" <> ${staff.id}::uuid
      ), mine AS (
        SELECT c."id", u."id" AS "personId", u."isMinor" FROM "DeskCase" c, u
        WHERE c."id" = ${caseId}::uuid AND NOT u."isStaff" AND ${isNameless} AND ${mayHandle(staff)} AND ${isStillTheirs(staff)} FOR UPDATE OF c
      ), named AS (
        UPDATE "DeskCase" c SET "personId" = m."personId", "involvesMinor" = c."involvesMinor" OR m."isMinor", "version" = c."version" + 1
        FROM mine m WHERE c."id" = m."id" RETURNING c."id", c."personId"
      ), noted AS (
        INSERT INTO "DeskAudit" ("at", "staffId", "act", "caseId", "personId")
        SELECT ${at(staff.now)}, ${staff.id}::uuid, 'name-person', "id", "personId" FROM named
      ), reports AS (
        -- What no job freezes now, the next cleaning hands to one, as what is still to be received.
        UPDATE "Report" r SET "personId" = named."personId", "evidence" = NULLIF(r."evidence", '{}'), "receiptSentAt" = NULL
        FROM named WHERE r."caseId" = named."id" RETURNING r."id"
      )
      SELECT COALESCE((SELECT "isStaff" FROM u), FALSE) AS "isStaff", COALESCE((SELECT json_agg("id") FROM reports), '[]') AS "reports"`;
      return named!;
    },
  };
}

export type NamingStore = ReturnType<typeof createNamingStore>;
