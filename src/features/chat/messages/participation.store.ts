import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { bothShow, mayGoOn } from '../../safety/index.ts';
import { inTurn, type Place } from '../pairs/pair.store.ts';
import { reached } from '../pairs/shown.sql.ts';

export interface Participated {
  what: 'done' | 'nobody';
  /** Of the conversation; null where nothing changed. */
  change: number | null;
  conversationId: string;
  readSeq: number;
  otherId: string | null;
  author: string; // usernames: the viewer's and the other's
  other: string | null;
  /** Whether the other learns what was read. */
  isShown: boolean;
}

/** A conversation as the viewer has it for themselves. Each null: the session is over. */
export function createParticipationStore(db: Db) {
  const change = (
    viewer: Viewer,
    place: Place,
    { set, where = Prisma.sql`TRUE`, also }: { set: Prisma.Sql; where?: Prisma.Sql; also?: Prisma.Sql },
  ) =>
    inTurn<Participated>(
      db,
      viewer,
      place,
      () => [],
      async (tx, { otherId, conversationId }) => {
        const [mine, talk] = [Prisma.sql`${viewer.id}::uuid`, Prisma.sql`${conversationId}::uuid`];
        const [row] = await tx.$queryRaw<Participated[]>`
        WITH talk AS (
          SELECT c."id", c."lastSeq", c."lastChange", c."state", p."readSeq", u."id" AS "otherId", u."username" AS "other",
                 COALESCE(c."state" = 'accepted' AND ${bothShow('receipts', viewer)}, FALSE) AS "isShown"
          FROM "Conversation" c JOIN "Participation" p ON p."userId" = ${mine} AND p."conversationId" = c."id"
          LEFT JOIN "User" u ON u."id" = ${otherId}::uuid AND ${mayGoOn(viewer)}
          WHERE c."id" = ${talk} AND ${reached(viewer)} AND (u."id" IS NOT NULL OR ${place.conversationId !== null}::boolean)
        )${also ? Prisma.sql`, ${also}` : Prisma.empty}, changed AS (
          UPDATE "Participation" p SET ${set} FROM talk
          WHERE p."userId" = ${mine} AND p."conversationId" = ${talk} AND ${where}
          RETURNING p."readSeq", p."readChange"
        )
        SELECT CASE WHEN t."id" IS NULL THEN 'nobody' ELSE 'done' END AS "what",
               CASE WHEN c."readSeq" IS NOT NULL THEN c."readChange" END AS "change", ${conversationId} AS "conversationId",
               COALESCE(c."readSeq", t."readSeq", 0) AS "readSeq", t."otherId"::text, t."other", COALESCE(t."isShown", FALSE) AS "isShown",
               (SELECT me."username" FROM "User" me WHERE me."id" = ${mine}) AS "author"
        FROM (SELECT) one LEFT JOIN talk t ON TRUE LEFT JOIN changed c ON TRUE`;
        return row!;
      },
    );

  return {
    /** Up to a message; the mark never goes back. */
    read: (viewer: Viewer, place: Place, seq: number) =>
      change(viewer, place, {
        also: Prisma.sql`grown AS (
          UPDATE "Conversation" c SET "lastChange" = c."lastChange" + 1 FROM talk
          WHERE c."id" = talk."id" AND LEAST(${seq}::int, talk."lastSeq") > talk."readSeq" RETURNING c."lastChange")`,
        set: Prisma.sql`"readSeq" = LEAST(${seq}::int, talk."lastSeq"), "readChange" = (SELECT g."lastChange" FROM grown g)`,
        where: Prisma.sql`LEAST(${seq}::int, talk."lastSeq") > p."readSeq"`,
      }),

    draft: (viewer: Viewer, place: Place, text: string) =>
      change(viewer, place, { set: Prisma.sql`"draft" = NULLIF(${text}, '')` }),

    mute: (viewer: Viewer, place: Place) =>
      change(viewer, place, { set: Prisma.sql`"mutedAt" = COALESCE(p."mutedAt", ${at(viewer.now)})` }),
    unmute: (viewer: Viewer, place: Place) => change(viewer, place, { set: Prisma.sql`"mutedAt" = NULL` }),

    archive: (viewer: Viewer, place: Place) =>
      change(viewer, place, { set: Prisma.sql`"list" = 'archived'`, where: Prisma.sql`p."list" = 'chats'` }),
    unarchive: (viewer: Viewer, place: Place) =>
      change(viewer, place, { set: Prisma.sql`"list" = 'chats'`, where: Prisma.sql`p."list" = 'archived'` }),
  };
}

export type ParticipationStore = ReturnType<typeof createParticipationStore>;
