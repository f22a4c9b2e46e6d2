import type { DeliveryTrouble } from '../../../platform/generated/prisma/enums.ts';
import { later } from '../../../kernel/clock.ts';
import { at, type Db, Prisma } from '../../../platform/db.ts';
import {
  type BudgetKind,
  pruneBudgets,
  refundSendSql,
  spendForRowSql,
  spendSql,
  waitFor,
} from './budget.store.ts';
import { budgetKeysOf, type Challenge, type Facts, livesFromLeaving, type Purpose } from './challenge.ts';
import { cleanupPolicy, deliveryPolicy, otpPolicy } from '../policy.ts';

/** The budget of what was asked for is full: nothing was changed. `waitMs` milliseconds until it has a place. */
export type BudgetSpent = { spent: BudgetKind; waitMs: number; of: Spender };

/** What a send or a guess is for, as far as its budgets need to know. */
type Spender = Pick<Challenge, 'channel' | 'destinationKey' | 'askedKey'>;

export interface NewSend {
  keyId: string;
  reference: string;
}

/** A challenge to be written; `facts` where its purpose has some. */
export type NewChallenge = Pick<Challenge, 'id' | 'channel' | 'destination' | 'destinationKey' | 'decoy'> & {
  facts?: Facts;
};

const tables: Record<Purpose, Prisma.Sql> = {
  registration: Prisma.raw('"RegistrationOtp"'),
  passwordReset: Prisma.raw('"PasswordResetOtp"'),
  contactChange: Prisma.raw('"ContactChangeOtp"'),
};

/** The columns that only one purpose has, and their values. */
const factsSql = (facts?: Facts): { columns: Prisma.Sql; values: Prisma.Sql } => {
  if (!facts) return { columns: Prisma.empty, values: Prisma.empty };
  const columns = Prisma.sql`, "userId", "securityVersion"`;
  const values = Prisma.sql`, ${facts.userId}::uuid, ${facts.securityVersion}::int`;
  return 'askedKey' in facts
    ? {
        columns: Prisma.sql`${columns}, "askedKey"`,
        values: Prisma.sql`${values}, ${facts.askedKey}`,
      }
    : { columns, values };
};

/** A counted attempt; `silent`: the destination has had its wrong codes, so none may be right. */
export type Turn = { challenge: Challenge; silent: boolean };

/** Rolls a transaction back and carries the reason out of it. */
class Spent extends Error {
  readonly of: Spender;
  constructor(of: Spender) {
    super();
    this.of = of;
  }
}

/** The rows of one purpose's challenges. Each method is one question, and counts before it looks. */
export const createChallengeStore = (db: Db, purpose: Purpose) => {
  const table = tables[purpose];
  const destination = Prisma.sql`t."destinationKey"`;
  const keyColumns = {
    destination,
    asked: purpose === 'passwordReset' ? Prisma.sql`t."askedKey"` : destination,
  };

  const spent = async (kind: BudgetKind, of: Spender, now: Date): Promise<BudgetSpent> => ({
    spent: kind,
    waitMs: Math.max(1, await waitFor(db, kind, budgetKeysOf(of).asked, now)),
    of,
  });

  /**
   * Applies a change to one live challenge and spends a message, both or neither; `after` what follows from it. Null: the
   * change did not apply.
   */
  const changeAndSend = async <T>(
    now: Date,
    change: Prisma.Sql,
    after: (row: Challenge, silent: boolean, tx: Pick<Db, '$executeRaw'>) => Promise<T>,
  ): Promise<T | null | BudgetSpent> => {
    try {
      return await db.$transaction(async (tx) => {
        const [row] = await tx.$queryRaw<Challenge[]>(change);
        if (!row) return null;
        const [budget] = await tx.$queryRaw<{ silent: boolean }[]>`
          WITH ${spendSql('sends', budgetKeysOf(row), now)} SELECT "silent" FROM "budget"`;
        if (!budget) throw new Spent(row);
        return after(row, budget.silent, tx);
      });
    } catch (err) {
      if (err instanceof Spent) return spent('sends', err.of, now);
      throw err;
    }
  };

  return {
    /** Writes a challenge and counts its first send, in one statement. */
    async begin(c: NewChallenge & NewSend, now: Date): Promise<Challenge | BudgetSpent> {
      const of = { ...c, ...c.facts };
      const facts = factsSql(c.facts);
      const [row] = await db.rows<Challenge>`
        WITH ${spendSql('sends', budgetKeysOf(of), now)}
        INSERT INTO ${table} ("id", "channel", "destination", "destinationKey", "decoy", "keyId", "reference",
                              "nextSendAt", "expiresAt", "endsAt", "createdAt", "muted" ${facts.columns})
        SELECT ${c.id}::uuid, ${c.channel}::"Channel", ${c.destination}, ${c.destinationKey}, ${c.decoy}, ${c.keyId}, ${c.reference},
               ${at(now)}, ${at(later(now, otpPolicy.codeLifetime))}, ${at(later(now, otpPolicy.challengeLifetime))}, ${at(now)},
               "silent" ${facts.values}
        FROM "budget" RETURNING *`;
      return row ?? spent('sends', of, now);
    },

    /**
     * Takes one attempt and one of the destination's wrong codes, in one statement: both or neither. Null: no live code,
     * or no attempt left.
     */
    async takeTurn(id: string, now: Date): Promise<Turn | null | BudgetSpent> {
      const live = Prisma.sql`${table} t WHERE t."id" = ${id}::uuid AND t."consumedAt" IS NULL
        AND t."expiresAt" > ${at(now)} AND t."endsAt" > ${at(now)} AND t."attempts" < ${otpPolicy.maxAttempts}::int`;
      const [row] = await db.rows<Challenge & { silent: boolean }>`
        WITH ${spendForRowSql(live, keyColumns, now)}
        UPDATE ${table} c SET "attempts" = c."attempts" + 1 FROM "budget" WHERE c."id" = "budget"."id"
        RETURNING c.*, "budget"."silent"`;
      if (row) {
        const { silent, ...challenge } = row;
        return { challenge, silent };
      }
      const [full] = await db.rows<Challenge>`SELECT * FROM ${live}`;
      return full ? spent('wrongCodes', full, now) : null;
    },

    /**
     * Moves a challenge to its next code. Null: not live, waiting, out of resends, or another resend came since
     * `seenSends`.
     */
    nextSend: (
      id: string,
      seenSends: number,
      { keyId, reference }: NewSend,
      now: Date,
    ): Promise<Challenge | null | BudgetSpent> =>
      changeAndSend(
        now,
        Prisma.sql`
        UPDATE ${table} SET "sends" = "sends" + 1, "keyId" = ${keyId}, "reference" = ${reference}, "delivery" = 'queued',
          "trouble" = NULL, "codeSend" = NULL, "codeBefore" = CASE "delivery" WHEN 'sent' THEN jsonb_build_object(
            'send', "sends", 'keyId', "keyId", 'reference', "reference", 'expiresAt', "expiresAt") ELSE "codeBefore" END,
          "expiresAt" = LEAST("endsAt", ${at(later(now, otpPolicy.codeLifetime))}),
          "nextSendAt" = ${at(now)} + make_interval(secs => (${otpPolicy.waitAfterSend.map((ms) => ms / 1000)}::float8[])["sends" - "failedSends" + 1])
        WHERE "id" = ${id}::uuid AND "consumedAt" IS NULL AND "endsAt" > ${at(now)} AND "attempts" < ${otpPolicy.maxAttempts}::int
          AND "nextSendAt" <= ${at(now)} AND "sends" - "failedSends" <= ${otpPolicy.maxResends}::int
          AND ("sends" = ${seenSends}::int OR "expiresAt" <= ${at(later(now, otpPolicy.codeLifetime - otpPolicy.samePress))})
        RETURNING *`,
        async (challenge, muted, tx) => {
          if (muted !== challenge.muted)
            await tx.$executeRaw`UPDATE ${table} SET "muted" = ${muted} WHERE "id" = ${id}::uuid`;
          return { ...challenge, muted };
        },
      ),

    async find(id: string): Promise<Challenge | null> {
      const [row] = await db.rows<Challenge>`SELECT * FROM ${table} WHERE "id" = ${id}::uuid`;
      return row ?? null;
    },

    /** The message of this send was handed over. False: that was written down before. */
    async markSent(id: string, send: number, now: Date): Promise<boolean> {
      const end = later(now, otpPolicy.codeLifetime);
      const fresh = Prisma.sql`, "expiresAt" = CASE WHEN "expiresAt" <= ${at(later(end, -deliveryPolicy.late))}
        THEN LEAST("endsAt", ${at(end)}) ELSE "expiresAt" END`;
      const changed = await db.run`
        UPDATE ${table} SET "delivery" = 'sent', "trouble" = NULL ${livesFromLeaving(purpose) ? fresh : Prisma.empty}
        WHERE "id" = ${id}::uuid AND "sends" = ${send}::int AND "delivery" = 'queued'`;
      return changed > 0;
    },

    /** The other side asks us to wait: the message of this send is late. */
    async markWaiting(id: string, send: number): Promise<void> {
      await db.run`
        UPDATE ${table} SET "trouble" = 'asked_to_wait'
        WHERE "id" = ${id}::uuid AND "sends" = ${send}::int AND "delivery" = 'queued'`;
    },

    /**
     * The message of this send cannot be delivered: it counts against no budget, the next may go at once, and the code
     * before it counts again while it lives. Null: it was written down before.
     */
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
        ), ${refundSendSql(keyColumns)}
        SELECT * FROM "failed"`;
      return row ?? null;
    },

    /** Ends a challenge: cancelled, or begun anew. */
    async end(id: string, now: Date): Promise<void> {
      await db.run`UPDATE ${table} SET "consumedAt" = ${at(now)} WHERE "id" = ${id}::uuid AND "consumedAt" IS NULL`;
    },

    /**
     * Turns every live challenge for a destination into a decoy: no code of theirs is right any more, and nobody
     * can tell.
     */
    async disarmAllFor(destinationKey: string): Promise<void> {
      await db.run`
        UPDATE ${table} SET "decoy" = true
        WHERE "destinationKey" = ${destinationKey} AND "consumedAt" IS NULL AND NOT "decoy"`;
    },

    /**
     * Deletes challenges that ended long ago and budgets of quiet days, a batch of each; answers how many rows
     * went. Safe to run twice at once.
     */
    async prune(now: Date): Promise<number> {
      const { batch, keepDeadChallenges } = cleanupPolicy;
      const challenges = await db.run`
        DELETE FROM ${table} WHERE "id" IN (
          SELECT "id" FROM ${table} WHERE "endsAt" <= ${at(later(now, -keepDeadChallenges))}
          LIMIT ${batch} FOR UPDATE SKIP LOCKED)`;
      return challenges + (await pruneBudgets(db, now, batch));
    },
  };
};

export type ChallengeStore = ReturnType<typeof createChallengeStore>;
