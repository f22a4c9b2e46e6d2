import { later } from '../../../kernel/clock.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { deleteBatch } from '../../../platform/stores/delete-batch.ts';
import { hasRoomSql, withThisSql } from '../codes/sliding.sql.ts';
import type { SecurityEvent } from '../history/security-event.ts';
import { eventSql } from '../history/security-events.sql.ts';
import { cleanupPolicy, secondStepPolicy } from '../policy.ts';
import { isOfUse } from './lost-factor.sql.ts';
import type { Run } from './second-step.ts';

/** `locked`: so many wrong codes lately that none is looked at; `moments` of them. */
export type Try =
  | { what: 'over' }
  | { what: 'locked'; moments: Date[] }
  | { what: 'counted'; run: Run; sealedKey: string; keyId: string; lastStep: number };

const { run: perRun } = secondStepPolicy.wrongCodes;

function isOpen(now: Date): Prisma.Sql {
  return Prisma.sql`s."passedAt" IS NULL AND s."endsAt" > ${at(now)} AND s."attempts" < ${perRun}::int`;
}

/** Of a wait that was begun under this password. */
function lostSql(now: Date): Prisma.Sql {
  return Prisma.sql`LEFT JOIN "LostFactor" l ON l."userId" = s."userId" AND l."securityVersion" = s."securityVersion" AND ${isOfUse(now)}`;
}

const columns = Prisma.sql`s."id", s."userId", s."securityVersion", s."ofDevice", u."username",
  u."role" <> 'member' AS "isStaff", ${perRun}::int - s."attempts" AS "triesLeft", l."beganAt", l."opensAt"`;

interface RunRow extends Omit<Run, 'lost'> {
  beganAt: Date | null;
  opensAt: Date | null;
}

function runOf({ beganAt, opensAt, ...run }: RunRow): Run {
  return { ...run, lost: beganAt && opensAt && { beganAt, opensAt } };
}

/** Of the account's two arrays the one that counts; the other stays as it is. */
function withOne(column: Prisma.Sql, counts: Prisma.Sql, now: Date): Prisma.Sql {
  return Prisma.sql`${column} = CASE WHEN ${counts} THEN ${withThisSql(Prisma.sql`f.${column}`, now)} ELSE f.${column} END`;
}
function withoutLast(column: Prisma.Sql, counts: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`${column} = CASE WHEN ${counts} THEN f.${column}[1 : cardinality(f.${column}) - 1] ELSE f.${column} END`;
}
const [strangers, devices] = [Prisma.sql`"wrongCodes"`, Prisma.sql`"wrongCodesOfDevices"`];

/** The run, locked before anything else of its account, as \`take\` does. */
function lockSql(runId: string): Prisma.Sql {
  return Prisma.sql`
    s AS (SELECT * FROM "SecondStep" WHERE "id" = ${runId}::uuid AND "passedAt" IS NULL FOR UPDATE)`;
}

/** The run is passed, once, and whatever waited for the second factor to go waits no more. `factor` has a row if so. */
function passSql(runId: string, now: Date): Prisma.Sql {
  return Prisma.sql`
    run AS (
      UPDATE "SecondStep" t SET "passedAt" = ${at(now)} FROM factor
      WHERE t."id" = ${runId}::uuid RETURNING t."userId"
    ), kept AS (DELETE FROM "LostFactor" l USING run WHERE l."userId" = run."userId")`;
}

/** Runs of the second step at sign-in, and what wrong codes cost. */
export function createSecondStepStore(db: Db) {
  return {
    async begin(
      id: string,
      account: { id: string; securityVersion: number },
      ofDevice: boolean,
      now: Date,
    ): Promise<void> {
      const endsAt = at(later(now, secondStepPolicy.lifetime));
      await db.run`
      INSERT INTO "SecondStep" ("id", "userId", "securityVersion", "ofDevice", "endsAt")
      VALUES (${id}::uuid, ${account.id}::uuid, ${account.securityVersion}::int, ${ofDevice}, ${endsAt})`;
    },

    /** Null: it is over. */
    async find(id: string, now: Date): Promise<Run | null> {
      const [row] = await db.rows<RunRow>`
      SELECT ${columns} FROM "SecondStep" s
      JOIN "User" u ON u."id" = s."userId" AND u."securityVersion" = s."securityVersion" ${lostSql(now)}
      WHERE s."id" = ${id}::uuid AND ${isOpen(now)}`;
      return row ? runOf(row) : null;
    },

    /** A press of the same browser was faster. */
    async isPassed(id: string): Promise<boolean> {
      const rows =
        await db.rows`SELECT FROM "SecondStep" WHERE "id" = ${id}::uuid AND "passedAt" IS NOT NULL`;
      return rows.length > 0;
    },

    /** Counts a code as wrong before anybody looks at it, so that fifty at once have no more tries than one after the other. */
    async take(id: string, now: Date): Promise<Try> {
      const counting = Prisma.sql`CASE WHEN run."ofDevice" THEN f.${devices} ELSE f.${strangers} END`;
      const [row] = await db.rows<
        RunRow & {
          open: boolean;
          moments: Date[] | null; // null: the second factor went meanwhile
          sealedKey: string | null;
          keyId: string;
          lastStep: number;
        }
      >`
      WITH run AS (
        SELECT s.* FROM "SecondStep" s JOIN "User" u ON u."id" = s."userId" AND u."securityVersion" = s."securityVersion"
        WHERE s."id" = ${id}::uuid AND ${isOpen(now)} FOR UPDATE OF s
      ), factor AS (
        UPDATE "SecondFactor" f SET ${withOne(strangers, Prisma.sql`NOT run."ofDevice"`, now)},
          ${withOne(devices, Prisma.sql`run."ofDevice"`, now)}
        FROM run WHERE f."userId" = run."userId" AND ${hasRoomSql(secondStepPolicy.wrongCodes, counting, now)}
        RETURNING f."userId", f."sealedKey", f."keyId", f."lastStep"
      ), s AS (
        UPDATE "SecondStep" s SET "attempts" = s."attempts" + 1 FROM factor WHERE s."id" = ${id}::uuid RETURNING s.*
      )
      SELECT EXISTS (SELECT FROM run) AS "open", ${columns}, factor."sealedKey", factor."keyId", factor."lastStep", (
        SELECT CASE WHEN run."ofDevice" THEN f.${devices} ELSE f.${strangers} END
        FROM run JOIN "SecondFactor" f ON f."userId" = run."userId") AS "moments"
      FROM (SELECT) one LEFT JOIN s ON TRUE LEFT JOIN factor ON TRUE LEFT JOIN "User" u ON u."id" = s."userId" ${lostSql(now)}`;
      const { open, moments, sealedKey, keyId, lastStep, ...run } = row!;
      if (!open || !moments) return { what: 'over' };
      if (sealedKey === null) return { what: 'locked', moments };
      return { what: 'counted', run: runOf(run), sealedKey, keyId, lastStep };
    },

    /** By a code of the app, once for each step; false: that code, or a later one, was taken already. */
    async passByApp(run: Run, step: number, now: Date): Promise<boolean> {
      const rows = await db.rows`
      WITH ${lockSql(run.id)}, factor AS (
        UPDATE "SecondFactor" f SET "lastStep" = ${step}::int, ${withoutLast(strangers, Prisma.sql`NOT s."ofDevice"`)},
          ${withoutLast(devices, Prisma.sql`s."ofDevice"`)}
        FROM s WHERE f."userId" = s."userId" AND f."lastStep" < ${step}::int RETURNING f."userId"
      ), ${passSql(run.id, now)}
      SELECT FROM run`;
      return rows.length > 0;
    },

    /** By a recovery code, once; false: none of these, or it was used. */
    async passByRecoveryCode(run: Run, hashes: readonly string[], event: SecurityEvent): Promise<boolean> {
      const rows = await db.rows`
      WITH ${lockSql(run.id)}, used AS (
        UPDATE "RecoveryCode" c SET "usedAt" = ${at(event.at)} FROM s
        WHERE c."userId" = s."userId" AND c."hash" = ANY(${hashes}::text[]) AND c."usedAt" IS NULL
        RETURNING c."userId", s."ofDevice"
      ), factor AS (
        UPDATE "SecondFactor" f SET ${withoutLast(strangers, Prisma.sql`NOT used."ofDevice"`)},
          ${withoutLast(devices, Prisma.sql`used."ofDevice"`)}
        FROM used WHERE f."userId" = used."userId" RETURNING f."userId"
      ), ${passSql(run.id, event.at)}, ${eventSql(event, Prisma.sql`FROM run`)}
      SELECT FROM run`;
      return rows.length > 0;
    },

    prune: (now: Date): Promise<number> =>
      deleteBatch(db, {
        table: Prisma.sql`"SecondStep"`,
        key: Prisma.sql`"id"`,
        where: Prisma.sql`"endsAt" <= ${at(now)}`,
        most: cleanupPolicy.batch,
      }),
  };
}

export type SecondStepStore = ReturnType<typeof createSecondStepStore>;
