import { later } from '../kernel/clock.ts';
import { at, type Db } from '../platform/stores/db.ts';
import type { Tx } from './event-type.ts';
import { relayPolicy } from './policy.ts';

/** A fact that waits (a row). */
export interface Waiting {
  id: string;
  name: string;
  ids: unknown;
  at: Date;
  request: string | null;
  /** This one included. */
  tries: number;
}

const { firstPause, longestPause, triesInOrder } = relayPolicy;
/** Doublings until the longest pause. */
const doublings = Math.ceil(Math.log2(longestPause / firstPause));

/** Facts that wait for their subscribers. */
export function createEventStore(db: Db) {
  return {
    /**
     * Counts a try of the oldest fact that is due, of these names; no other relay gets it before its pause is over, whatever
     * becomes of this one. A person's facts wait for the earlier ones. Null: nothing is due.
     */
    async claim(names: readonly string[], now: Date): Promise<Waiting | null> {
      const [row] = await db.rows<Waiting>`
      UPDATE "RecordedEvent" SET "tries" = "tries" + 1, "dueAt" = ${at(now)} + interval '1 millisecond'
        * LEAST(${firstPause}::float8 * 2 ^ LEAST("tries", ${doublings}::int), ${longestPause}::float8)
      WHERE "id" = (
        SELECT e."id" FROM "RecordedEvent" e
        WHERE e."name" = ANY(${names}::text[]) AND (e."dueAt" IS NULL OR e."dueAt" <= ${at(now)})
          AND NOT EXISTS (
            SELECT FROM "RecordedEvent" b WHERE b."userId" = e."userId" AND b."id" < e."id"
              AND b."name" = ANY(${names}::text[]) AND b."tries" < ${triesInOrder}::int)
        ORDER BY e."id" LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING "id"::text, "name", "ids", "at", "request", "tries"::int`;
      return row ?? null;
    },

    /**
     * Does a subscriber's work, unless that is done, or the fact is gone since all have. Of two at once the second waits for
     * the first: for its commit, and does nothing, or for its end, and does it.
     */
    async once(id: string, subscriber: string, work: (tx: Tx) => Promise<void>): Promise<void> {
      await db.$transaction(async (tx) => {
        const mine = await tx.$queryRaw<object[]>`
        INSERT INTO "HandledEvent" ("eventId", "subscriber")
        SELECT e."id", ${subscriber} FROM "RecordedEvent" e WHERE e."id" = ${id}::bigint
        ON CONFLICT DO NOTHING RETURNING "subscriber"`;
        if (mine.length > 0) await work(tx);
      });
    },

    /** All have handled it: it goes, and nobody can handle it again. */
    async forget(id: string): Promise<void> {
      await db.run`DELETE FROM "RecordedEvent" WHERE "id" = ${id}::bigint`;
    },

    /** Deletes what nobody has listened to for long, at most a batch; answers how many. */
    prune: (names: readonly string[], now: Date): Promise<number> => db.run`
      DELETE FROM "RecordedEvent" WHERE "id" IN (
        SELECT "id" FROM "RecordedEvent"
        WHERE "name" <> ALL(${names}::text[]) AND "at" <= ${at(later(now, -relayPolicy.unheard))}
        LIMIT 1000 FOR UPDATE SKIP LOCKED)`,

    /** How many wait, and since when the oldest does. */
    async waiting(): Promise<{ count: number; oldest: Date | null }> {
      const [row] = await db.rows<{ count: number; oldest: Date | null }>`
      SELECT count(*)::int AS "count", min("at") AS "oldest" FROM "RecordedEvent"`;
      return row!;
    },
  };
}

export type EventStore = ReturnType<typeof createEventStore>;
