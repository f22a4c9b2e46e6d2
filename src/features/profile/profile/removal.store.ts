import { at, type Db } from '../../../platform/stores/db.ts';
import type { ProfileRemoval } from '../../../web/reportable.ts';

/** What somebody wrote about themselves: taken off their page by the desk, and given back unless they wrote anew. */
export function createProfileRemoval(db: Db): ProfileRemoval {
  return {
    async remove(personId, now) {
      await db.run`
      WITH before AS (SELECT "id", "displayName", "bio" FROM "User" WHERE "id" = ${personId}::uuid FOR UPDATE
      ), kept AS (
        INSERT INTO "RemovedProfile" ("userId", "displayName", "bio", "at")
        SELECT "id", "displayName", "bio", ${at(now)} FROM before WHERE "displayName" IS NOT NULL OR "bio" <> ''
        ON CONFLICT ("userId") DO NOTHING
      )
      UPDATE "User" u SET "displayName" = NULL, "bio" = '', "profileVersion" = u."profileVersion" + 1
      FROM before WHERE u."id" = before."id"`;
    },

    async restore(personId) {
      await db.run`
      WITH kept AS (DELETE FROM "RemovedProfile" WHERE "userId" = ${personId}::uuid RETURNING "displayName", "bio")
      UPDATE "User" u SET "displayName" = COALESCE(u."displayName", kept."displayName"),
        "bio" = CASE WHEN u."bio" = '' THEN kept."bio" ELSE u."bio" END, "profileVersion" = u."profileVersion" + 1
      FROM kept WHERE u."id" = ${personId}::uuid`;
    },
  };
}

/** With the account. */
export async function eraseRemovedProfile(db: Db, userId: string): Promise<void> {
  await db.run`DELETE FROM "RemovedProfile" WHERE "userId" = ${userId}::uuid`;
}
