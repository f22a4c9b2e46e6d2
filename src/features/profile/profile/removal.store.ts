import { at, type Db } from '../../../platform/stores/db.ts';
import type { ProfileRemoval } from '../../../web/reportable.ts';

/** What somebody wrote about themselves: taken off their page by the desk, and given back unless they wrote anew. */
export function createProfileRemoval(db: Db): ProfileRemoval {
  return {
    async remove(personId, removal) {
      await db.run`
      WITH before AS (SELECT "id", "displayName", "bio" FROM "User" WHERE "id" = ${personId}::uuid FOR UPDATE
      ), kept AS (
        INSERT INTO "RemovedProfile" ("userId", "removalId", "displayName", "bio", "at")
        SELECT "id", ${removal.id}::uuid, "displayName", "bio", ${at(removal.at)} FROM before
        ON CONFLICT DO NOTHING RETURNING "userId"
      )
      UPDATE "User" u SET "displayName" = NULL, "bio" = '', "profileVersion" = u."profileVersion" + 1
      FROM kept WHERE u."id" = kept."userId"`;
    },

    /** A later removal that found nothing left meant the same words: it keeps them from then on. */
    async restore(personId, { id }) {
      await db.run`
      WITH kept AS (
        DELETE FROM "RemovedProfile" WHERE "userId" = ${personId}::uuid AND "removalId" = ${id}::uuid RETURNING "displayName", "bio", "at"
      ), heir AS (
        SELECT r."removalId" FROM "RemovedProfile" r, kept
        WHERE r."userId" = ${personId}::uuid AND r."removalId" <> ${id}::uuid AND r."displayName" IS NULL AND r."bio" = '' AND r."at" >= kept."at"
        ORDER BY r."at", r."removalId" LIMIT 1
      ), handed AS (
        UPDATE "RemovedProfile" r SET "displayName" = kept."displayName", "bio" = kept."bio" FROM kept, heir
        WHERE r."userId" = ${personId}::uuid AND r."removalId" = heir."removalId"
      )
      UPDATE "User" u SET "displayName" = COALESCE(u."displayName", kept."displayName"),
        "bio" = CASE WHEN u."bio" = '' THEN kept."bio" ELSE u."bio" END, "profileVersion" = u."profileVersion" + 1
      FROM kept WHERE u."id" = ${personId}::uuid AND NOT EXISTS (SELECT FROM heir)`;
    },
  };
}

/** With the account. */
export async function eraseRemovedProfile(db: Db, userId: string): Promise<void> {
  await db.run`DELETE FROM "RemovedProfile" WHERE "userId" = ${userId}::uuid`;
}
