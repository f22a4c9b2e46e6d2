import { recordSql } from '../../../events/record.sql.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { requestId } from '../../../platform/watching/request-id.ts';
import { matches } from '../../profile/index.ts';
import { insertPartnerSql, mayContact, mayGoOn } from '../../safety/index.ts';
import { accepted } from '../facts.ts';
import { inTurn, type Pair, type Place } from '../pairs/pair.store.ts';

/** `answered`: it is no open hello any more. */
export type Answered = 'done' | 'answered' | 'nobody';

/** The other, and what the viewer knows of a conversation with them; one that was taken back before anybody answered is none. */
function knownSql(viewer: Viewer, { otherId, conversationId }: Pair): Prisma.Sql {
  return Prisma.sql`
    other AS (
      SELECT u."id", ${mayContact(viewer, matches(viewer))} AS "contactable"
      FROM "User" u WHERE u."id" = ${otherId}::uuid AND ${mayGoOn(viewer)}
    ), talk AS (
      SELECT c.* FROM "Conversation" c LEFT JOIN other o ON TRUE
      WHERE c."id" = ${conversationId}::uuid AND (c."askedBy" = ${viewer.id}::uuid OR c."heldAt" IS NULL)
        AND (c."state" <> 'withdrawn' OR c."acceptedAt" IS NOT NULL OR o."contactable")
    )`;
}

/** `changed` has a row if it was done now; `before`: what a repeated press finds. By name, nobody is whom the viewer may not see. */
function outcomeSql(place: Place, before: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT CASE
      WHEN t."id" IS NULL OR (o."id" IS NULL AND ${place.conversationId === null}::boolean) THEN 'nobody'
      WHEN EXISTS (SELECT FROM changed) OR ${before} THEN 'done'
      ELSE 'answered' END AS "outcome"
    FROM (SELECT) one LEFT JOIN talk t ON TRUE LEFT JOIN other o ON TRUE`;
}

export function createAnswerStore(db: Db) {
  const ask = (
    viewer: Viewer,
    place: Place,
    statement: (pair: Pair) => Prisma.Sql,
  ): Promise<Answered | null> =>
    inTurn(
      db,
      viewer,
      place,
      () => [],
      async (tx, pair) => {
        const [row] = await tx.$queryRaw<{ outcome: Answered }[]>(statement(pair));
        return row!.outcome;
      },
    );
  const withoutHello = Prisma.sql`"list" = (CASE WHEN changed."acceptedAt" IS NULL THEN 'none' ELSE 'chats' END)::"ChatList"`;

  /** Each null: the session is over. */
  return {
    accept: (viewer: Viewer, place: Place) =>
      ask(viewer, place, (pair) => {
        const { otherId, conversationId } = pair;
        const ids = { userId: viewer.id, otherId, conversationId };
        const moment = { at: viewer.now, request: requestId() };
        return Prisma.sql`
        WITH ${knownSql(viewer, pair)}, changed AS (
          UPDATE "Conversation" c SET "state" = 'accepted', "acceptedAt" = ${at(viewer.now)}, "declinedAt" = NULL,
            "lastAt" = ${at(viewer.now)}, "lastChange" = c."lastChange" + 1
          FROM talk JOIN other ON TRUE
          WHERE c."id" = ${conversationId}::uuid AND talk."state" = 'requested' AND talk."askedBy" = other."id"
          RETURNING c."lastChange"
        ), released AS (
          UPDATE "Message" m SET "heldBack" = FALSE, "change" = changed."lastChange" FROM changed
          WHERE m."conversationId" = ${conversationId}::uuid AND m."heldBack"
        ), lists AS (
          UPDATE "Participation" p SET "list" = 'chats', "lastAt" = ${at(viewer.now)} FROM changed
          WHERE p."userId" IN (${viewer.id}::uuid, ${otherId}::uuid) AND p."conversationId" = ${conversationId}::uuid
        ), partners AS (${insertPartnerSql(viewer, otherId, Prisma.sql`FROM changed`)}
        ), accepts AS (${recordSql(accepted, ids, moment, Prisma.sql`FROM changed`)})
        ${outcomeSql(place, Prisma.sql`t."state" = 'accepted'`)}`;
      }),

    /** Changes nothing that the other is shown. It holds for a hello that was taken back meanwhile, too. */
    decline: (viewer: Viewer, place: Place, id: string) =>
      ask(
        viewer,
        place,
        (pair) => Prisma.sql`
        WITH ${knownSql(viewer, pair)}, changed AS (
          UPDATE "Conversation" c SET "declinedAt" = ${at(viewer.now)} FROM talk
          WHERE c."id" = ${pair.conversationId}::uuid AND talk."state" IN ('requested', 'withdrawn')
            AND talk."askedBy" = ${pair.otherId}::uuid AND talk."declinedAt" IS NULL
          RETURNING c."acceptedAt"
        ), list AS (
          UPDATE "Participation" p SET ${withoutHello} FROM changed
          WHERE p."userId" = ${viewer.id}::uuid AND p."conversationId" = ${pair.conversationId}::uuid
        ), slows AS (
          INSERT INTO "DeclinedHello" ("id", "askedBy", "declinedBy", "at")
          SELECT ${id}::uuid, ${pair.otherId}::uuid, ${viewer.id}::uuid, ${at(viewer.now)} FROM changed
        )
        ${outcomeSql(place, Prisma.sql`(t."state" IN ('requested', 'withdrawn') AND t."askedBy" = o."id" AND t."declinedAt" IS NOT NULL)`)}`,
      ),

    /** The words go from both sides. */
    withdraw: (viewer: Viewer, place: Place) =>
      ask(
        viewer,
        place,
        (pair) => Prisma.sql`
        WITH ${knownSql(viewer, pair)}, changed AS (
          UPDATE "Conversation" c SET "state" = 'withdrawn', "lastChange" = c."lastChange" + 1 FROM talk
          WHERE c."id" = ${pair.conversationId}::uuid AND talk."state" = 'requested' AND talk."askedBy" = ${viewer.id}::uuid
          RETURNING c."lastSeq", c."lastChange", c."acceptedAt"
        ), deleted AS (
          UPDATE "Message" m SET "deletedAt" = ${at(viewer.now)}, "change" = changed."lastChange" FROM changed
          WHERE m."conversationId" = ${pair.conversationId}::uuid AND m."seq" = changed."lastSeq"
        ), lists AS (
          UPDATE "Participation" p SET ${withoutHello} FROM changed
          WHERE p."userId" IN (${viewer.id}::uuid, ${pair.otherId}::uuid) AND p."conversationId" = ${pair.conversationId}::uuid
        )
        ${outcomeSql(place, Prisma.sql`t."state" = 'withdrawn'`)}`,
      ),
  };
}

export type AnswerStore = ReturnType<typeof createAnswerStore>;
