import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { LanguageState } from './language-cooldown.ts';
import type { Language } from './languages.ts';

/** `change`: null for levels or order only. */
export interface LanguageWrite {
  languages: readonly Language[];
  now: Date;
  change: { id: string; counted: boolean } | null;
}

type Asked = Pick<Db, '$queryRaw' | '$executeRaw'>;

async function read(db: Asked, who: Prisma.Sql): Promise<LanguageState | undefined> {
  const [row] = await db.$queryRaw<LanguageState[]>`
    SELECT u."createdAt" AS "joinedAt", u."languageChanges" AS "changes", u."languagesChangedAt" AS "changedAt",
           COALESCE((SELECT json_agg(json_build_object('code', l."code", 'role', l."role", 'level', l."level")
                                     ORDER BY l."role", l."position")
                     FROM "UserLanguage" l WHERE l."userId" = u."id"), '[]') AS "languages"
    FROM "User" u WHERE ${who}`;
  return row;
}

function withPositions(languages: readonly Language[]) {
  return languages.map((l, n) => ({
    ...l,
    position: languages.slice(0, n).filter(({ role }) => role === l.role).length,
  }));
}

function write(db: Asked, userId: string, before: readonly Language[], wanted: LanguageWrite) {
  const { languages, now, change } = wanted;
  const history = change
    ? Prisma.sql`, history AS (
        INSERT INTO "LanguageChange" ("id", "userId", "at", "counted", "before", "after")
        VALUES (${change.id}::uuid, ${userId}::uuid, ${at(now)}, ${change.counted},
                ${JSON.stringify(before)}::jsonb, ${JSON.stringify(languages)}::jsonb))`
    : Prisma.empty;
  return db.$executeRaw`
    WITH dropped AS (
      DELETE FROM "UserLanguage"
      WHERE "userId" = ${userId}::uuid AND "code" <> ALL(${languages.map(({ code }) => code)}::text[])
    ), kept AS (
      INSERT INTO "UserLanguage" ("userId", "code", "role", "position", "level")
      SELECT ${userId}::uuid, l."code", l."role"::"LanguageRole", l."position", l."level"::"LanguageLevel"
      FROM jsonb_to_recordset(${JSON.stringify(withPositions(languages))}::jsonb)
           AS l("code" text, "role" text, "position" int, "level" text)
      ON CONFLICT ("userId", "code") DO UPDATE
      SET "role" = excluded."role", "position" = excluded."position", "level" = excluded."level"
    )${history}
    UPDATE "User" SET "updatedAt" = ${at(now)}, "languageChanges" = "languageChanges" + ${change ? 1 : 0}::int,
      "languagesChangedAt" = CASE WHEN ${change?.counted ?? false} THEN ${at(now)} ELSE "languagesChangedAt" END
    WHERE "id" = ${userId}::uuid`;
}

export function createLanguageStore(db: Db) {
  return {
    of: async ({ id }: Viewer): Promise<LanguageState> => (await read(db, Prisma.sql`u."id" = ${id}::uuid`))!,

    /** `decide` sees what the caller before left. Null: the password changed meanwhile. */
    settle: <T>(
      viewer: Viewer,
      decide: (state: LanguageState) => { answer: T; write: LanguageWrite | null },
    ): Promise<T | null> =>
      db.$transaction(async (tx) => {
        // A statement reads as of its beginning, which was before the wait.
        await tx.$queryRaw`SELECT FROM "User" WHERE "id" = ${viewer.id}::uuid FOR NO KEY UPDATE`;
        const state = await read(
          tx,
          Prisma.sql`u."id" = ${viewer.id}::uuid AND u."securityVersion" = ${viewer.securityVersion}::int`,
        );
        if (!state) return null;
        const { answer, write: wanted } = decide(state);
        if (wanted) await write(tx, viewer.id, state.languages, wanted);
        return answer;
      }),
  };
}

export type LanguageStore = ReturnType<typeof createLanguageStore>;
