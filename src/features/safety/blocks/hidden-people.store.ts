import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { visibleTo } from '../visible.sql.ts';

/** Each null: the viewer may see nobody of this name. */
export function createHiddenPeopleStore(db: Db) {
  const person = (usernameKey: string, viewer: Viewer): Prisma.Sql => Prisma.sql`
    SELECT u."id", u."username" FROM "User" u
    WHERE u."usernameKey" = ${usernameKey} AND u."id" <> ${viewer.id}::uuid AND ${visibleTo(viewer)}`;

  return {
    async hide(viewer: Viewer, usernameKey: string): Promise<{ username: string } | null> {
      const [found] = await db.rows<{ username: string }>`
      WITH person AS (${person(usernameKey, viewer)}), hidden AS (
        INSERT INTO "HiddenPerson" ("hiderId", "hiddenId", "at")
        SELECT ${viewer.id}::uuid, "id", ${at(viewer.now)} FROM person ON CONFLICT DO NOTHING)
      SELECT "username" FROM person`;
      return found ?? null;
    },

    async unhide(viewer: Viewer, usernameKey: string): Promise<{ username: string } | null> {
      const [found] = await db.rows<{ username: string }>`
      WITH person AS (${person(usernameKey, viewer)}), shown AS (
        DELETE FROM "HiddenPerson" h USING person WHERE h."hiderId" = ${viewer.id}::uuid AND h."hiddenId" = person."id")
      SELECT "username" FROM person`;
      return found ?? null;
    },
  };
}

export type HiddenPeopleStore = ReturnType<typeof createHiddenPeopleStore>;
