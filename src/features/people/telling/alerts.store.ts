import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db } from '../../../platform/stores/db.ts';
import type { Pair } from './alerts.ts';

export interface DueAlert extends Pair {
  userId: string;
  securityVersion: number;
  email: string;
  locale: string;
}

export type Asked = 'asked' | 'no-email' | 'not-yours';

export function createAlertStore(db: Db) {
  return {
    /** Twice is once. 'not-yours': they do not speak or learn this. Null: the session is over. */
    async ask({ id, securityVersion, now }: Viewer, { speaks, learns }: Pair): Promise<Asked | null> {
      const [row] = await db.rows<{ what: Asked }>`
      WITH me AS (
        SELECT u."id", CASE WHEN u."emailVerifiedAt" IS NULL THEN 'no-email'
          WHEN NOT EXISTS (SELECT FROM "UserLanguage" l WHERE l."userId" = u."id" AND l."code" = ${speaks} AND l."role" = 'learning')
            OR NOT EXISTS (SELECT FROM "UserLanguage" l WHERE l."userId" = u."id" AND l."code" = ${learns} AND l."role" = 'native')
            THEN 'not-yours' ELSE 'asked' END AS "what"
        FROM "User" u WHERE u."id" = ${id}::uuid AND u."securityVersion" = ${securityVersion}::int
      ), written AS (
        INSERT INTO "PartnerAlert" ("userId", "speaks", "learns", "askedAt")
        SELECT "id", ${speaks}, ${learns}, ${at(now)} FROM me WHERE "what" = 'asked' ON CONFLICT DO NOTHING
      )
      SELECT "what" FROM me`;
      return row?.what ?? null;
    },

    /** False: the session is over. */
    async withdraw({ id, securityVersion }: Viewer, { speaks, learns }: Pair): Promise<boolean> {
      const me = await db.rows<object>`
      WITH me AS (
        SELECT "id" FROM "User" WHERE "id" = ${id}::uuid AND "securityVersion" = ${securityVersion}::int
      ), gone AS (
        DELETE FROM "PartnerAlert" w USING me
        WHERE w."userId" = me."id" AND w."speaks" = ${speaks} AND w."learns" = ${learns}
      )
      SELECT FROM me`;
      return me.length === 1;
    },

    of: ({ id }: Pick<Viewer, 'id'>): Promise<Pair[]> => db.rows<Pair>`
      SELECT "speaks", "learns" FROM "PartnerAlert" WHERE "userId" = ${id}::uuid ORDER BY "speaks", "learns"`,

    /** Those for whom somebody may be here, the longest not looked at first. Who may see whom is asked next. */
    due: (now: Date, most: number): Promise<DueAlert[]> => db.rows<DueAlert>`
      WITH due AS (
        SELECT w."userId", w."speaks", w."learns", v."securityVersion", v."email", v."locale"
        FROM "PartnerAlert" w JOIN "User" v ON v."id" = w."userId" AND v."emailVerifiedAt" IS NOT NULL
          AND v."purgeAt" IS NULL AND v."bannedAt" IS NULL AND (v."suspendedUntil" IS NULL OR v."suspendedUntil" <= ${at(now)})
        WHERE EXISTS (SELECT FROM "LanguagePair" e WHERE e."speaks" = w."speaks" AND e."learns" = w."learns"
          AND e."band" = "age_band"(v."dateOfBirth", ${at(now)}) AND e."userId" <> w."userId" AND e."until" = 'infinity')
        ORDER BY w."lookedAt" NULLS FIRST, w."askedAt" LIMIT ${most}
      ), looked AS (
        UPDATE "PartnerAlert" w SET "lookedAt" = ${at(now)} FROM due
        WHERE w."userId" = due."userId" AND w."speaks" = due."speaks" AND w."learns" = due."learns"
      )
      SELECT * FROM due`,

    /** False: another process was faster, or it was withdrawn. */
    claim: async ({ userId, speaks, learns }: DueAlert): Promise<boolean> =>
      (await db.run`
      DELETE FROM "PartnerAlert" WHERE "userId" = ${userId}::uuid AND "speaks" = ${speaks} AND "learns" = ${learns}`) ===
      1,

    /** What could not be sent waits again. */
    async putBack({ userId, speaks, learns }: DueAlert, now: Date): Promise<void> {
      await db.run`
      INSERT INTO "PartnerAlert" ("userId", "speaks", "learns", "askedAt", "lookedAt")
      SELECT u."id", ${speaks}, ${learns}, ${at(now)}, ${at(now)} FROM "User" u WHERE u."id" = ${userId}::uuid
      ON CONFLICT DO NOTHING`;
    },

    exportOf: (userId: string): Promise<object[]> => db.rows<object>`
      SELECT "speaks", "learns", "askedAt", "lookedAt" FROM "PartnerAlert" WHERE "userId" = ${userId}::uuid ORDER BY "askedAt"`,

    async erase(userId: string): Promise<void> {
      await db.run`DELETE FROM "PartnerAlert" WHERE "userId" = ${userId}::uuid`;
    },
  };
}

export type AlertStore = ReturnType<typeof createAlertStore>;
