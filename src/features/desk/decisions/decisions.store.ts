import { later } from '../../../kernel/clock.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { DeskAct } from '../../../platform/generated/prisma/enums.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import type { ReportReason } from '../../safety/index.ts';
import { isAsItWas, isStillTheirs, mayGoOn, mayHandle } from '../cases/cases.sql.ts';
import { deskPolicy } from '../policy.ts';
import { unlessTaken } from './taken.store.ts';

export interface NewDecision {
  id: string;
  caseId: string;
  version: number; // of the case, as the moderator saw it
  act: DeskAct;
  reason: ReportReason;
  fact: string;
  untilAt: Date | null;
  dateOfBirth: string | null; // "YYYY-MM-DD"
}

/** What somebody else says to a decision, or to an appeal against it. */
export interface Word {
  version: number; // of the case, as they saw it
  stays: boolean;
  text: string; // to whoever appealed: why
}

/** To one appeal: each decision that was appealed against has an answer of its own. */
export interface Answer extends Word {
  decision: string;
}

export interface Answered {
  id: string;
  isAnotherWaiting: boolean; // another appeal of the case
}

export interface Decided {
  id: string;
  needsSecond: boolean;
}

/** What a case waits for once a decision of it (`id`) says nothing any more. `isOpen`: somebody reported what nobody has decided. */
function stateWithout(caseId: Prisma.Sql, id: Prisma.Sql, isOpen: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(CASE WHEN ${isOpen} THEN 'open' WHEN EXISTS (
      SELECT FROM "DeskDecision" o WHERE o."caseId" = ${caseId} AND o."id" <> ${id}
        AND o."appealedAt" IS NOT NULL AND o."answeredAt" IS NULL AND o."overturnedAt" IS NULL
    ) THEN 'appealed' ELSE 'closed' END)::"DeskState"`;
}

function isUndecided(more: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM "Report" r WHERE r."caseId" = d."caseId" AND (r."decidedAt" IS NULL OR ${more}))`;
}

/** Decisions of the desk. Each act is one statement that asks once more whether it may be; of two at once one holds. */
export function createDecisionStore(db: Db) {
  return {
    /** Null: the case has changed, or is not this moderator's. */
    decide: (staff: Viewer, d: NewDecision): Promise<Decided | null> =>
      unlessTaken(async () => {
        const [decided] = await db.rows<Decided>`
      WITH mine AS (
        SELECT c.* FROM "DeskCase" c
        WHERE c."id" = ${d.caseId}::uuid AND (c."state" = 'open' OR (${d.act} <> 'dismiss' AND ${mayGoOn}))
          AND c."version" = ${d.version}::int AND ${mayHandle(staff)} AND ${isStillTheirs(staff)} FOR UPDATE OF c
      ), person AS (
        SELECT u."id", u."dateOfBirth", "age_band"(u."dateOfBirth", ${at(staff.now)}) <> '18-over' AS "isMinor"
        FROM "User" u JOIN mine ON mine."personId" = u."id"
      ), decision AS (
        INSERT INTO "DeskDecision" ("id", "caseId", "personId", "act", "reason", "fact", "untilAt", "dateOfBirth", "bornBefore",
                                    "decidedBy", "at", "needsSecond", "carriedOut")
        SELECT ${d.id}::uuid, mine."id", mine."personId", ${d.act}::"DeskAct", ${d.reason}::"ReportReason", ${d.fact},
               ${d.untilAt ? at(d.untilAt) : null}::timestamptz, ${d.dateOfBirth}::date,
               CASE WHEN ${d.dateOfBirth}::date IS NOT NULL THEN person."dateOfBirth" END,
               ${staff.id}::uuid, ${at(staff.now)},
               ${d.act} IN ('ban', 'age') OR COALESCE(person."isMinor", FALSE), FALSE
        FROM mine LEFT JOIN person ON TRUE WHERE CASE ${d.act}::text
          WHEN 'dismiss' THEN TRUE WHEN 'unable' THEN person."id" IS NULL
          WHEN 'help' THEN person."id" IS NULL AND EXISTS (SELECT FROM "Report" r WHERE r."caseId" = mine."id" AND r."contactEmail" IS NOT NULL)
          ELSE person."id" IS NOT NULL END
        RETURNING "id", "caseId", "personId", "needsSecond"
      ), changed AS (
        UPDATE "DeskCase" c SET "heldBy" = NULL, "heldUntil" = NULL, "version" = c."version" + 1,
          "state" = (CASE WHEN d."needsSecond" THEN 'second' ELSE 'closed' END)::"DeskState",
          "closedAt" = CASE WHEN NOT d."needsSecond" THEN ${at(staff.now)} END
        FROM decision d WHERE c."id" = d."caseId"
      ), reports AS (
        -- A visitor who is told where to get help is told nothing else.
        UPDATE "Report" r SET "decidedAt" = ${at(staff.now)},
          "decisionSentAt" = CASE WHEN ${d.act}::text = 'help' AND r."contactEmail" IS NOT NULL THEN ${at(staff.now)} END
        FROM decision d
        WHERE r."caseId" = d."caseId" AND r."decidedAt" IS NULL AND NOT d."needsSecond"
      )
      SELECT "id", "needsSecond" FROM decision`;
        return decided ?? null;
      }),

    /** A second one says whether what holds for now stays. Null: nothing waits, or not for them. */
    async confirm(staff: Viewer, caseId: string, { version, stays }: Word): Promise<string | null> {
      const now = at(staff.now);
      const [said] = await db.rows<{ id: string }>`
      WITH mine AS (
        SELECT c."id" FROM "DeskCase" c
        WHERE c."id" = ${caseId}::uuid AND c."state" = 'second' AND c."version" = ${version}::int AND ${mayHandle(staff)} AND ${isStillTheirs(staff)} FOR UPDATE OF c
      ), said AS (
        UPDATE "DeskDecision" d SET
          "confirmedAt" = CASE WHEN ${stays}::boolean THEN ${now} END, "confirmedBy" = CASE WHEN ${stays}::boolean THEN ${staff.id}::uuid END,
          "overturnedAt" = CASE WHEN NOT ${stays}::boolean THEN ${now} END, "overturnedBy" = CASE WHEN NOT ${stays}::boolean THEN ${staff.id}::uuid END,
          "carriedOut" = d."carriedOut" AND ${stays}::boolean,
          -- That an appeal came before is answered with it; whoever is under 13 is told of the end that begins.
          "answeredAt" = CASE WHEN NOT ${stays}::boolean AND d."appealedAt" IS NOT NULL THEN ${now} ELSE d."answeredAt" END,
          "answeredBy" = CASE WHEN NOT ${stays}::boolean AND d."appealedAt" IS NOT NULL THEN ${staff.id}::uuid ELSE d."answeredBy" END,
          "statementSentAt" = CASE WHEN ${stays}::boolean AND d."act" = 'age' AND d."dateOfBirth" IS NULL THEN NULL ELSE d."statementSentAt" END
        FROM mine WHERE d."caseId" = mine."id" AND d."needsSecond" AND d."confirmedAt" IS NULL AND d."overturnedAt" IS NULL
        RETURNING d."id", d."caseId", d."personId", d."appealedAt" IS NOT NULL AND d."answeredAt" IS NULL AS "appealed",
          ${stateWithout(Prisma.sql`d."caseId"`, Prisma.sql`d."id"`, Prisma.sql`NOT ${stays}::boolean AND ${isUndecided(Prisma.sql`FALSE`)}`)} AS "others"
      ), changed AS (
        UPDATE "DeskCase" c SET "heldBy" = NULL, "heldUntil" = NULL, "version" = c."version" + 1,
          "state" = CASE WHEN s."appealed" AND ${stays}::boolean THEN 'appealed' ELSE s."others" END,
          "closedAt" = CASE WHEN s."others" = 'closed' AND NOT (s."appealed" AND ${stays}::boolean) THEN ${now} END
        FROM said s WHERE c."id" = s."caseId"
      ), reports AS (
        UPDATE "Report" r SET "decidedAt" = ${now} FROM said s
        WHERE r."caseId" = s."caseId" AND r."decidedAt" IS NULL AND ${stays}::boolean
      )
      SELECT "id" FROM said`;
      return said?.id ?? null;
    },

    /** Their own, a moment ago, and nobody has heard of it. Null: there is none. */
    takeBack: (staff: Viewer, caseId: string): Promise<string | null> =>
      unlessTaken(async () => {
        const now = at(staff.now);
        const [taken] = await db.rows<{ id: string }>`
        WITH mine AS (
          SELECT c."id" FROM "DeskCase" c WHERE c."id" = ${caseId}::uuid AND c."state" IN ('second', 'closed') AND ${isAsItWas} FOR UPDATE OF c
        ), taken AS (
          UPDATE "DeskDecision" d SET "overturnedAt" = ${now}, "overturnedBy" = ${staff.id}::uuid, "carriedOut" = FALSE,
            "statementSentAt" = ${now}, "outcomeSentAt" = ${now}
          FROM mine WHERE d."caseId" = mine."id" AND d."decidedBy" = ${staff.id}::uuid AND d."overturnedAt" IS NULL
            AND d."confirmedAt" IS NULL AND d."appealedAt" IS NULL AND d."statementSentAt" IS NULL
            AND d."at" > ${at(later(staff.now, -deskPolicy.takenBackWithin))} AND NOT EXISTS (
              SELECT FROM "DeskDecision" o WHERE o."caseId" = d."caseId" AND o."overturnedAt" IS NULL AND (o."at", o."id") > (d."at", d."id"))
          RETURNING d."id", d."caseId", d."at", ${stateWithout(Prisma.sql`d."caseId"`, Prisma.sql`d."id"`, isUndecided(Prisma.sql`r."decidedAt" = d."at"`))} AS "state"
        ), changed AS (
          UPDATE "DeskCase" c SET "state" = t."state", "closedAt" = CASE WHEN t."state" = 'closed' THEN ${now} END, "version" = c."version" + 1
          FROM taken t WHERE c."id" = t."caseId"
        ), reports AS (
          UPDATE "Report" r SET "decidedAt" = NULL, "decisionSentAt" = NULL FROM taken t WHERE r."caseId" = t."caseId" AND r."decidedAt" = t."at"
        )
        SELECT "id" FROM taken`;
        return taken?.id ?? null;
      }),

    /** Somebody else's word about one appeal of a case. Null: it doesn't wait, or not for them. */
    async answer(
      staff: Viewer,
      caseId: string,
      { decision, version, stays, text }: Answer,
    ): Promise<Answered | null> {
      const now = at(staff.now);
      const [answered] = await db.rows<Answered>`
      WITH mine AS (
        SELECT c."id" FROM "DeskCase" c
        WHERE c."id" = ${caseId}::uuid AND c."state" = 'appealed' AND c."version" = ${version}::int AND ${mayHandle(staff)} AND ${isStillTheirs(staff)} FOR UPDATE OF c
      ), answered AS (
        UPDATE "DeskDecision" d SET "answeredAt" = ${now}, "answeredBy" = ${staff.id}::uuid, "answer" = ${text || null}::text, "carriedOut" = d."carriedOut" AND ${stays}::boolean, "outcomeSentAt" = NULL,
          "overturnedAt" = CASE WHEN ${stays}::boolean THEN d."overturnedAt" ELSE ${now} END,
          "overturnedBy" = CASE WHEN ${stays}::boolean THEN d."overturnedBy" ELSE ${staff.id}::uuid END
        FROM mine WHERE d."id" = ${decision}::uuid AND d."caseId" = mine."id"
          AND d."appealedAt" IS NOT NULL AND d."answeredAt" IS NULL AND d."overturnedAt" IS NULL
        RETURNING d."id", d."caseId", ${stateWithout(Prisma.sql`d."caseId"`, Prisma.sql`d."id"`, Prisma.sql`FALSE`)} AS "state"
      ), changed AS (
        -- Another appeal against it waits for whoever has it already.
        UPDATE "DeskCase" c SET "version" = c."version" + 1, "state" = a."state",
          "heldBy" = CASE WHEN a."state" = 'appealed' THEN c."heldBy" END,
          "heldUntil" = CASE WHEN a."state" = 'appealed' THEN c."heldUntil" END,
          "closedAt" = CASE WHEN a."state" = 'closed' THEN ${now} END
        FROM answered a WHERE c."id" = a."caseId"
      )
      SELECT "id", "state" = 'appealed' AS "isAnotherWaiting" FROM answered`;
      return answered ?? null;
    },

    /** Of the last decisions of a moderator, how many in a row were about what is hard to look at. */
    async hardInARow(staff: Viewer): Promise<number> {
      const rows = await db.rows<{ hard: boolean }>`
      SELECT d."reason" IN ('sexual', 'violent', 'self-harm', 'minor') OR c."sealedAt" IS NOT NULL AS "hard"
      FROM "DeskDecision" d JOIN "DeskCase" c ON c."id" = d."caseId"
      WHERE d."decidedBy" = ${staff.id}::uuid AND d."at" > ${at(later(staff.now, -deskPolicy.breakAfterWithin))}
      ORDER BY d."at" DESC LIMIT ${deskPolicy.hardInARow}`;
      const firstEasy = rows.findIndex(({ hard }) => !hard);
      return firstEasy < 0 ? rows.length : firstEasy;
    },
  };
}

export type DecisionStore = ReturnType<typeof createDecisionStore>;
