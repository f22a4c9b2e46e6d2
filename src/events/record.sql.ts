import { at, Prisma } from '../platform/stores/db.ts';
import type { EventType } from './event-type.ts';

interface Moment {
  at: Date;
  request?: string | undefined;
}

/** Part of the statement that makes it true; `given`: rows without which it isn't. The caller wakes the relay then. */
export function recordSql<Ids extends { userId: string }>(
  type: EventType<Ids>,
  ids: Ids,
  moment: Moment,
  given: Prisma.Sql = Prisma.empty,
): Prisma.Sql {
  return Prisma.sql`
  INSERT INTO "RecordedEvent" ("name", "userId", "ids", "at", "request")
  SELECT ${type.name}, ${ids.userId}::uuid, ${JSON.stringify(ids)}::jsonb, ${at(moment.at)}, ${moment.request ?? null}::text ${given}`;
}

/** One for each row that `rows` selects; its columns are the ids. */
export function recordEachSql(type: EventType, rows: Prisma.Sql, moment: Moment): Prisma.Sql {
  return Prisma.sql`
  INSERT INTO "RecordedEvent" ("name", "userId", "ids", "at", "request")
  SELECT ${type.name}, r."userId", to_jsonb(r), ${at(moment.at)}, ${moment.request ?? null}::text FROM (${rows}) r`;
}
