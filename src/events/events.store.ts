import { later } from '../kernel/clock.ts';
import { at, type Db, Prisma } from '../platform/stores/db.ts';
import { deleteBatch } from '../platform/stores/delete-batch.ts';
import type { Tx } from './event-type.ts';
import { relayPolicy } from './policy.ts';

/** A row. */
export interface Waiting {
  id: string;
  name: string;
  ids: unknown;
  at: Date;
  request: string | null;
  tries: number; // this one included
}

const { firstPause, longestPause, triesInOrder } = relayPolicy;
const doublings = Math.ceil(Math.log2(longestPause / firstPause));

export function createEventStore(db: Db) {
  return {
    /** The oldest due in its person's order, its try counted; no other relay gets it during its pause. Null: none. */
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

    /** Unless it is done already, or the fact is gone. A second call waits for the first one's end. */
    async once(id: string, subscriber: string, work: (tx: Tx) => Promise<void>): Promise<void> {
      await db.$transaction(async (tx) => {
        const mine = await tx.$queryRaw<object[]>`
        INSERT INTO "HandledEvent" ("eventId", "subscriber")
        SELECT e."id", ${subscriber} FROM "RecordedEvent" e WHERE e."id" = ${id}::bigint
        ON CONFLICT DO NOTHING RETURNING "subscriber"`;
        if (mine.length > 0) await work(tx);
      });
    },

    async forget(id: string): Promise<void> {
      await db.run`DELETE FROM "RecordedEvent" WHERE "id" = ${id}::bigint`;
    },

    /** Those that nobody has listened to for long. Answers how many. */
    prune: (names: readonly string[], now: Date): Promise<number> =>
      deleteBatch(db, {
        table: Prisma.sql`"RecordedEvent"`,
        key: Prisma.sql`"id"`,
        where: Prisma.sql`"name" <> ALL(${names}::text[]) AND "at" <= ${at(later(now, -relayPolicy.unheard))}`,
        most: 1000,
      }),

    async waiting(): Promise<{ count: number; oldest: Date | null }> {
      const [row] = await db.rows<{ count: number; oldest: Date | null }>`
      SELECT count(*)::int AS "count", min("at") AS "oldest" FROM "RecordedEvent"`;
      return row!;
    },
  };
}

export type EventStore = ReturnType<typeof createEventStore>;
