import { later } from '../../../kernel/clock.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { deleteBatch } from '../../../platform/stores/delete-batch.ts';
import { cleanupPolicy, otpPolicy } from '../policy.ts';
import { type BudgetKind, pruneBudgets, spendForRowSql, spendSql, waitFor } from './budget.store.ts';
import { budgetKeysOf, type Challenge, type Purpose } from './challenge.ts';
import { createDeliveryMarks } from './challenge-delivery.store.ts';
import {
  allColumns,
  factsSql,
  keyColumnsOf,
  receiverLocale,
  type NewChallenge,
  type NewSend,
  tables,
} from './challenge-sql.store.ts';

export type BudgetSpent = { spent: BudgetKind; waitMs: number; of: Spender };

type Spender = Pick<Challenge, 'channel' | 'destinationKey' | 'askedKey'>;

/** `suppressed`: no code may be right, as the destination has had its wrong ones. */
export type Turn = { challenge: Challenge; suppressed: boolean };

/** Rolls a transaction back with its reason. */
class Spent extends Error {
  readonly of: Spender;
  constructor(of: Spender) {
    super();
    this.of = of;
  }
}

/** Every method is one statement, and counts before it looks. */
export function createChallengeStore(db: Db, purpose: Purpose) {
  const table = tables[purpose];
  const keyColumns = keyColumnsOf(purpose);

  const spent = async (kind: BudgetKind, of: Spender, now: Date): Promise<BudgetSpent> => ({
    spent: kind,
    waitMs: Math.max(1, await waitFor(db, kind, budgetKeysOf(of).asked, now)),
    of,
  });

  /** Changes a live challenge and spends a message, or neither. Null: the change didn't apply. */
  const changeAndSend = async <T>(
    now: Date,
    change: Prisma.Sql,
    after: (row: Challenge, suppressed: boolean, tx: Pick<Db, '$executeRaw'>) => Promise<T>,
  ): Promise<T | null | BudgetSpent> => {
    try {
      return await db.$transaction(async (tx) => {
        const [row] = await tx.$queryRaw<Challenge[]>(change);
        if (!row) return null;
        const [budget] = await tx.$queryRaw<{ suppressed: boolean }[]>`
          WITH ${spendSql('sends', budgetKeysOf(row), now)} SELECT "suppressed" FROM "budget"`;
        if (!budget) throw new Spent(row);
        return after(row, budget.suppressed, tx);
      });
    } catch (err) {
      if (err instanceof Spent) return spent('sends', err.of, now);
      throw err;
    }
  };

  return {
    async begin(c: NewChallenge & NewSend, now: Date): Promise<Challenge | BudgetSpent> {
      const of = { ...c, ...c.facts };
      const facts = factsSql(c.facts);
      const [row] = await db.rows<Challenge>`
        WITH ${spendSql('sends', budgetKeysOf(of), now)}
        INSERT INTO ${table} ("id", "channel", "destination", "destinationKey", "decoy", "keyId", "reference",
                              "nextSendAt", "expiresAt", "endsAt", "createdAt", "muted" ${facts.columns})
        SELECT ${c.id}::uuid, ${c.channel}::"Channel", ${c.destination}, ${c.destinationKey}, ${c.decoy}, ${c.keyId}, ${c.reference},
               ${at(now)}, ${at(later(now, otpPolicy.codeLifetime))}, ${at(later(now, otpPolicy.challengeLifetime))}, ${at(now)},
               "suppressed" ${facts.values}
        FROM "budget" RETURNING ${allColumns}`;
      return row ?? spent('sends', of, now);
    },

    /** Spends an attempt and a wrong code, or neither. Null: no live code, or no attempt left. */
    async takeTurn(id: string, now: Date): Promise<Turn | null | BudgetSpent> {
      const live = Prisma.sql`${table} t WHERE t."id" = ${id}::uuid AND t."consumedAt" IS NULL
        AND t."expiresAt" > ${at(now)} AND t."endsAt" > ${at(now)} AND t."attempts" < ${otpPolicy.maxAttempts}::int`;
      const [row] = await db.rows<Challenge & { guessSuppressed: boolean }>`
        WITH ${spendForRowSql(live, keyColumns, now)}
        UPDATE ${table} c SET "attempts" = c."attempts" + 1 FROM "budget" WHERE c."id" = "budget"."id"
        RETURNING c.*, c."muted" AS "suppressed", "budget"."suppressed" AS "guessSuppressed"`;
      if (row) {
        const { guessSuppressed, ...challenge } = row;
        return { challenge, suppressed: guessSuppressed };
      }
      const [full] = await db.rows<Spender>`SELECT * FROM ${live}`;
      return full ? spent('wrongCodes', full, now) : null;
    },

    /** Null: not live, waiting, out of resends, or resent since `seenSends`. */
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
          AND ("sends" = ${seenSends}::int OR "expiresAt" <= ${at(later(now, otpPolicy.codeLifetime - otpPolicy.duplicateSubmit))})
        RETURNING ${allColumns}`,
        async (challenge, suppressed, tx) => {
          if (suppressed !== challenge.suppressed)
            await tx.$executeRaw`UPDATE ${table} SET "muted" = ${suppressed} WHERE "id" = ${id}::uuid`;
          return { ...challenge, suppressed };
        },
      ),

    ...createDeliveryMarks(db, purpose),

    async find(id: string): Promise<Challenge | null> {
      const [row] = await db.rows<Challenge>`SELECT ${allColumns} FROM ${table} WHERE "id" = ${id}::uuid`;
      return row ?? null;
    },

    /** `locale`: of the account that its message goes to. */
    async findWithReceiver(id: string): Promise<(Challenge & { locale: string | null }) | null> {
      const [row] = await db.rows<Challenge & { locale: string | null }>`
        SELECT ${allColumns}, ${receiverLocale(purpose)} AS "locale" FROM ${table} t WHERE "id" = ${id}::uuid`;
      return row ?? null;
    },

    async end(id: string, now: Date): Promise<void> {
      await db.run`UPDATE ${table} SET "consumedAt" = ${at(now)} WHERE "id" = ${id}::uuid AND "consumedAt" IS NULL`;
    },

    /** As decoys, so that nobody can tell. */
    async invalidateAllFor(destinationKey: string): Promise<void> {
      await db.run`
        UPDATE ${table} SET "decoy" = true
        WHERE "destinationKey" = ${destinationKey} AND "consumedAt" IS NULL AND NOT "decoy"`;
    },

    async prune(now: Date): Promise<number> {
      const { batch, keepDeadChallenges } = cleanupPolicy;
      const challenges = await deleteBatch(db, {
        table,
        key: Prisma.sql`"id"`,
        where: Prisma.sql`"endsAt" <= ${at(later(now, -keepDeadChallenges))}`,
        most: batch,
      });
      return challenges + (await pruneBudgets(db, now, batch));
    },
  };
}

export type ChallengeStore = ReturnType<typeof createChallengeStore>;
