import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db } from '../../../platform/stores/db.ts';
import { isAsItWas, mayGiveBack, maySee } from '../cases/cases.sql.ts';
import { lastWordAt, ownWords } from '../cases/words.sql.ts';
import { unlessTaken } from './taken.store.ts';

/** Words to what another decided, that whoever gave them takes back. */
export function createWordStore(db: Db) {
  return {
    /** Ends what somebody decided to remove, whoever it was and however long ago; more of the case stays as it is. False: nothing is away by it, or it is not for them. */
    async giveBack(staff: Viewer, caseId: string, decisionId: string): Promise<boolean> {
      const now = at(staff.now);
      const given = await db.rows`
      WITH mine AS (
        SELECT c."id" FROM "DeskCase" c WHERE c."id" = ${caseId}::uuid AND ${mayGiveBack(staff)} AND ${isAsItWas} FOR UPDATE OF c
      ), given AS (
        UPDATE "DeskDecision" d SET "overturnedAt" = ${now}, "overturnedBy" = ${staff.id}::uuid, "carriedOut" = FALSE, "outcomeSentAt" = NULL
        FROM mine WHERE d."id" = ${decisionId}::uuid AND d."caseId" = mine."id" AND d."act" = 'remove' AND d."overturnedAt" IS NULL
          -- What another answered is not the decider's to undo.
          AND (d."answeredAt" IS NULL OR d."decidedBy" <> ${staff.id}::uuid)
        RETURNING d."id", d."caseId"
      ), changed AS (
        UPDATE "DeskCase" c SET "version" = c."version" + 1 FROM given g WHERE c."id" = g."caseId"
      )
      SELECT "id" FROM given`;
      return given.length === 1;
    },

    /** Their last, a moment ago, and nobody has heard of it; the case waits again as it did before. Answers to which decisions it was; none: there is no such word. */
    async takeBack(staff: Viewer, caseId: string): Promise<string[]> {
      const own = ownWords(staff);
      const taken = await unlessTaken(
        () =>
          db.rows<{ id: string }>`
        WITH mine AS (
          SELECT c."id" FROM "DeskCase" c WHERE c."id" = ${caseId}::uuid AND ${maySee(staff)} AND ${isAsItWas} FOR UPDATE OF c
        ), words AS (
          SELECT d."id", ${own.confirmed} AS "wasConfirm", ${own.overturned} AS "wasOverturn", ${own.answered} AS "wasAnswer",
                 ${lastWordAt} AS "wordAt", max(${lastWordAt}) OVER () AS "last"
          FROM "DeskDecision" d JOIN mine ON d."caseId" = mine."id" WHERE ${own.any}
        ), taken AS (
          UPDATE "DeskDecision" d SET
            "confirmedAt" = CASE WHEN NOT w."wasConfirm" THEN d."confirmedAt" END,
            "confirmedBy" = CASE WHEN NOT w."wasConfirm" THEN d."confirmedBy" END,
            "overturnedAt" = CASE WHEN NOT w."wasOverturn" THEN d."overturnedAt" END,
            "overturnedBy" = CASE WHEN NOT w."wasOverturn" THEN d."overturnedBy" END,
            "answeredAt" = CASE WHEN NOT w."wasAnswer" THEN d."answeredAt" END,
            "answeredBy" = CASE WHEN NOT w."wasAnswer" THEN d."answeredBy" END,
            "answer" = CASE WHEN NOT w."wasAnswer" THEN d."answer" END,
            "carriedOut" = d."carriedOut" AND NOT w."wasOverturn"
          FROM words w WHERE d."id" = w."id" AND w."wordAt" = w."last" AND ${own.any}
          RETURNING d."id", d."caseId", w."wordAt", w."wasConfirm", d."needsSecond" AND d."confirmedAt" IS NULL AS "isProvisional",
            d."appealedAt" IS NOT NULL AND d."answeredAt" IS NULL AS "isAppealed"
        ), again AS (
          SELECT "caseId", CASE WHEN bool_or("isProvisional") THEN 'second' WHEN bool_or("isAppealed") THEN 'appealed' END AS "state"
          FROM taken GROUP BY "caseId"
        ), changed AS (
          UPDATE "DeskCase" c SET "heldBy" = NULL, "heldUntil" = NULL, "version" = c."version" + 1,
            "state" = COALESCE(a."state"::"DeskState", c."state"), "closedAt" = CASE WHEN a."state" IS NULL THEN c."closedAt" END
          FROM again a WHERE c."id" = a."caseId"
        ), reports AS (
          UPDATE "Report" r SET "decidedAt" = NULL FROM taken t
          WHERE t."wasConfirm" AND r."caseId" = t."caseId" AND r."decidedAt" = t."wordAt"
        )
        SELECT "id" FROM taken`,
      );
      return (taken ?? []).map(({ id }) => id);
    },
  };
}

export type WordStore = ReturnType<typeof createWordStore>;
