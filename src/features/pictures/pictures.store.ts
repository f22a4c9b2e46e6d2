import type { PictureKind } from '../../platform/generated/prisma/enums.ts';
import { at, type Db, Prisma } from '../../platform/stores/db.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import { visibleTo } from '../safety/index.ts';
import { type PictureRow, REMOVED, type PictureRefusal, type ShownPicture } from './pictures.ts';
import { picturePolicy } from './policy.ts';

export interface NewPicture {
  id: string;
  kind: PictureKind;
  name: string;
  incoming: string;
  alt: string;
}

export interface PictureOwner {
  username: string;
  displayName: string | null;
}

/** What the owner sees of a picture, whatever became of it. */
export type OwnPicture = Omit<PictureRow, 'incoming'> & Partial<ShownPicture> & { alt: string };

const row = Prisma.sql`"id", "kind", "state", "refusal", "mediaKey" AS "name", "incomingKey" AS "incoming"`;
/** Taken away: invisible from this statement on. */
const takenAway = Prisma.sql`"state" = 'refused', "refusal" = ${REMOVED}`;
const isThere = Prisma.sql`"refusal" IS DISTINCT FROM ${REMOVED}`;

/** Pictures of people: what is in the database about them. */
export function createPictureStore(db: Db) {
  return {
    /**
     * Writes a picture that is being processed, unless its owner has all that one may have. The place of a new avatar is
     * that of an unfinished one, and refused pictures make way: their ids come back. Null: the session is over.
     */
    async begin(
      viewer: Viewer,
      p: NewPicture,
      now: Date,
    ): Promise<{ begun: boolean; cleared: string[] } | null> {
      // Taken before, and apart: a statement that waits for its row still counts the pictures of before the wait.
      const lock = db.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "User" WHERE "id" = ${viewer.id}::uuid AND "securityVersion" = ${viewer.securityVersion}::int
      FOR NO KEY UPDATE`;
      const write = db.$queryRaw<{ begun: boolean; cleared: string[] }[]>`
      WITH mine AS (
        SELECT "id", "state", "position" FROM "Picture"
        WHERE "userId" = ${viewer.id}::uuid AND "kind" = ${p.kind}::"PictureKind"
      ), cleared AS (
        UPDATE "Picture" SET ${takenAway}
        WHERE "userId" = ${viewer.id}::uuid AND "kind" = ${p.kind}::"PictureKind" AND ${isThere}
          AND ("state" = 'refused' OR ("state" = 'processing' AND "kind" = 'avatar'))
        RETURNING "id"
      ), begun AS (
        INSERT INTO "Picture" ("id", "userId", "kind", "alt", "position", "mediaKey", "incomingKey", "createdAt")
        SELECT ${p.id}::uuid, u."id", ${p.kind}::"PictureKind", ${p.alt},
               (SELECT COALESCE(max("position") + 1, 0) FROM mine), ${p.name}, ${p.incoming}, ${at(now)}
        FROM "User" u
        WHERE u."id" = ${viewer.id}::uuid AND u."securityVersion" = ${viewer.securityVersion}::int
          AND (${p.kind} = 'avatar' OR (SELECT count(*) FROM mine WHERE "state" <> 'refused') < ${picturePolicy.photosMax})
        RETURNING "id"
      )
      SELECT EXISTS (SELECT FROM begun) AS "begun", ARRAY(SELECT "id"::text FROM cleared) AS "cleared"`;
      const [owner, [written]] = await db.$transaction([lock, write]);
      return owner.length === 0 ? null : written!;
    },

    /** Whatever became of it; null when it is gone. */
    async row(id: string): Promise<PictureRow | null> {
      const [found] = await db.rows<PictureRow>`SELECT ${row} FROM "Picture" WHERE "id" = ${id}::uuid`;
      return found ?? null;
    },

    /**
     * Shows a picture that has been made; an avatar takes the place of the one before, which comes back. Null: it is no
     * longer being processed.
     */
    async ready(id: string, made: Pick<ShownPicture, 'width' | 'height' | 'placeholder'>) {
      const [answer] = await db.rows<{ made: boolean; replaced: string[] }>`
      WITH made AS (
        UPDATE "Picture" SET "state" = 'ready', "width" = ${made.width}::int, "height" = ${made.height}::int,
          "placeholder" = ${made.placeholder}
        WHERE "id" = ${id}::uuid AND "state" = 'processing' RETURNING "id", "userId", "kind"
      ), replaced AS (
        UPDATE "Picture" p SET ${takenAway} FROM made
        WHERE made."kind" = 'avatar' AND p."userId" = made."userId" AND p."kind" = 'avatar'
          AND p."id" <> made."id" AND p."state" = 'ready'
        RETURNING p."id"
      )
      SELECT EXISTS (SELECT FROM made) AS "made", ARRAY(SELECT "id"::text FROM replaced) AS "replaced"`;
      return answer!.made ? answer!.replaced : null;
    },

    async refuse(id: string, refusal: PictureRefusal): Promise<void> {
      await db.run`UPDATE "Picture" SET "state" = 'refused', "refusal" = ${refusal}
      WHERE "id" = ${id}::uuid AND "state" = 'processing'`;
    },

    /** Takes away one picture of a kind, or all of it; the ids of those that were there come back. */
    async takeAway(userId: string, kind: PictureKind, id: string | null): Promise<string[]> {
      const one = id === null ? Prisma.empty : Prisma.sql`AND "id" = ${id}::uuid`;
      const gone = await db.rows<{ id: string }>`
      UPDATE "Picture" SET ${takenAway}
      WHERE "userId" = ${userId}::uuid AND "kind" = ${kind}::"PictureKind" AND ${isThere} ${one} RETURNING "id"`;
      return gone.map((p) => p.id);
    },

    /** False: there is no such photo of this person. */
    async describe(userId: string, id: string, alt: string): Promise<boolean> {
      const written = await db.run`
      UPDATE "Picture" SET "alt" = ${alt}
      WHERE "id" = ${id}::uuid AND "userId" = ${userId}::uuid AND "kind" = 'photo' AND ${isThere}`;
      return written > 0;
    },

    /**
     * Changes the place of a photo with its neighbour's; the first goes no earlier and the last no later. False: there is
     * no such photo of this person.
     */
    async move(userId: string, id: string, by: -1 | 1): Promise<boolean> {
      // Taken before, and apart, as in `begin`: of two moves at once the second one sees what the first has done.
      const lock = db.$queryRaw`SELECT "id" FROM "User" WHERE "id" = ${userId}::uuid FOR NO KEY UPDATE`;
      const swap = db.$queryRaw<{ found: boolean }[]>`
      WITH gallery AS (
        SELECT "id", (row_number() OVER (ORDER BY "position", "id") - 1)::int AS "place" FROM "Picture"
        WHERE "userId" = ${userId}::uuid AND "kind" = 'photo' AND ${isThere}
      ), one AS (
        SELECT "place" FROM gallery WHERE "id" = ${id}::uuid
      ), other AS (
        SELECT g."place" FROM gallery g JOIN one ON g."place" = one."place" + ${by}::int
      ), moved AS (
        UPDATE "Picture" p SET "position" =
          CASE g."place" WHEN one."place" THEN other."place" WHEN other."place" THEN one."place" ELSE g."place" END
        FROM gallery g, one, other WHERE p."id" = g."id"
      )
      SELECT EXISTS (SELECT FROM one) AS "found"`;
      const [, [answer]] = await db.$transaction([lock, swap]);
      return answer!.found;
    },

    /** The upload of a picture lies nowhere any more. */
    async uploadGone(id: string): Promise<void> {
      await db.run`UPDATE "Picture" SET "incomingKey" = NULL WHERE "id" = ${id}::uuid`;
    },

    /** No file of a picture that was taken away is left. */
    async forget(id: string): Promise<void> {
      await db.run`DELETE FROM "Picture" WHERE "id" = ${id}::uuid AND "refusal" = ${REMOVED}`;
    },

    /** The owner and all pictures, in their order. */
    async ownedBy({ id }: Viewer): Promise<PictureOwner & { pictures: OwnPicture[] }> {
      const [owner] = await db.rows<PictureOwner & { pictures: OwnPicture[] }>`
      SELECT u."username", u."displayName", COALESCE((
        SELECT json_agg(json_build_object('id', "id", 'kind', "kind", 'state', "state", 'refusal', "refusal", 'name', "mediaKey",
                                          'alt', "alt", 'width', "width", 'height', "height", 'placeholder', "placeholder")
                        ORDER BY "kind", "position", "id")
        FROM "Picture" WHERE "userId" = u."id" AND ${isThere}), '[]') AS "pictures"
      FROM "User" u WHERE u."id" = ${id}::uuid`;
      return owner!;
    },

    /**
     * Whether a viewer may see a picture of this name: it is ready, and they may see its owner. Null: the viewer's session
     * is over.
     */
    async mayShow(viewer: Viewer, name: string, kind: string): Promise<boolean | null> {
      const [answer] = await db.rows<{ shown: boolean }>`
      SELECT EXISTS (
        SELECT FROM "Picture" p JOIN "User" u ON u."id" = p."userId"
        WHERE p."mediaKey" = ${name} AND p."kind"::text = ${kind} AND p."state" = 'ready' AND ${visibleTo(viewer)}
      ) AS "shown"
      FROM "User" v WHERE v."id" = ${viewer.id}::uuid AND v."securityVersion" = ${viewer.securityVersion}::int`;
      return answer?.shown ?? null;
    },

    /** Gives up what began before `since` and is not done. */
    async giveUp(since: Date): Promise<void> {
      await db.run`UPDATE "Picture" SET "state" = 'refused', "refusal" = ${'unfinished' satisfies PictureRefusal}
      WHERE "state" = 'processing' AND "createdAt" <= ${at(since)}`;
    },

    /** Pictures of which files lie about: uploads that were dealt with, and all of those that were taken away. */
    async leftOver(userId: string | null = null): Promise<PictureRow[]> {
      const whose = userId === null ? Prisma.empty : Prisma.sql`AND "userId" = ${userId}::uuid`;
      return db.rows<PictureRow>`
      SELECT ${row} FROM "Picture"
      WHERE "state" <> 'processing' AND ("incomingKey" IS NOT NULL OR "refusal" = ${REMOVED}) ${whose}
      ORDER BY "id" LIMIT ${picturePolicy.sweepBatch}`;
    },
  };
}

export type PictureStore = ReturnType<typeof createPictureStore>;
