import { later } from '../../kernel/clock.ts';
import type { ExportState } from '../../platform/generated/prisma/enums.ts';
import { at, type Db, Prisma } from '../../platform/stores/db.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import { insertEventSql, type SecurityEvent } from '../auth/index.ts';
import { exportPolicy } from './policy.ts';

/** A row. */
export interface Copy {
  id: string;
  userId: string;
  state: ExportState;
  name: string | null; // of its files in the media store, once packing has begun
  bytes: number | null; // of the ZIP
  createdAt: Date;
  expiresAt: Date;
}

export interface BegunCopy extends Copy {
  name: string;
  locale: string; // of its person
}

export type Asked = 'asked' | 'busy' | 'too-often' | 'signed-out';

const columns = Prisma.sql`"id", "userId", "state", "mediaKey" AS "name", "bytes", "createdAt", "expiresAt"`;
const columnsOfE = Prisma.sql`e."id", e."userId", e."state", e."mediaKey" AS "name", e."bytes", e."createdAt", e."expiresAt"`;
/** Failed ones cost nothing. */
const counted = Prisma.sql`"state" <> 'failed'`;

export function createExportStore(db: Db) {
  return {
    async ask(viewer: Viewer, id: string, event: SecurityEvent): Promise<Asked> {
      const now = event.at;
      const mine = Prisma.sql`"userId" = ${viewer.id}::uuid`;
      // Locked first: a statement that waits for a row still counts as of before the wait.
      const lock = db.$queryRaw<object[]>`
      SELECT FROM "User" WHERE "id" = ${viewer.id}::uuid AND "securityVersion" = ${viewer.securityVersion}::int AND "purgeAt" IS NULL
      FOR NO KEY UPDATE`;
      const write = db.$queryRaw<{ asked: boolean; busy: boolean }[]>`
      WITH waiting AS (
        SELECT FROM "DataExport" WHERE ${mine} AND "state" = 'queued' AND "expiresAt" > ${at(now)}
      ), asked AS (
        INSERT INTO "DataExport" ("id", "userId", "createdAt", "expiresAt")
        SELECT ${id}::uuid, u."id", ${at(now)}, ${at(later(now, exportPolicy.lifetime))} FROM "User" u
        WHERE u."id" = ${viewer.id}::uuid AND u."securityVersion" = ${viewer.securityVersion}::int AND u."purgeAt" IS NULL
          AND NOT EXISTS (SELECT FROM waiting)
          AND (SELECT count(*) FROM "DataExport"
               WHERE ${mine} AND ${counted} AND "createdAt" > ${at(later(now, -exportPolicy.perDay.window))}) < ${exportPolicy.perDay.max}
        RETURNING "id"
      ), event AS (${insertEventSql(event, Prisma.sql`FROM asked`)})
      SELECT EXISTS (SELECT FROM asked) AS "asked", EXISTS (SELECT FROM waiting) AS "busy"`;
      const [person, [written]] = await db.$transaction([lock, write]);
      if (person.length === 0) return 'signed-out';
      if (written!.asked) return 'asked';
      return written!.busy ? 'busy' : 'too-often';
    },

    /** Those that are valid or still count, newest first. */
    of: ({ id }: Viewer, now: Date): Promise<Copy[]> => db.rows<Copy>`
      SELECT ${columns} FROM "DataExport"
      WHERE "userId" = ${id}::uuid
        AND ("expiresAt" > ${at(now)} OR "createdAt" > ${at(later(now, -exportPolicy.perDay.window))})
      ORDER BY "createdAt" DESC, "id" DESC`,

    /** The newest; null: none, or the session is over. */
    async ready(viewer: Viewer, now: Date): Promise<Copy | null> {
      const [copy] = await db.rows<Copy>`
      SELECT ${columnsOfE}
      FROM "DataExport" e JOIN "User" u ON u."id" = e."userId"
      WHERE u."id" = ${viewer.id}::uuid AND u."securityVersion" = ${viewer.securityVersion}::int
        AND e."state" = 'ready' AND e."expiresAt" > ${at(now)}
      ORDER BY e."createdAt" DESC, e."id" DESC LIMIT 1`;
      return copy ?? null;
    },

    /** Names the files first, so that none is ever without a row. Null: done, expired, or the person is leaving. */
    async begin(id: string, name: string, now: Date): Promise<BegunCopy | null> {
      const [copy] = await db.rows<BegunCopy>`
      UPDATE "DataExport" e SET "mediaKey" = COALESCE(e."mediaKey", ${name}) FROM "User" u
      WHERE e."id" = ${id}::uuid AND e."state" = 'queued' AND e."expiresAt" > ${at(now)}
        AND u."id" = e."userId" AND u."purgeAt" IS NULL
      RETURNING ${columnsOfE}, u."locale"`;
      return copy ?? null;
    },

    async finish(id: string, bytes: number, now: Date): Promise<void> {
      await db.run`
      UPDATE "DataExport" SET "state" = 'ready', "bytes" = ${bytes}::int, "expiresAt" = ${at(later(now, exportPolicy.lifetime))}
      WHERE "id" = ${id}::uuid AND "state" = 'queued' AND "expiresAt" > ${at(now)}`;
    },

    async fail(id: string, now: Date): Promise<void> {
      await db.run`
      UPDATE "DataExport" SET "state" = 'failed', "expiresAt" = ${at(later(now, exportPolicy.lifetime))}
      WHERE "id" = ${id}::uuid AND "state" = 'queued'`;
    },

    async isThere(id: string): Promise<boolean> {
      return (await db.rows<object>`SELECT FROM "DataExport" WHERE "id" = ${id}::uuid`).length > 0;
    },

    /** Longer than any queue takes. */
    async overdue(now: Date): Promise<string[]> {
      const rows = await db.rows<{ id: string }>`
      SELECT "id" FROM "DataExport" WHERE "state" = 'queued' AND "expiresAt" > ${at(now)}
        AND "createdAt" <= ${at(later(now, -exportPolicy.overdue))} ORDER BY "expiresAt" LIMIT ${exportPolicy.batch}`;
      return rows.map(({ id }) => id);
    },

    /** A batch in the order of ids after `after`. */
    expired: (now: Date, after: string): Promise<Copy[]> => db.rows<Copy>`
    SELECT ${columns} FROM "DataExport" WHERE "expiresAt" <= ${at(now)} AND "id" > ${after}::uuid
    ORDER BY "id" LIMIT ${exportPolicy.batch}`,

    /** After its files are gone. */
    async forget(id: string, now: Date): Promise<void> {
      await db.run`DELETE FROM "DataExport" WHERE "id" = ${id}::uuid AND "expiresAt" <= ${at(now)}`;
    },

    allOf: (userId: string): Promise<Copy[]> => db.rows<Copy>`
    SELECT ${columns} FROM "DataExport" WHERE "userId" = ${userId}::uuid`,
  };
}

export type ExportStore = ReturnType<typeof createExportStore>;
