import { recordSql } from '../../../events/record.sql.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { requestId } from '../../../platform/watching/request-id.ts';
import { matches } from '../../profile/index.ts';
import type { CountedHellos } from './counted-hellos.ts';
import { insertPartnerSql, isHidden, mayContact, mayGoOn } from '../../safety/index.ts';
import { accepted, requested } from '../facts.ts';
import { countedSql, saidLatelySql, saidToManySql, type WordsFrom, wordsLocks } from './first-contact.sql.ts';
import { inTurn, type Pair, type Place, type Tx } from '../pairs/pair.store.ts';

export interface Hello {
  helloId: string;
  clientId: string;
  text: string;
  /** Hashes of its words to this person. */
  from: (names: readonly string[]) => WordsFrom;
}

export interface Said extends Pick<CountedHellos, 'most' | 'usual' | 'freeAt'> {
  what: 'hello' | 'answer' | 'sent' | 'nobody' | 'over' | 'not-open-yet' | 'closed' | 'hidden' | 'too-often';
  seq: number | null;
  at: Date | null;
  change: number | null;
  reached: boolean; // the other has it
}

/** What becomes of it. A hello that is held back, or that was declined before, looks like any other to who says it. */
function decidedSql(viewer: Viewer, { otherId, conversationId }: Pair, hello: Hello, byName: boolean) {
  const me = Prisma.sql`${viewer.id}::uuid`;
  return Prisma.sql`
    other AS (
      SELECT u."id", ${mayContact(viewer, matches(viewer))} AS "contactable"
      FROM "User" u WHERE u."id" = ${otherId}::uuid AND ${mayGoOn(viewer)}
    ), talk AS (SELECT * FROM "Conversation" c WHERE c."id" = ${conversationId}::uuid
    ), counted AS (${countedSql(viewer)}
    ), earlier AS (
      SELECT m."seq", m."at", m."change" FROM "Message" m
      WHERE m."conversationId" = ${conversationId}::uuid AND m."authorId" = ${me} AND m."clientId" = ${hello.clientId}::uuid
    ), asked AS (
      SELECT t."askedBy" = ${me} AS "mine", t."heldAt" IS NULL AS "seen" FROM talk t WHERE t."state" = 'requested'
    ), decided AS (
      SELECT counted.*, earlier."seq", earlier."at", earlier."change", COALESCE(NOT a."seen", FALSE) AS "unseen", CASE
        WHEN o."id" IS NULL AND (${byName}::boolean OR t."id" IS NULL) THEN 'nobody'
        WHEN earlier."seq" IS NOT NULL THEN 'sent'
        WHEN o."id" IS NULL THEN 'over'
        WHEN t."state" = 'accepted' THEN 'not-open-yet'
        WHEN a."mine" THEN 'closed'
        WHEN a."seen" THEN 'answer'
        WHEN NOT o."contactable" THEN 'nobody'
        WHEN ${isHidden(viewer)} THEN 'hidden'
        WHEN t."state" IS DISTINCT FROM 'requested' AND ${saidLatelySql(viewer, Prisma.sql`o."id"`)} THEN 'closed'
        WHEN counted."hellos" >= counted."most" THEN 'too-often'
        WHEN t."state" = 'requested' THEN 'answer'
        ELSE 'hello' END AS "what"
      FROM counted LEFT JOIN other o ON TRUE LEFT JOIN talk t ON TRUE LEFT JOIN asked a ON TRUE LEFT JOIN earlier ON TRUE
    )`;
}

async function say(tx: Tx, viewer: Viewer, pair: Pair, hello: Hello, byName: boolean): Promise<Said> {
  const { otherId, conversationId } = pair;
  const from = hello.from(pair.names);
  const [me, other, talk] = [viewer.id, otherId, conversationId].map((id) => Prisma.sql`${id}::uuid`);
  const now = at(viewer.now);
  const ids = { userId: viewer.id, otherId, conversationId };
  const moment = { at: viewer.now, request: requestId() };
  const [said] = await tx.$queryRaw<Said[]>`
    WITH ${decidedSql(viewer, pair, hello, byName)}, written AS (
      SELECT d."what" = 'answer' AS "answers",
             d."what" = 'hello' AND ${saidToManySql(viewer, otherId, from)} AS "waits", d."unseen"
      FROM decided d WHERE d."what" IN ('hello', 'answer')
    ), counts AS (
      INSERT INTO "FirstHello" ("id", "userId", "otherId", "at", "words", "devices", "network")
      SELECT ${hello.helloId}::uuid, ${me}, ${other}, ${now}, ${from.words}, ${from.devices}::text[], ${from.network}
      FROM written WHERE NOT "answers" OR "unseen"
    ), conversation AS (
      INSERT INTO "Conversation" AS c ("id", "lowId", "highId", "state", "askedBy", "askedAt", "heldAt", "lastSeq", "lastAt", "lastChange")
      SELECT ${talk}, LEAST(${me}, ${other}), GREATEST(${me}, ${other}),
             (CASE WHEN "answers" THEN 'accepted' ELSE 'requested' END)::"ConversationState", ${me}, ${now},
             CASE WHEN "waits" THEN ${now} END, 1, ${now}, 1
      FROM written
      ON CONFLICT ("id") DO UPDATE SET
        "state" = excluded."state",
        "askedBy" = CASE WHEN excluded."state" = 'accepted' THEN c."askedBy" ELSE ${me} END,
        "askedAt" = CASE WHEN excluded."state" = 'accepted' THEN c."askedAt" ELSE ${now} END,
        "acceptedAt" = CASE WHEN excluded."state" = 'accepted' THEN ${now} ELSE c."acceptedAt" END,
        "declinedAt" = CASE WHEN excluded."state" = 'requested' AND c."askedBy" = ${me} THEN c."declinedAt" END,
        "heldAt" = CASE WHEN c."askedBy" = ${me} AND c."declinedAt" IS NOT NULL THEN NULL ELSE excluded."heldAt" END,
        "lastSeq" = c."lastSeq" + 1, "lastAt" = ${now}, "lastChange" = c."lastChange" + 1
      RETURNING c."lastSeq", c."lastChange", c."state", c."state" = 'accepted' OR (c."heldAt" IS NULL AND c."declinedAt" IS NULL) AS "reached"
    ), message AS (
      INSERT INTO "Message" ("conversationId", "seq", "authorId", "clientId", "text", "heldBack", "at", "change")
      SELECT ${talk}, "lastSeq", ${me}, ${hello.clientId}::uuid, ${hello.text}, NOT "reached", ${now}, "lastChange" FROM conversation
    ), released AS (
      UPDATE "Message" m SET "heldBack" = FALSE, "change" = c."lastChange" FROM conversation c
      WHERE m."conversationId" = ${talk} AND m."heldBack" AND c."state" = 'accepted'
    ), mine AS (
      INSERT INTO "Participation" ("userId", "conversationId", "otherId", "list", "lastAt", "readSeq")
      SELECT ${me}, ${talk}, ${other}, 'chats', ${now}, "lastSeq" FROM conversation
      ON CONFLICT ("userId", "conversationId") DO UPDATE
      SET "list" = 'chats', "lastAt" = excluded."lastAt", "readSeq" = excluded."readSeq"
    ), theirs AS (
      INSERT INTO "Participation" AS p ("userId", "conversationId", "otherId", "list", "lastAt")
      SELECT ${other}, ${talk}, ${me},
             (CASE WHEN NOT "reached" THEN 'none' WHEN "state" = 'accepted' THEN 'chats' ELSE 'requests' END)::"ChatList", ${now}
      FROM conversation
      ON CONFLICT ("userId", "conversationId") DO UPDATE
      SET "list" = excluded."list", "lastAt" = excluded."lastAt" WHERE excluded."list" <> 'none'
    ), partners AS (${insertPartnerSql(viewer, otherId, Prisma.sql`FROM (SELECT FROM written WHERE "answers") answer`)}
    ), asks AS (${recordSql(requested, ids, moment, Prisma.sql`FROM conversation WHERE "state" = 'requested' AND "reached"`)}
    ), accepts AS (${recordSql(accepted, ids, moment, Prisma.sql`FROM conversation WHERE "state" = 'accepted'`)}
    )
    SELECT d."what", COALESCE(d."seq", c."lastSeq") AS "seq", COALESCE(d."at", ${now}) AS "at",
           COALESCE(d."change", c."lastChange") AS "change", d."most", d."usual", d."freeAt",
           COALESCE(c."reached", FALSE) AS "reached"
    FROM decided d LEFT JOIN conversation c ON TRUE`;
  return said!;
}

export function createHelloStore(db: Db) {
  return {
    async counted(viewer: Viewer): Promise<CountedHellos | null> {
      const [counted] = await db.rows<CountedHellos>`${countedSql(viewer)}`;
      return counted ?? null;
    },

    /** Null: the session is over. */
    say: (viewer: Viewer, place: Place, hello: Hello): Promise<Said | null> =>
      inTurn(
        db,
        viewer,
        place,
        ({ names }) => wordsLocks(hello.from(names)),
        (tx, pair) => say(tx, viewer, pair, hello, place.conversationId === null),
      ),
  };
}

export type HelloStore = ReturnType<typeof createHelloStore>;
