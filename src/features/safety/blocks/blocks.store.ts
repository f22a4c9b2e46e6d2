import { recordSql } from '../../../events/record.sql.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import type { PersonQuestion } from '../../../platform/stores/question.ts';
import { requestId } from '../../../platform/watching/request-id.ts';
import { blocked } from '../facts.ts';
import { knownTo } from '../visible.sql.ts';

export interface Person {
  id: string;
  username: string;
}

export interface Block {
  id: string;
  username: string;
  at: Date;
}

/** The last block of a page. */
export type Place = Pick<Block, 'at' | 'id'>;

export function createBlockStore(db: Db, acquainted: () => readonly PersonQuestion[] = () => []) {
  return {
    /** Somebody else whom the viewer may see, or who reached them. */
    async person({ usernameKey, viewer }: { usernameKey: string; viewer: Viewer }): Promise<Person | null> {
      const [found] = await db.rows<Person>`
      SELECT u."id", u."username" FROM "User" u
      WHERE u."usernameKey" = ${usernameKey} AND u."id" <> ${viewer.id}::uuid AND ${knownTo(viewer, acquainted())}`;
      return found ?? null;
    },

    /** Whoever they are to each other, the other's block included. Null: there is nobody of this id. */
    async block(
      viewer: Viewer,
      otherId: string,
      newId: string,
    ): Promise<{ id: string; isNew: boolean } | null> {
      const { id, now } = viewer;
      const pair = Prisma.sql`LEAST(${id}::uuid, ${otherId}::uuid)`;
      const moment = { at: now, request: requestId() };
      // Locked first: what others write between the two at this moment is there when the second statement begins.
      const lock = db.$executeRaw`SELECT pg_advisory_xact_lock("pair_key"(${id}::uuid, ${otherId}::uuid))`;
      const write = db.$queryRaw<{ id: string; isNew: boolean }[]>`
      WITH made AS (
        INSERT INTO "Block" ("id", "blockerId", "blockedId", "at")
        SELECT ${newId}::uuid, ${id}::uuid, u."id", ${at(now)} FROM "User" u
        WHERE u."id" = ${otherId}::uuid AND u."id" <> ${id}::uuid
        ON CONFLICT ("blockerId", "blockedId") DO NOTHING RETURNING "id", TRUE AS "isNew"
      ), parted AS (
        DELETE FROM "Partner" p USING made
        WHERE p."lowId" = ${pair} AND p."highId" = GREATEST(${id}::uuid, ${otherId}::uuid)
      ), fact AS (${recordSql(blocked, { userId: id, otherId }, moment, Prisma.sql`FROM made`)})
      SELECT "id", "isNew" FROM made UNION ALL
      SELECT b."id", FALSE FROM "Block" b WHERE b."blockerId" = ${id}::uuid AND b."blockedId" = ${otherId}::uuid`;
      const [, rows] = await db.$transaction([lock, write]);
      return rows[0] ?? null;
    },

    /** Whom the viewer blocked, newest first; they are named as long as they exist. */
    list: ({ id }: Viewer, most: number, after: Place | null): Promise<Block[]> =>
      db.rows<Block>`
      SELECT b."id", b."at", u."username" FROM "Block" b JOIN "User" u ON u."id" = b."blockedId"
      WHERE b."blockerId" = ${id}::uuid
        AND ${after ? Prisma.sql`(b."at", b."id") < (${at(after.at)}, ${after.id}::uuid)` : Prisma.sql`TRUE`}
      ORDER BY b."at" DESC, b."id" DESC LIMIT ${most}`,

    async of({ id }: Viewer, blockId: string): Promise<Block | null> {
      const [found] = await db.rows<Block>`
      SELECT b."id", b."at", u."username" FROM "Block" b JOIN "User" u ON u."id" = b."blockedId"
      WHERE b."blockerId" = ${id}::uuid AND b."id" = ${blockId}::uuid`;
      return found ?? null;
    },

    /** Who that was. Null: no block of the viewer's. */
    async unblock({ id }: Viewer, blockId: string): Promise<{ username: string } | null> {
      const [gone] = await db.rows<{ username: string }>`
      DELETE FROM "Block" b USING "User" u
      WHERE b."blockerId" = ${id}::uuid AND b."id" = ${blockId}::uuid AND u."id" = b."blockedId"
      RETURNING u."username"`;
      return gone ?? null;
    },
  };
}

export type BlockStore = ReturnType<typeof createBlockStore>;
