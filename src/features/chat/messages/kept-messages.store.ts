import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import type { Place } from '../pairs/pair.store.ts';
import { mayGoOn } from '../../safety/index.ts';

/** What somebody wants to find again, which stays with its conversation. */
export function createKeptMessageStore(db: Db) {
  /** The viewer's conversation at a place, and whether there is such a message of it. */
  const found = (viewer: Viewer, { conversationId, usernameKey }: Place, seq: number) => Prisma.sql`
    SELECT p."conversationId", m."seq" IS NOT NULL AS "isThere" FROM "User" v
    LEFT JOIN "Participation" p ON p."userId" = v."id" AND p."conversationId" = COALESCE(${conversationId}::uuid, (
      SELECT "conversation_id"(${viewer.id}::uuid, u."id") FROM "User" u
      WHERE u."usernameKey" = ${usernameKey} AND ${mayGoOn(viewer)}))
    LEFT JOIN "Message" m ON m."conversationId" = p."conversationId" AND m."seq" = ${seq}::int
      AND m."deletedAt" IS NULL AND m."removedAt" IS NULL AND (NOT m."heldBack" OR m."authorId" = ${viewer.id}::uuid)
    WHERE v."id" = ${viewer.id}::uuid AND v."securityVersion" = ${viewer.securityVersion}::int`;

  return {
    /** Null: the session is over. */
    async keep(viewer: Viewer, place: Place, seq: number): Promise<'done' | 'gone' | 'nobody' | null> {
      const [row] = await db.rows<{ conversationId: string | null; isThere: boolean }>`
      WITH found AS (${found(viewer, place, seq)}), kept AS (
        INSERT INTO "KeptMessage" ("userId", "conversationId", "seq", "at")
        SELECT ${viewer.id}::uuid, "conversationId", ${seq}::int, ${at(viewer.now)} FROM found WHERE "isThere" ON CONFLICT DO NOTHING)
      SELECT "conversationId", "isThere" FROM found`;
      if (!row) return null;
      if (row.conversationId === null) return 'nobody';
      return row.isThere ? 'done' : 'gone';
    },

    /** Null: the session is over. */
    async unkeep(viewer: Viewer, place: Place, seq: number): Promise<'done' | 'nobody' | null> {
      const [row] = await db.rows<{ conversationId: string | null }>`
      WITH found AS (${found(viewer, place, seq)}), gone AS (
        DELETE FROM "KeptMessage" k USING found
        WHERE k."userId" = ${viewer.id}::uuid AND k."conversationId" = found."conversationId" AND k."seq" = ${seq}::int)
      SELECT "conversationId" FROM found`;
      if (!row) return null;
      return row.conversationId === null ? 'nobody' : 'done';
    },
  };
}

export type KeptMessageStore = ReturnType<typeof createKeptMessageStore>;
