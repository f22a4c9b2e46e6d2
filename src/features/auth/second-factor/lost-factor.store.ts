import { later } from '../../../kernel/clock.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { deleteBatch } from '../../../platform/stores/delete-batch.ts';
import type { SecurityEvent } from '../history/security-event.ts';
import { eventSql } from '../history/security-events.sql.ts';
import { isOfUse } from './lost-factor.sql.ts';
import { hashOf } from '../codes/link-token.ts';
import { cleanupPolicy, lostFactorPolicy } from '../policy.ts';
import type { Run } from './second-step.ts';

/** Somebody waits for a second factor to go. */
export interface LostFactor {
  id: string;
  userId: string;
  username: string;
  keyId: string;
  beganAt: Date;
  opensAt: Date;
}

export interface NewLostFactor {
  id: string;
  keyId: string;
  token: string;
}

const columns = Prisma.sql`l."id", l."userId", l."keyId", l."beganAt", l."opensAt", u."username"`;

/** Waits for a second factor to go: one an account, stopped by whoever holds the link or passes the second step. */
export function createLostFactorStore(db: Db) {
  return {
    /** One that is under way under this password goes on; the answer is whether this began one. */
    async begin(run: Run, { id, keyId, token }: NewLostFactor, event: SecurityEvent): Promise<boolean> {
      const now = event.at;
      const rows = await db.rows`
      WITH lost AS (
        INSERT INTO "LostFactor" AS l ("userId", "id", "securityVersion", "keyId", "tokenHash", "beganAt", "opensAt", "tellAt")
        SELECT f."userId", ${id}::uuid, ${run.securityVersion}::int, ${keyId}, ${hashOf(token)}, ${at(now)},
               ${at(later(now, lostFactorPolicy.wait))}, ${at(later(now, lostFactorPolicy.toldEvery))}
        FROM "SecondFactor" f JOIN "User" u ON u."id" = f."userId"
        WHERE f."userId" = ${run.userId}::uuid AND u."securityVersion" = ${run.securityVersion}::int
        ON CONFLICT ("userId") DO UPDATE
        SET "id" = excluded."id", "securityVersion" = excluded."securityVersion", "keyId" = excluded."keyId",
            "tokenHash" = excluded."tokenHash", "beganAt" = excluded."beganAt", "opensAt" = excluded."opensAt", "tellAt" = excluded."tellAt"
        WHERE l."securityVersion" <> excluded."securityVersion" OR l."opensAt" <= ${at(later(now, -lostFactorPolicy.openFor))}
        RETURNING l."userId"
      ), ${eventSql(event, Prisma.sql`FROM lost`)}
      SELECT FROM lost`;
      return rows.length > 0;
    },

    /** After the wait the second factor goes, and the run is passed, once. */
    async open(run: Run, event: SecurityEvent): Promise<boolean> {
      const now = event.at;
      const rows = await db.rows`
      WITH s AS (
        SELECT * FROM "SecondStep" WHERE "id" = ${run.id}::uuid AND "passedAt" IS NULL FOR UPDATE
      ), lost AS (
        SELECT l."userId" FROM "LostFactor" l JOIN s ON s."userId" = l."userId" AND s."securityVersion" = l."securityVersion"
        WHERE l."opensAt" <= ${at(now)} AND ${isOfUse(now)}
      ), factor AS (
        DELETE FROM "SecondFactor" f USING lost WHERE f."userId" = lost."userId" RETURNING f."userId"
      ), run AS (
        UPDATE "SecondStep" t SET "passedAt" = ${at(now)} FROM factor WHERE t."id" = ${run.id}::uuid
      ), ${eventSql(event, Prisma.sql`FROM factor`)}
      SELECT FROM factor`;
      return rows.length > 0;
    },

    /** Null: it is over, or never was. */
    async byToken(token: string, now: Date): Promise<LostFactor | null> {
      const [row] = await db.rows<LostFactor>`
      SELECT ${columns} FROM "LostFactor" l JOIN "User" u ON u."id" = l."userId" AND u."securityVersion" = l."securityVersion"
      WHERE l."tokenHash" = ${hashOf(token)} AND ${isOfUse(now)}`;
      return row ?? null;
    },

    async of(userId: string): Promise<LostFactor | null> {
      const [row] = await db.rows<LostFactor>`
      SELECT ${columns} FROM "LostFactor" l JOIN "User" u ON u."id" = l."userId" AND u."securityVersion" = l."securityVersion"
      WHERE l."userId" = ${userId}::uuid`;
      return row ?? null;
    },

    /** False: there is nothing left to stop. */
    async stop(token: string, event: SecurityEvent): Promise<boolean> {
      const rows = await db.rows`
      WITH stopped AS (DELETE FROM "LostFactor" WHERE "tokenHash" = ${hashOf(token)} RETURNING "userId"
      ), ${eventSql(event, Prisma.sql`FROM stopped`)}
      SELECT FROM stopped`;
      return rows.length > 0;
    },

    /** Whose contacts are to be told again. */
    async due(now: Date): Promise<{ userId: string; tellAt: Date }[]> {
      return db.rows<{ userId: string; tellAt: Date }>`
      SELECT l."userId", l."tellAt" FROM "LostFactor" l JOIN "User" u ON u."id" = l."userId" AND u."securityVersion" = l."securityVersion"
      WHERE l."tellAt" <= ${at(now)} AND l."opensAt" > ${at(now)} LIMIT ${cleanupPolicy.batch}`;
    },

    /** Once for each day, whoever asks twice. */
    async tell(userId: string, tellAt: Date, event: SecurityEvent): Promise<void> {
      await db.run`
      WITH told AS (
        UPDATE "LostFactor" SET "tellAt" = ${at(later(event.at, lostFactorPolicy.toldEvery))}
        WHERE "userId" = ${userId}::uuid AND "tellAt" = ${at(tellAt)} RETURNING "userId"
      ), ${eventSql(event, Prisma.sql`FROM told`)}
      SELECT FROM told`;
    },

    prune: (now: Date): Promise<number> =>
      deleteBatch(db, {
        table: Prisma.sql`"LostFactor"`,
        key: Prisma.sql`"userId"`,
        where: Prisma.sql`"opensAt" <= ${at(later(now, -lostFactorPolicy.openFor))}`,
        most: cleanupPolicy.batch,
      }),
  };
}

export type LostFactorStore = ReturnType<typeof createLostFactorStore>;
