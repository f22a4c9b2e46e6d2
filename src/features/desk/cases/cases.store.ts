import { later } from '../../../kernel/clock.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { lookSql, ofNobody } from '../audit/audit.sql.ts';
import { deskPolicy } from '../policy.ts';
import type { DeskCase, Filter, QueuePart, QueueRow, Sealed, Waiting } from './cases.ts';
import {
  byUrgency,
  countedCases,
  countReporters,
  isDanger,
  isAboutStaff,
  isAwayBySeal,
  isFree,
  isHeldBy,
  isNameless,
  isOpenTo,
  isSealed,
  isStillTheirs,
  mayAct,
  mayGiveBack,
  mayHandle,
  maySee,
  reporters,
  waits,
} from './cases.sql.ts';
import { ownWords } from './words.sql.ts';

function shownBy(filter: Filter, staff: Viewer): Prisma.Sql {
  switch (filter) {
    case 'open':
      return waits;
    case 'mine':
      return isHeldBy(staff);
    case 'danger':
      return Prisma.sql`${waits} AND ${isDanger}`;
    case 'appeals':
      return Prisma.sql`c."state" = 'appealed'`;
    case 'closed':
      return Prisma.sql`c."state" = 'closed'`;
  }
}

function nameOf(id: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT s."username" FROM "User" s WHERE s."id" = ${id})`;
}

/** Something was decided of the report `e`, and holds. */
const wasUpheld = Prisma.sql`EXISTS (SELECT FROM "DeskDecision" d WHERE d."caseId" = e."caseId" AND d."overturnedAt" IS NULL
  AND d."act" NOT IN ('dismiss', 'unable', 'help'))`;

/** Takes a case for a while. `next`: rows of "id", locked. */
function takeSql({ id, now }: Viewer, next: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
  WITH next AS (${next})
  UPDATE "DeskCase" t SET "heldBy" = ${id}::uuid, "heldUntil" = ${at(later(now, deskPolicy.heldFor))}
  FROM next WHERE t."id" = next."id" RETURNING t."id"`;
}

export function createCaseStore(db: Db) {
  return {
    /** The most urgent first; of the closed the newest. */
    async queue(staff: Viewer, filter: Filter): Promise<QueuePart> {
      const order = filter === 'closed' ? Prisma.sql`c."closedAt" DESC, c."id"` : byUrgency;
      const rows = await db.rows<QueueRow & { all: number }>`
      WITH looked AS (${lookSql(staff, 'queue', ofNobody)}), ${countReporters}, shown AS (
        SELECT c.*, ${reporters} AS "reporters", row_number() OVER (ORDER BY ${order}) AS "place", count(*) OVER ()::int AS "all"
        FROM ${countedCases} WHERE ${maySee(staff)} AND ${shownBy(filter, staff)} ORDER BY "place" LIMIT ${deskPolicy.shown}
      )
      SELECT c."id", c."kind", c."reason"::text AS "reason", c."state"::text AS "state", c."involvesMinor", c."reporters", c."openedAt", c."all",
        CASE c."state" WHEN 'closed' THEN c."closedAt" WHEN 'open' THEN c."openedAt" ELSE COALESCE((
          SELECT min(CASE WHEN c."state" = 'second' THEN d."at" ELSE d."appealedAt" END) FROM "DeskDecision" d
          WHERE d."caseId" = c."id" AND d."overturnedAt" IS NULL AND CASE WHEN c."state" = 'second' THEN d."needsSecond" AND d."confirmedAt" IS NULL
            ELSE d."appealedAt" IS NOT NULL AND d."answeredAt" IS NULL END), c."openedAt") END AS "since", ${isAboutStaff} AS "aboutStaff",
        (SELECT "age_band"(p."dateOfBirth", ${at(staff.now)})::text FROM "User" p WHERE p."id" = c."personId") AS "band",
        CASE WHEN NOT ${isFree(staff)} THEN ${nameOf(Prisma.sql`c."heldBy"`)} END AS "heldBy",
        COALESCE(${isHeldBy(staff)}, FALSE) AS "mine", ${mayHandle(staff)} AND ${waits} AND ${isFree(staff)} AS "mayTake"
      FROM shown c ORDER BY c."place"`;
      const [waiting] = await db.rows<Waiting>`
      WITH ${countReporters}
      SELECT count(*)::int AS "open", (count(*) FILTER (WHERE ${isDanger}))::int AS "danger", (count(*) FILTER (WHERE c."state" = 'appealed'))::int AS "appeals",
        (SELECT count(*)::int FROM "DeskCase" c WHERE ${isHeldBy(staff)}) AS "mine"
      FROM ${countedCases} WHERE ${waits} AND ${maySee(staff)}`;
      return { rows, all: rows[0]?.all ?? 0, held: waiting!.mine, waiting: waiting! };
    },

    /** What this moderator holds already, or else the most urgent that nobody holds and they may decide. Null: there is none. */
    async takeNext(staff: Viewer): Promise<string | null> {
      // Locked first: what a second press takes meanwhile is there when the second statement begins.
      const lock = db.$executeRaw`SELECT pg_advisory_xact_lock("pair_key"(${staff.id}::uuid, ${staff.id}::uuid))`;
      const take = db.$queryRaw<{ id: string }[]>`
      WITH ${countReporters}, held AS (
        SELECT c."id" FROM ${countedCases} WHERE ${isHeldBy(staff)} AND ${mayHandle(staff)} AND ${waits} ORDER BY ${byUrgency} LIMIT 1
      ), taken AS (${takeSql(
        staff,
        Prisma.sql`SELECT c."id" FROM ${countedCases} WHERE NOT EXISTS (SELECT FROM held) AND ${mayHandle(staff)} AND ${waits} AND ${isFree(staff)}
          ORDER BY ${byUrgency} LIMIT 1 FOR UPDATE OF c SKIP LOCKED`,
      )})
      SELECT "id" FROM held UNION ALL SELECT "id" FROM taken`;
      const [, [found]] = await db.$transaction([lock, take]);
      return found?.id ?? null;
    },

    /** Also for longer. False: somebody else holds it, it is closed for good, or it is not for this moderator. */
    async take(staff: Viewer, caseId: string): Promise<boolean> {
      const taken = await db.rows`${takeSql(
        staff,
        Prisma.sql`SELECT c."id" FROM "DeskCase" c WHERE c."id" = ${caseId}::uuid AND ${mayAct(staff)}
          AND (${isFree(staff)} OR ${isHeldBy(staff)}) FOR UPDATE OF c`,
      )}`;
      return taken.length === 1;
    },

    /** Before the time is over, so that others may have it at once. False: it is no longer theirs. */
    async putBack(staff: Viewer, caseId: string): Promise<boolean> {
      const left = await db.rows`
      WITH c AS (
        UPDATE "DeskCase" c SET "heldBy" = NULL, "heldUntil" = NULL WHERE c."id" = ${caseId}::uuid AND ${isHeldBy(staff)} RETURNING c."id", c."personId"
      )
      INSERT INTO "DeskAudit" ("at", "staffId", "act", "caseId", "personId")
      SELECT ${at(staff.now)}, ${staff.id}::uuid, 'put-back', c."id", c."personId" FROM c RETURNING "caseId"`;
      return left.length === 1;
    },

    /** With all that it stands on; of its reports the `part`th, from 1. Null: no such case, or one about the moderator. */
    async read(staff: Viewer, caseId: string, part: number): Promise<DeskCase | null> {
      const me = Prisma.sql`${staff.id}::uuid`;
      const [found] = await db.rows<DeskCase>`
      WITH c AS (SELECT * FROM "DeskCase" c WHERE c."id" = ${caseId}::uuid AND ${maySee(staff)}
      ), looked AS (${lookSql(staff, 'case', Prisma.sql`SELECT c."id" AS "caseId", c."personId" FROM c`)})
      SELECT c."id", c."kind", c."thing", c."reason"::text AS "reason", c."state"::text AS "state", c."involvesMinor", c."openedAt", c."closedAt", c."sealedAt", ${isSealed} AS "isSealed", c."version",
        CASE WHEN NOT ${isFree(staff)} THEN ${nameOf(Prisma.sql`c."heldBy"`)} END AS "heldBy", c."heldUntil",
        COALESCE(${isHeldBy(staff)}, FALSE) AS "mine", ${mayAct(staff)} AS "mayHandle",
        EXISTS (SELECT FROM "DeskDecision" d WHERE d."caseId" = c."id" AND ${ownWords(staff).any}) AS "mayTakeWordBack",
        ${mayGiveBack(staff)} AS "mayGiveBack", ${isAwayBySeal} AS "isAwayBySeal", ${isNameless} AS "isNameless",
        (SELECT json_build_object('username', p."username", 'band', "age_band"(p."dateOfBirth", ${at(staff.now)}), 'country', p."country",
            'createdAt', p."createdAt", 'isStaff', p."role" <> 'member',
            'isBarred', p."bannedAt" IS NOT NULL OR COALESCE(p."suspendedUntil" > ${at(staff.now)}, FALSE),
            'bornChanged', EXISTS (SELECT FROM "DeskDecision" d WHERE d."personId" = p."id" AND d."dateOfBirth" IS NOT NULL AND d."overturnedAt" IS NULL),
            'earlier', (SELECT count(*)::int FROM "DeskCase" o WHERE o."personId" = p."id" AND o."id" <> c."id" AND ${isOpenTo(staff, Prisma.sql`o."id"`)}))
         FROM "User" p WHERE p."id" = c."personId") AS "person",
        (SELECT count(*)::int FROM "Report" r WHERE r."caseId" = c."id") AS "reportCount",
        EXISTS (SELECT FROM "Report" r WHERE r."caseId" = c."id" AND r."contactEmail" IS NOT NULL) AS "hasAddress",
        COALESCE((SELECT json_agg(json_build_object('id', r."id", 'fromBand', (SELECT "age_band"(s."dateOfBirth", ${at(staff.now)}) FROM "User" s WHERE s."id" = r."reporterId"),
            'before', (SELECT json_build_object('all', count(*), 'upheld', count(*) FILTER (WHERE ${wasUpheld}))
              FROM "Report" e WHERE e."reporterId" = r."reporterId" AND e."id" <> r."id" AND e."decidedAt" IS NOT NULL AND ${isOpenTo(staff, Prisma.sql`e."caseId"`)}), 'from', ${nameOf(Prisma.sql`r."reporterId"`)}, 'kind', r."kind", 'about', r."about",
            'thing', r."thing", 'reason', r."reason", 'text', r."text", 'contactEmail', r."contactEmail", 'at', r."at", 'evidence', r."evidence") ORDER BY r."at", r."id")
          FROM (SELECT * FROM "Report" r WHERE r."caseId" = c."id" ORDER BY r."at", r."id"
            LIMIT ${deskPolicy.shown} OFFSET ${(part - 1) * deskPolicy.shown}) r), '[]') AS "reports",
        COALESCE((SELECT json_agg(json_build_object('id', d."id", 'act', d."act", 'reason', d."reason", 'fact', d."fact", 'untilAt', d."untilAt", 'dateOfBirth', d."dateOfBirth", 'answer', d."answer",
            'at', d."at", 'by', ${nameOf(Prisma.sql`d."decidedBy"`)}, 'mine', d."decidedBy" = ${me}, 'needsSecond', d."needsSecond",
            'confirmedAt', d."confirmedAt", 'confirmedBy', ${nameOf(Prisma.sql`d."confirmedBy"`)}, 'overturnedAt', d."overturnedAt",
            'appeal', d."appeal", 'appealedAt', d."appealedAt", 'answeredAt', d."answeredAt") ORDER BY d."at", d."id")
          FROM "DeskDecision" d WHERE d."caseId" = c."id"), '[]') AS "decisions"
      FROM c`;
      return found ?? null;
    },

    /** The key of a picture in the media store, for whoever may see it. Null: there is none, or nobody sees it any more. */
    async pictureKey(staff: Viewer, caseId: string, reportId: string, place: number): Promise<string | null> {
      const [found] = await db.rows<{ key: string | null }>`
      WITH c AS (
        SELECT c."id", c."personId" FROM "DeskCase" c
        WHERE c."id" = ${caseId}::uuid AND NOT ${isSealed} AND ${maySee(staff)}
      ), looked AS (${lookSql(staff, 'picture', Prisma.sql`SELECT c."id" AS "caseId", c."personId" FROM c`)})
      SELECT r."evidence" -> 'pictures' -> ${place}::int ->> 'key' AS "key"
      FROM c JOIN "Report" r ON r."caseId" = c."id" WHERE r."id" = ${reportId}::uuid`;
      return found?.key ?? null;
    },

    /** From now on nobody sees its pictures, and nothing of it or its person is deleted; may be asked twice. Null: it is not theirs. */
    async seal(staff: Viewer, caseId: string): Promise<Sealed | null> {
      const [sealed] = await db.rows<Sealed>`
      UPDATE "DeskCase" c SET "sealedAt" = COALESCE(c."sealedAt", ${at(staff.now)}), "sealedBy" = ${staff.id}::uuid
      WHERE c."id" = ${caseId}::uuid AND (c."sealedAt" IS NULL OR c."sealedBy" = ${staff.id}::uuid) AND ${mayAct(staff)} AND ${isStillTheirs(staff)}
      RETURNING c."kind", c."thing", c."personId"`;
      return sealed ?? null;
    },

    /** What sealing took away, once the seal is off. Null: nothing is away by it, or it is not for them. */
    async giveBack(staff: Viewer, caseId: string): Promise<Sealed | null> {
      const [given] = await db.rows<Sealed>`
      WITH c AS (SELECT * FROM "DeskCase" c WHERE c."id" = ${caseId}::uuid AND ${mayHandle(staff)} AND ${isAwayBySeal}
      ), given AS (
        INSERT INTO "DeskAudit" ("at", "staffId", "act", "caseId", "personId")
        SELECT ${at(staff.now)}, ${staff.id}::uuid, 'give-back', c."id", c."personId" FROM c
      )
      SELECT c."kind", c."thing", c."personId" FROM c`;
      return given ?? null;
    },
  };
}

export type CaseStore = ReturnType<typeof createCaseStore>;
