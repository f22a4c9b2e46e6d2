import { recordSql } from '../../../events/record.sql.ts';
import { at, Prisma } from '../../../platform/stores/db.ts';
import { requestId } from '../../../platform/watching/request-id.ts';
import { isTold, toldFacts } from './facts.ts';
import type { SecurityEvent } from './security-event.ts';

/** SQL that writes an event nobody is told of, once; `given`: rows without which it is not written. */
export function insertEventSql(e: SecurityEvent, given: Prisma.Sql = Prisma.empty): Prisma.Sql {
  return Prisma.sql`
  INSERT INTO "SecurityEvent" ("id", "userId", "kind", "outcome", "at", "network", "device", "noticeDue")
  SELECT ${e.id}::uuid, ${e.userId}::uuid, ${e.kind}::"SecurityEventKind", ${e.outcome}::"SecurityOutcome",
         ${at(e.at)}, ${e.network}, ${e.device}, ${e.noticeDue} ${given}
  ON CONFLICT ("id") DO NOTHING`;
}

/** The same as parts of a WITH, and the fact for whoever is told. */
export function eventSql(e: SecurityEvent, given: Prisma.Sql = Prisma.empty): Prisma.Sql {
  const event = Prisma.sql`event AS (${insertEventSql(e, given)} RETURNING "id")`;
  if (!e.noticeDue || !isTold(e.kind)) return event;
  const ids = { userId: e.userId, securityEventId: e.id };
  const moment = { at: e.at, request: requestId() };
  return Prisma.sql`${event}, fact AS (${recordSql(toldFacts[e.kind], ids, moment, Prisma.sql`FROM event`)})`;
}
