import { later } from '../../../kernel/clock.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { deleteBatch } from '../../../platform/stores/delete-batch.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { cleanupPolicy, eventPolicy } from '../policy.ts';
import type { SecurityEvent } from './security-event.ts';
import { eventSql } from './security-events.sql.ts';

export type { SecurityEvent };

/** An event as its owner reads it; `times`: how often it happened that day. */
export interface PastEvent extends SecurityEvent {
  times: number;
}

/** An event with the owner's name and verified contacts, for the message that tells of it. */
export interface EventNews extends SecurityEvent {
  username: string;
  locale: string;
  email: string | null;
  phone: string | null;
  purgeAt: Date | null; // null: the account stays
  suspendedUntil: Date | null;
  bannedAt: Date | null;
}

/** The history of accounts. */
export function createSecurityEventStore(db: Db) {
  return {
    /** Writes an event; nothing where the account is no more. */
    async add(event: SecurityEvent): Promise<void> {
      const person = Prisma.sql`FROM "User" WHERE "User"."id" = ${event.userId}::uuid`;
      await db.run`WITH ${eventSql(event, person)} SELECT FROM event`;
    },

    /**
     * What a person can read of the account's history, newest first. What strangers can do in any number is told once a
     * day with its count, and of the rest each kind has its own room, so that neither they nor a thief who is signed in
     * can push what matters off the page. Null: the session is over.
     */
    async recent(viewer: Viewer, now: Date): Promise<PastEvent[] | null> {
      const rows = await db.rows<PastEvent | { id: null }>`
    WITH mine AS (
      SELECT *, "outcome" = 'refused' OR "kind" IN ('reset_asked', 'reset_link_sent') AS "anybodys",
             row_number() OVER (PARTITION BY "kind", "outcome" ORDER BY "at" DESC, "id" DESC)::int AS "place"
      FROM "SecurityEvent" WHERE "userId" = ${viewer.id}::uuid AND "at" > ${at(later(now, -eventPolicy.kept))}
    ), days AS (
      SELECT DISTINCT ON (date_trunc('day', "at", 'UTC'), "kind") *,
             count(*) OVER (PARTITION BY date_trunc('day', "at", 'UTC'), "kind")::int AS "times"
      FROM mine WHERE "anybodys" ORDER BY date_trunc('day', "at", 'UTC') DESC, "kind", "at" DESC
    )
    , history AS (
      (SELECT *, 1 AS "times" FROM mine WHERE NOT "anybodys" AND "place" <= ${eventPolicy.shown}::int)
      UNION ALL (SELECT * FROM days ORDER BY "at" DESC, "id" DESC LIMIT ${eventPolicy.shown})
    )
    SELECT h.* FROM "User" u LEFT JOIN history h ON true
    WHERE u."id" = ${viewer.id}::uuid AND u."securityVersion" = ${viewer.securityVersion}::int
    ORDER BY h."at" DESC, h."id" DESC`;
      if (rows.length === 0) return null;
      return rows.filter((row) => row.id !== null);
    },

    async news(id: string): Promise<EventNews | null> {
      const [row] = await db.rows<EventNews>`
      SELECT e.*, u."username", u."locale", CASE WHEN u."emailVerifiedAt" IS NOT NULL THEN u."email" END AS "email",
             CASE WHEN u."phoneVerifiedAt" IS NOT NULL THEN u."phone" END AS "phone", u."purgeAt", u."suspendedUntil", u."bannedAt"
      FROM "SecurityEvent" e JOIN "User" u ON u."id" = e."userId" WHERE e."id" = ${id}::uuid`;
      return row ?? null;
    },

    /** Messages about it are in the queue. */
    async noticeGiven(id: string): Promise<void> {
      await db.run`UPDATE "SecurityEvent" SET "noticeDue" = false WHERE "id" = ${id}::uuid`;
    },

    /** Events whose owner should have been told by now: a queue forgot them, or the release before this one wrote them. */
    async overdue(now: Date): Promise<string[]> {
      const rows = await db.rows<{ id: string }>`
      SELECT "id" FROM "SecurityEvent" WHERE "noticeDue" AND "at" <= ${at(later(now, -eventPolicy.overdue))}
      ORDER BY "at" LIMIT ${cleanupPolicy.batch}`;
      return rows.map(({ id }) => id);
    },

    /** Deletes what is older than anybody may read, at most a batch; answers how many. Safe to run twice at once. */
    prune: (now: Date): Promise<number> =>
      deleteBatch(db, {
        table: Prisma.sql`"SecurityEvent"`,
        key: Prisma.sql`"id"`,
        where: Prisma.sql`"at" <= ${at(later(now, -eventPolicy.kept))}`,
        most: cleanupPolicy.batch,
      }),
  };
}

export type SecurityEventStore = ReturnType<typeof createSecurityEventStore>;
