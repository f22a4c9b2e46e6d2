import { later } from '../../../kernel/clock.ts';
import type { DeliveryTrouble } from '../../../platform/generated/prisma/enums.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { deliveryPolicy, otpPolicy } from '../policy.ts';
import { refundSendSql } from './budget.store.ts';
import { type Challenge, livesFromDispatch, type Purpose } from './challenge.ts';
import { allColumns, keyColumnsOf, tables } from './challenge-sql.store.ts';

export function createDeliveryMarks(db: Db, purpose: Purpose) {
  const table = tables[purpose];
  return {
    /** False: it was recorded before. */
    async markSent(id: string, send: number, now: Date): Promise<boolean> {
      const end = later(now, otpPolicy.codeLifetime);
      const fresh = Prisma.sql`, "expiresAt" = CASE WHEN "expiresAt" <= ${at(later(end, -deliveryPolicy.late))}
        THEN LEAST("endsAt", ${at(end)}) ELSE "expiresAt" END`;
      const changed = await db.run`
        UPDATE ${table} SET "delivery" = 'sent', "trouble" = NULL ${livesFromDispatch(purpose) ? fresh : Prisma.empty}
        WHERE "id" = ${id}::uuid AND "sends" = ${send}::int AND "delivery" = 'queued'`;
      return changed > 0;
    },

    async markWaiting(id: string, send: number): Promise<void> {
      await db.run`
        UPDATE ${table} SET "trouble" = 'asked_to_wait'
        WHERE "id" = ${id}::uuid AND "sends" = ${send}::int AND "delivery" = 'queued'`;
    },

    /** Costs no budget, and the code before counts again while it lives. Null: it was recorded before. */
    async markFailed(
      id: string,
      send: number,
      trouble: DeliveryTrouble,
      now: Date,
    ): Promise<Challenge | null> {
      const lives = Prisma.sql`("codeBefore"->>'expiresAt')::timestamptz > ${at(now)}`;
      const [row] = await db.rows<Challenge>`
        WITH "failed" AS (
          UPDATE ${table} SET "delivery" = 'failed', "trouble" = ${trouble}::"DeliveryTrouble", "failedSends" = "failedSends" + 1,
            "nextSendAt" = ${at(now)},
            "codeSend" = CASE WHEN ${lives} THEN ("codeBefore"->>'send')::int END,
            "keyId" = CASE WHEN ${lives} THEN "codeBefore"->>'keyId' ELSE "keyId" END,
            "reference" = CASE WHEN ${lives} THEN "codeBefore"->>'reference' ELSE "reference" END,
            "expiresAt" = CASE WHEN ${lives} THEN ("codeBefore"->>'expiresAt')::timestamptz ELSE "expiresAt" END
          WHERE "id" = ${id}::uuid AND "sends" = ${send}::int AND "delivery" = 'queued'
          RETURNING *
        ), ${refundSendSql(keyColumnsOf(purpose))}
        SELECT ${allColumns} FROM "failed"`;
      return row ?? null;
    },
  };
}
