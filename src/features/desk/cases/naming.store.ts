import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db } from '../../../platform/stores/db.ts';
import { isNameless, isStillTheirs, mayHandle } from './cases.sql.ts';

/** Of whom nobody knew, when it came in, who they are here. */
export function createNamingStore(db: Db) {
  return {
    /**
     * From now on the case is about whoever is called so, and its evidence is still to be frozen. It can be said anew until
     * something is decided. Answers with its reports; none: nobody is called so, or the case is not theirs, or not nameless.
     */
    async name(staff: Viewer, caseId: string, usernameKey: string): Promise<string[]> {
      const rows = await db.rows<{ id: string }>`
      WITH u AS (
        SELECT "id", "age_band"("dateOfBirth", ${at(staff.now)}) <> '18-over' AS "isMinor" FROM "User"
        WHERE "usernameKey" = ${usernameKey} AND "id" <> ${staff.id}::uuid
      ), mine AS (
        SELECT c."id", u."id" AS "personId", u."isMinor" FROM "DeskCase" c, u
        WHERE c."id" = ${caseId}::uuid AND ${isNameless} AND ${mayHandle(staff)} AND ${isStillTheirs(staff)} FOR UPDATE OF c
      ), named AS (
        UPDATE "DeskCase" c SET "personId" = m."personId", "involvesMinor" = c."involvesMinor" OR m."isMinor", "version" = c."version" + 1
        FROM mine m WHERE c."id" = m."id" RETURNING c."id", c."personId"
      ), noted AS (
        INSERT INTO "DeskAudit" ("at", "staffId", "act", "caseId", "personId")
        SELECT ${at(staff.now)}, ${staff.id}::uuid, 'name-person', "id", "personId" FROM named
      )
      -- What no job freezes now, the next cleaning hands to one, as what is still to be received.
      UPDATE "Report" r SET "personId" = named."personId", "evidence" = NULL, "receiptSentAt" = NULL
      FROM named WHERE r."caseId" = named."id" RETURNING r."id"`;
      return rows.map(({ id }) => id);
    },
  };
}

export type NamingStore = ReturnType<typeof createNamingStore>;
