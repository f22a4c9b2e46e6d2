import type { Viewer } from '../../../kernel/viewer.ts';
import { againAfterDeadlock, type Db, Prisma } from '../../../platform/stores/db.ts';
import { eitherIsMinor, mayGoOn } from '../../safety/index.ts';
import type { Quoted } from './message.ts';
import type { Place } from '../pairs/pair.store.ts';

/** A message to somebody who accepted the sender, or whom the sender accepted. */
export interface Send {
  viewer: Viewer;
  place: Place;
  clientId: string;
  text: string;
  language: string | null;
  answers: number | null;
  corrects: number | null;
  note: string | null;
  /** Whether it holds a contact detail, which nobody under 18 sends or gets; null: nobody has looked yet. */
  hasContactDetail: boolean | null;
}

/**
 * `sent`: stored now or before, under this number. `not-accepted`: only a first hello or an answer to one may be written.
 * `unchecked`: one of the two is under 18, so somebody has to look for contact details first.
 */
export interface SentRow {
  what: 'signed-out' | 'nobody' | 'over' | 'not-accepted' | 'unchecked' | 'contact-detail' | 'gone' | 'sent';
  isNew: boolean;
  seq: number | null;
  at: Date | null;
  change: number | null;
  conversationId: string | null;
  /** What it points to, as its author sees it. */
  answered: Quoted | null;
  corrected: Quoted | null;
  author: string; // usernames
  authorName: string; // what they are called
  otherId: string | null;
  other: string | null;
}

/** Rows as arrays, one a column: one statement stays the same however many there are. */
function askedSql(sends: readonly Send[]): Prisma.Sql {
  const column = <Value>(of: (send: Send) => Value) => sends.map(of);
  return Prisma.sql`
    SELECT * FROM unnest(
      ${column((_) => _.viewer.id)}::uuid[], ${column((_) => _.viewer.securityVersion)}::int[],
      ${column((_) => _.place.conversationId)}::uuid[], ${column((_) => _.place.usernameKey)}::text[],
      ${column((_) => _.clientId)}::uuid[], ${column((_) => _.text)}::text[], ${column((_) => _.language)}::text[],
      ${column((_) => _.answers)}::int[], ${column((_) => _.corrects)}::int[], ${column((_) => _.note)}::text[],
      ${column((_) => _.hasContactDetail)}::boolean[], ${column((_) => _.viewer.now.toISOString())}::timestamptz[]
    ) WITH ORDINALITY AS i("viewerId", "securityVersion", "namedId", "usernameKey", "clientId", "text", "language",
                           "answers", "corrects", "note", "hasContactDetail", "at", "n")`;
}

const otherOf = Prisma.sql`COALESCE(p."otherId", (SELECT n."id" FROM "User" n WHERE n."usernameKey" = i."usernameKey"))`;
const namedParticipation = Prisma.sql`
  LEFT JOIN "Participation" p ON p."userId" = i."viewerId" AND p."conversationId" = i."namedId"`;

/** In the order of keys, as everywhere. The next statement begins after what it waited for. */
function lockPairsSql(sends: readonly Send[]): Prisma.Sql {
  return Prisma.sql`
  WITH asked AS (${askedSql(sends)})
  SELECT count(pg_advisory_xact_lock(k."key"))::int FROM (
    SELECT DISTINCT "pair_key"(pair."one", pair."other") AS "key"
    FROM (SELECT i."viewerId" AS "one", ${otherOf} AS "other" FROM asked i ${namedParticipation}) pair
    WHERE pair."other" IS NOT NULL ORDER BY "key"
  ) k`;
}

/** What an answer or a correction points to, which its author still has. */
function pointsTo(column: 'answers' | 'corrects'): Prisma.Sql {
  const theirs = column === 'corrects' ? Prisma.sql`AND m."authorId" <> k."viewerId"` : Prisma.empty;
  return Prisma.sql`(k.${Prisma.raw(`"${column}"`)} IS NULL OR EXISTS (
    SELECT FROM "Message" m WHERE m."conversationId" = k."talkId" AND m."seq" = k.${Prisma.raw(`"${column}"`)}
      AND m."deletedAt" IS NULL AND m."removedAt" IS NULL ${theirs}))`;
}

function quoted(column: 'answers' | 'corrects'): Prisma.Sql {
  return Prisma.sql`(
    SELECT json_build_object('seq', q."seq", 'mine', q."authorId" = d."viewerId", 'language', q."language", 'text', q."text")
    FROM "Message" q WHERE q."conversationId" = d."talkId" AND q."seq" = d.${Prisma.raw(`"${column}"`)})`;
}

function storeSql(sends: readonly Send[], now: Date): Prisma.Sql {
  const asking = { id: Prisma.sql`i."viewerId"`, now };
  // Hardly any message points to another, and each look at eight partitions costs.
  const isPointing = sends.some(({ answers, corrects }) => answers !== null || corrects !== null);
  const pointing = (part: Prisma.Sql, otherwise = Prisma.empty) => (isPointing ? part : otherwise);
  return Prisma.sql`
  WITH asked AS (${askedSql(sends)}), known AS (
    SELECT i.*, v."username" AS "author", COALESCE(v."displayName", v."username") AS "authorName", u."id" AS "otherId", u."username" AS "other",
           COALESCE(${mayGoOn(asking)}, FALSE) AS "goesOn", COALESCE(${eitherIsMinor(asking)}, TRUE) AS "isMinors",
           COALESCE(p."conversationId", "conversation_id"(i."viewerId", u."id")) AS "talkId"
    FROM asked i ${namedParticipation}
    LEFT JOIN "User" v ON v."id" = i."viewerId" AND v."securityVersion" = i."securityVersion"
    LEFT JOIN "User" u ON u."id" = ${otherOf}
  ), decided AS (
    SELECT k.*, CASE
      WHEN k."author" IS NULL THEN 'signed-out'
      WHEN NOT k."goesOn" AND (k."namedId" IS NULL OR c."id" IS NULL) THEN 'nobody'
      WHEN e."seq" IS NOT NULL THEN 'sent'
      WHEN NOT k."goesOn" THEN 'over'
      WHEN c."state" IS DISTINCT FROM 'accepted' THEN 'not-accepted'
      WHEN k."isMinors" AND k."hasContactDetail" IS NULL THEN 'unchecked'
      WHEN k."isMinors" AND k."hasContactDetail" THEN 'contact-detail'
      ${pointing(Prisma.sql`WHEN NOT (${pointsTo('answers')} AND ${pointsTo('corrects')}) THEN 'gone'`)}
      ELSE 'sent' END AS "what", e."seq" AS "earlier", e."at" AS "earlierAt", e."change" AS "earlierChange"
    FROM known k
    LEFT JOIN "Conversation" c ON c."id" = k."talkId"
    LEFT JOIN "Message" e ON e."conversationId" = k."talkId" AND e."authorId" = k."viewerId" AND e."clientId" = k."clientId"
  ), fresh AS (
    SELECT DISTINCT ON (d."talkId", d."viewerId", d."clientId") d.* FROM decided d
    WHERE d."what" = 'sent' AND d."earlier" IS NULL ORDER BY d."talkId", d."viewerId", d."clientId", d."n"
  ), numbered AS (
    SELECT f.*, row_number() OVER (PARTITION BY f."talkId" ORDER BY f."n")::int AS "k" FROM fresh f
  ), grown AS (
    UPDATE "Conversation" c SET "lastSeq" = c."lastSeq" + t."count", "lastChange" = c."lastChange" + t."count", "lastAt" = t."at"
    FROM (SELECT "talkId", count(*)::int AS "count", max("at") AS "at" FROM numbered GROUP BY "talkId") t
    WHERE c."id" = t."talkId"
    RETURNING c."id", t."count", c."lastSeq" - t."count" AS "before", c."lastChange" - t."count" AS "changeBefore", c."lastAt"
  ), stored AS (
    INSERT INTO "Message" ("conversationId", "seq", "authorId", "clientId", "text", "language", "answers", "corrects",
                           "correctsEdit", "note", "at", "change")
    SELECT g."id", g."before" + f."k", f."viewerId", f."clientId", f."text", f."language", f."answers", f."corrects",
           ${pointing(Prisma.sql`(SELECT m."edits" FROM "Message" m WHERE m."conversationId" = f."talkId" AND m."seq" = f."corrects")`, Prisma.sql`NULL::int`)},
           f."note", f."at", g."changeBefore" + f."k"
    FROM numbered f JOIN grown g ON g."id" = f."talkId"
    RETURNING "conversationId", "seq", "authorId", "clientId", "at", "change"
  ), lists AS (
    UPDATE "Participation" p SET "lastAt" = g."lastAt",
      "list" = CASE WHEN p."list" = 'archived' AND p."mutedAt" IS NOT NULL THEN p."list" ELSE 'chats' END,
      "readSeq" = CASE WHEN p."readSeq" = g."before" THEN g."before" + g."count" - COALESCE((
        SELECT g."count" - min(f."k") + 1 FROM numbered f WHERE f."talkId" = g."id" AND f."viewerId" <> two."id"), 0)
        ELSE p."readSeq" END
    FROM grown g
    JOIN LATERAL (SELECT f."viewerId", f."otherId" FROM numbered f WHERE f."talkId" = g."id" LIMIT 1) pair ON TRUE
    CROSS JOIN LATERAL (VALUES (pair."viewerId"), (pair."otherId")) two("id")
    WHERE p."userId" = two."id" AND p."conversationId" = g."id"
  )
  SELECT d."what", s."seq" IS NOT NULL AND d."n" = f."n" AS "isNew", COALESCE(d."earlier", s."seq") AS "seq",
         ${pointing(quoted('answers'), Prisma.sql`NULL::json`)} AS "answered", ${pointing(quoted('corrects'), Prisma.sql`NULL::json`)} AS "corrected", COALESCE(d."earlierAt", s."at") AS "at", COALESCE(d."earlierChange", s."change") AS "change",
         d."talkId"::text AS "conversationId", COALESCE(d."author", '') AS "author", COALESCE(d."authorName", '') AS "authorName", d."otherId"::text, d."other"
  FROM decided d
  LEFT JOIN stored s ON d."what" = 'sent' AND s."conversationId" = d."talkId" AND s."authorId" = d."viewerId" AND s."clientId" = d."clientId"
  LEFT JOIN fresh f ON f."talkId" = d."talkId" AND f."viewerId" = d."viewerId" AND f."clientId" = d."clientId"
  ORDER BY d."n"`;
}

export function createSendStore(db: Db) {
  return {
    /** All of them in one commit, each with an answer of its own, in their order. */
    async store(sends: readonly Send[], now: Date): Promise<SentRow[]> {
      const [, rows] = await againAfterDeadlock(() =>
        db.$transaction([db.$queryRaw(lockPairsSql(sends)), db.$queryRaw<SentRow[]>(storeSql(sends, now))]),
      );
      return rows;
    },
  };
}

export type SendStore = ReturnType<typeof createSendStore>;
