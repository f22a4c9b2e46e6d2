import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import type { Sealed } from '../../../platform/sealing.ts';
import { eventSql } from '../history/security-events.sql.ts';
import type { SecurityEvent } from '../history/security-event.ts';
import { cleanupPolicy } from '../policy.ts';
import { isOfUse } from './lost-factor.sql.ts';
import type { HashedCode } from './recovery-codes.ts';

/** What its owner reads of it; null: none. */
export interface FactorState {
  setUpAt: Date;
  codesLeft: number;
  /** They work at the desk: only whoever runs the server takes their second step away, or gives new codes. */
  isStaff: boolean;
  /** Since when somebody waits for it to go, and when it does. */
  lost: { since: Date; opensAt: Date } | null;
}

/** A row for whose session holds. A stolen session and password alone do not open the desk anew for a thief. */
function personSql({ id, securityVersion }: Viewer): Prisma.Sql {
  return Prisma.sql`SELECT "id", "role" = 'member' AS "mayChange" FROM "User" WHERE "id" = ${id}::uuid AND "securityVersion" = ${securityVersion}::int`;
}

function insertCodesSql(codes: readonly HashedCode[], now: Date, person: Prisma.Sql): Prisma.Sql {
  const rows = codes.map(({ hash, keyId }) => Prisma.sql`(${hash}, ${keyId})`);
  return Prisma.sql`
    INSERT INTO "RecoveryCode" ("userId", "hash", "keyId", "madeAt")
    SELECT p."id", c."hash", c."keyId", ${at(now)} FROM ${person} p, (VALUES ${Prisma.join(rows)}) AS c("hash", "keyId")`;
}

/** Each null: the session is over. */
export function createSecondFactorStore(db: Db) {
  return {
    /** `keys`: recovery codes under others are worth nothing any more. */
    async state(viewer: Viewer, keys: readonly string[]): Promise<{ factor: FactorState | null } | null> {
      const [row] = await db.rows<{
        setUpAt: Date | null;
        codesLeft: number;
        isStaff: boolean;
        lostSince: Date | null;
        opensAt: Date | null;
      }>`
      SELECT f."setUpAt", u."role" <> 'member' AS "isStaff", l."beganAt" AS "lostSince", l."opensAt", (
        SELECT count(*)::int FROM "RecoveryCode" c
        WHERE c."userId" = u."id" AND c."usedAt" IS NULL AND c."keyId" = ANY(${keys}::text[])) AS "codesLeft"
      FROM "User" u LEFT JOIN "SecondFactor" f ON f."userId" = u."id" LEFT JOIN "LostFactor" l ON l."userId" = u."id"
        AND l."securityVersion" = u."securityVersion" AND ${isOfUse(viewer.now)}
      WHERE u."id" = ${viewer.id}::uuid AND u."securityVersion" = ${viewer.securityVersion}::int`;
      if (!row) return null;
      const { setUpAt, codesLeft, isStaff, lostSince, opensAt } = row;
      const lost = lostSince && opensAt && { since: lostSince, opensAt };
      return { factor: setUpAt && { setUpAt, codesLeft, isStaff, lost } };
    },

    /** Ends every session, device and code of before: the answer is the security version since then. */
    async setUp(
      viewer: Viewer,
      { key, step, codes }: { key: Sealed; step: number; codes: readonly HashedCode[] },
      event: SecurityEvent,
    ): Promise<number | null> {
      const [row] = await db.rows<{ securityVersion: number }>`
      WITH person AS (
        UPDATE "User" SET "securityVersion" = "securityVersion" + 1, "updatedAt" = ${at(event.at)}
        WHERE "id" = ${viewer.id}::uuid AND "securityVersion" = ${viewer.securityVersion}::int
          AND NOT EXISTS (SELECT FROM "SecondFactor" f WHERE f."userId" = "User"."id")
        RETURNING "id", "securityVersion"
      ), factor AS (
        INSERT INTO "SecondFactor" ("userId", "sealedKey", "keyId", "lastStep", "setUpAt")
        SELECT "id", ${key.text}, ${key.keyId}, ${step}::int, ${at(event.at)} FROM person RETURNING "userId" AS "id"
      ), codes AS (${insertCodesSql(codes, event.at, Prisma.sql`factor`)}
      ), ${eventSql(event, Prisma.sql`FROM person`)}
      SELECT "securityVersion" FROM person`;
      return row?.securityVersion ?? null;
    },

    /** False: there is no second factor. */
    async replaceCodes(
      viewer: Viewer,
      codes: readonly HashedCode[],
      event: SecurityEvent,
    ): Promise<boolean | null> {
      // Locked first: codes that another press made at this moment are there when the second statement begins.
      const lock = db.$executeRaw`SELECT FROM "SecondFactor" WHERE "userId" = ${viewer.id}::uuid FOR UPDATE`;
      const write = db.$queryRaw<{ done: boolean }[]>`
      WITH person AS (${personSql(viewer)}), factor AS (
        SELECT f."userId" AS "id" FROM "SecondFactor" f JOIN person ON person."id" = f."userId" AND person."mayChange"
      ), gone AS (DELETE FROM "RecoveryCode" c USING factor WHERE c."userId" = factor."id"
      ), codes AS (${insertCodesSql(codes, event.at, Prisma.sql`factor`)}
      ), ${eventSql(event, Prisma.sql`FROM factor`)}
      SELECT EXISTS (SELECT FROM factor) AS "done" FROM person`;
      const [, [row]] = await db.$transaction([lock, write]);
      return row?.done ?? null;
    },

    /** With its codes. False: there was none, or they work at the desk. */
    async remove(viewer: Viewer, event: SecurityEvent): Promise<boolean | null> {
      const [row] = await db.rows<{ done: boolean }>`
      WITH person AS (${personSql(viewer)}), factor AS (
        DELETE FROM "SecondFactor" f USING person WHERE f."userId" = person."id" AND person."mayChange" RETURNING f."userId"
      ), ${eventSql(event, Prisma.sql`FROM factor`)}
      SELECT EXISTS (SELECT FROM factor) AS "done" FROM person`;
      return row?.done ?? null;
    },

    /** Keys that lie under another key of the server's than this. */
    sealedBefore: (keyId: string) =>
      db.rows<{ userId: string; sealedKey: string; keyId: string }>`
      SELECT "userId", "sealedKey", "keyId" FROM "SecondFactor" WHERE "keyId" <> ${keyId} LIMIT ${cleanupPolicy.batch}`,

    /** Unless it was set up anew meanwhile. */
    async sealAgain(userId: string, before: string, { keyId, text }: Sealed): Promise<void> {
      await db.run`UPDATE "SecondFactor" SET "sealedKey" = ${text}, "keyId" = ${keyId}
        WHERE "userId" = ${userId}::uuid AND "sealedKey" = ${before}`;
    },
  };
}

export type SecondFactorStore = ReturnType<typeof createSecondFactorStore>;
