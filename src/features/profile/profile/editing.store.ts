import { at, type Db } from '../../../platform/stores/db.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { Content } from './profile-content.ts';

export interface Editable extends Content {
  timeZone: string | null; // null: that of their country
  version: number; // raised by every save
}

/** Null leaves a field as it is. */
export interface ContentWrite extends Omit<Content, 'interests' | 'visibility'> {
  interests: Content['interests'] | null;
  visibility: Content['visibility'] | null;
  timeZone: { zone: string | null } | null;
}

export function createEditingStore(db: Db) {
  return {
    async of({ id }: Viewer): Promise<Editable> {
      const [row] = await db.rows<Editable>`
      SELECT u."displayName", u."bio", u."country", u."visibility", u."timeZone", u."profileVersion" AS "version",
             COALESCE((SELECT json_agg(i."code" ORDER BY i."position") FROM "UserInterest" i
                       WHERE i."userId" = u."id"), '[]') AS "interests"
      FROM "User" u WHERE u."id" = ${id}::uuid`;
      return row!;
    },

    /** All or nothing: not upon another version (null: any), nor after a password change. */
    async save(
      { id, securityVersion }: Viewer,
      to: ContentWrite,
      version: number | null,
      now: Date,
    ): Promise<'saved' | 'changed-meanwhile' | 'signed-out'> {
      // Locked first: a statement that waits for a row still counts as of before the wait.
      const lock = db.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "User" WHERE "id" = ${id}::uuid AND "securityVersion" = ${securityVersion}::int
      FOR NO KEY UPDATE`;
      const write = db.$queryRaw<{ id: string }[]>`
      WITH saved AS (
        UPDATE "User" SET "displayName" = ${to.displayName}, "bio" = ${to.bio}, "country" = ${to.country},
          "visibility" = COALESCE(${to.visibility}::"ProfileVisibility", "visibility"),
          "timeZone" = CASE WHEN ${to.timeZone === null} THEN "timeZone" ELSE ${to.timeZone?.zone ?? null} END,
          "profileVersion" = "profileVersion" + 1, "updatedAt" = ${at(now)}
        WHERE "id" = ${id}::uuid AND "securityVersion" = ${securityVersion}::int
          AND "profileVersion" = COALESCE(${version}::int, "profileVersion") RETURNING "id"
      ), dropped AS (
        DELETE FROM "UserInterest" i USING saved
        WHERE i."userId" = saved."id" AND i."code" <> ALL(${to.interests}::text[])
      ), kept AS (
        INSERT INTO "UserInterest" ("userId", "code", "position")
        SELECT saved."id", w.code, w.place - 1 FROM saved, unnest(${to.interests}::text[]) WITH ORDINALITY AS w(code, place)
        ON CONFLICT ("userId", "code") DO UPDATE SET "position" = excluded."position"
      )
      SELECT "id" FROM saved`;
      const [owner, rows] = await db.$transaction([lock, write]);
      if (owner.length === 0) return 'signed-out';
      return rows.length === 1 ? 'saved' : 'changed-meanwhile';
    },
  };
}

export type EditingStore = ReturnType<typeof createEditingStore>;
