import { later } from '../../../kernel/clock.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { eitherIsMinor, mayGoOn } from '../../safety/index.ts';
import { inTurn, type Pair, type Place } from '../pairs/pair.store.ts';
import { reached } from '../pairs/shown.sql.ts';
import { messagePolicy } from '../policy.ts';

/** `unchecked`: as of a Send. `gone`: it is not there any more, or never was. `over`: the two write to each other no more. */
export type ChangeReason =
  | 'nobody'
  | 'gone'
  | 'over'
  | 'too-late'
  | 'too-often-edited'
  | 'unchecked'
  | 'contact-detail';

export interface Changed {
  what: 'done' | ChangeReason;
  change: number; // what the conversation's counter is now
  conversationId: string;
  otherId: string | null;
  author: string; // usernames: the viewer's and the other's
  other: string | null;
}

interface Change {
  /** Arms of a CASE over the message `s`, the conversation `t` and the other `o`: why not. */
  unless: Prisma.Sql;
  set: Prisma.Sql;
  /** Further parts of the statement; `grown` has a row if the change is made. */
  also?: Prisma.Sql;
  /** What answers it or corrects it looks otherwise, too. */
  shownElsewhere?: boolean;
}

function isOlderThan(ms: number, now: Date): Prisma.Sql {
  return Prisma.sql`s."at" <= ${at(later(now, -ms))}`;
}

const areNoPartners = Prisma.sql`(o."id" IS NULL OR t."state" <> 'accepted')`;

function changeSql(viewer: Viewer, { otherId, conversationId }: Pair, place: Place, seq: number, to: Change) {
  const talk = Prisma.sql`${conversationId}::uuid`;
  const elsewhere = Prisma.sql`, elsewhere AS (
    UPDATE "Message" m SET "change" = grown."lastChange" FROM grown
    WHERE m."conversationId" = ${talk} AND (m."answers" = ${seq}::int OR m."corrects" = ${seq}::int))`;
  return Prisma.sql`
  WITH other AS (
    SELECT u."id", u."username", ${eitherIsMinor(viewer)} AS "isMinors"
    FROM "User" u WHERE u."id" = ${otherId}::uuid AND ${mayGoOn(viewer)}
  ), talk AS (SELECT * FROM "Conversation" c WHERE c."id" = ${talk} AND ${reached(viewer)}
  ), said AS (
    SELECT m.* FROM "Message" m JOIN talk ON TRUE
    WHERE m."conversationId" = ${talk} AND m."seq" = ${seq}::int AND (NOT m."heldBack" OR m."authorId" = ${viewer.id}::uuid)
  ), decided AS (
    SELECT t."lastChange", o."id" AS "otherId", o."username" AS "other", CASE
      WHEN t."id" IS NULL OR (o."id" IS NULL AND ${place.conversationId === null}::boolean) THEN 'nobody'
      WHEN s."seq" IS NULL OR s."deletedAt" IS NOT NULL OR s."removedAt" IS NOT NULL THEN 'gone'
      ${to.unless} ELSE 'done' END AS "what"
    FROM (SELECT) one LEFT JOIN talk t ON TRUE LEFT JOIN other o ON TRUE LEFT JOIN said s ON TRUE
  ), grown AS (
    UPDATE "Conversation" c SET "lastChange" = c."lastChange" + 1 FROM decided d
    WHERE c."id" = ${talk} AND d."what" = 'done' RETURNING c."lastChange"
  ), changed AS (
    UPDATE "Message" m SET ${to.set}, "change" = grown."lastChange" FROM grown
    WHERE m."conversationId" = ${talk} AND m."seq" = ${seq}::int
  )${to.shownElsewhere ? elsewhere : Prisma.empty}${to.also ? Prisma.sql`, ${to.also}` : Prisma.empty}
  SELECT d."what", COALESCE(g."lastChange", d."lastChange", 0) AS "change", ${conversationId} AS "conversationId",
         d."otherId"::text, d."other", (SELECT me."username" FROM "User" me WHERE me."id" = ${viewer.id}::uuid) AS "author"
  FROM decided d LEFT JOIN grown g ON TRUE`;
}

/** What becomes of a message after it was sent, each in its pair's turn. Null: the session is over. */
export function createChangeStore(db: Db) {
  const change = (viewer: Viewer, place: Place, seq: number, of: (talk: Prisma.Sql) => Change) =>
    inTurn<Changed>(
      db,
      viewer,
      place,
      () => [],
      async (tx, pair) => {
        const to = of(Prisma.sql`${pair.conversationId}::uuid`);
        const [row] = await tx.$queryRaw<Changed[]>(changeSql(viewer, pair, place, seq, to));
        return row!;
      },
    );
  const me = ({ id }: Viewer) => Prisma.sql`${id}::uuid`;
  const isOthers = (viewer: Viewer) =>
    Prisma.sql`WHEN s."authorId" IS DISTINCT FROM ${me(viewer)} THEN 'gone'`;

  return {
    /** What it said before stays, for both to read. */
    edit: (
      viewer: Viewer,
      place: Place,
      seq: number,
      to: { text: string; hasContactDetail: boolean | null },
    ) =>
      change(viewer, place, seq, (talk) => ({
        unless: Prisma.sql`${isOthers(viewer)}
          WHEN ${areNoPartners} THEN 'over'
          WHEN o."isMinors" AND ${to.hasContactDetail}::boolean IS NULL THEN 'unchecked'
          WHEN o."isMinors" AND ${to.hasContactDetail}::boolean THEN 'contact-detail'
          WHEN ${isOlderThan(messagePolicy.editableFor, viewer.now)} THEN 'too-late'
          WHEN s."edits" >= ${messagePolicy.mostEdits}::int THEN 'too-often-edited'`,
        set: Prisma.sql`"text" = ${to.text}, "edits" = m."edits" + 1, "editedAt" = ${at(viewer.now)}`,
        also: Prisma.sql`versions AS (
          INSERT INTO "MessageVersion" ("conversationId", "seq", "edit", "text", "at")
          SELECT ${talk}, s."seq", s."edits", s."text", COALESCE(s."editedAt", s."at") FROM said s JOIN grown ON TRUE)`,
        shownElsewhere: true,
      })),

    /** For both. The words stay for reports, and are shown to nobody. */
    delete: (viewer: Viewer, place: Place, seq: number) =>
      change(viewer, place, seq, (talk) => ({
        unless: Prisma.sql`${isOthers(viewer)}
          WHEN t."acceptedAt" IS NULL THEN 'over'
          WHEN ${isOlderThan(messagePolicy.deletableFor, viewer.now)} THEN 'too-late'`,
        set: Prisma.sql`"deletedAt" = ${at(viewer.now)}`,
        also: Prisma.sql`reactions AS (
          DELETE FROM "MessageReaction" r USING grown WHERE r."conversationId" = ${talk} AND r."seq" = ${seq}::int)`,
        shownElsewhere: true,
      })),

    react: (viewer: Viewer, place: Place, seq: number, emoji: string) =>
      change(viewer, place, seq, (talk) => ({
        unless: Prisma.sql`WHEN ${areNoPartners} THEN 'over'`,
        set: Prisma.sql`"heldBack" = m."heldBack"`,
        also: Prisma.sql`reactions AS (
          INSERT INTO "MessageReaction" ("conversationId", "seq", "userId", "emoji", "at")
          SELECT ${talk}, ${seq}::int, ${me(viewer)}, ${emoji}, ${at(viewer.now)} FROM grown
          ON CONFLICT ("conversationId", "seq", "userId") DO UPDATE SET "emoji" = excluded."emoji", "at" = excluded."at")`,
      })),

    unreact: (viewer: Viewer, place: Place, seq: number) =>
      change(viewer, place, seq, (talk) => ({
        unless: Prisma.sql`WHEN ${areNoPartners} THEN 'over'`,
        set: Prisma.sql`"heldBack" = m."heldBack"`,
        also: Prisma.sql`reactions AS (
          DELETE FROM "MessageReaction" r USING grown
          WHERE r."conversationId" = ${talk} AND r."seq" = ${seq}::int AND r."userId" = ${me(viewer)})`,
      })),
  };
}

export type ChangeStore = ReturnType<typeof createChangeStore>;
