import { days, hours } from '../../kernel/clock.ts';
import { mailboxOf } from '../../kernel/email-address.ts';
import { type Db, Prisma } from '../../platform/db.ts';
import { destinationBudget } from './policy.ts';

/** Which of a destination's two budgets: messages sent to it, or wrong codes typed for it. */
export type BudgetKind = 'sends' | 'wrongCodes';

const columns = { sends: Prisma.raw('"sends"'), wrongCodes: Prisma.raw('"failures"') } as const;
const others = { sends: Prisma.raw('"failures"'), wrongCodes: Prisma.raw('"sends"') } as const;

const ago = (now: Date, ms: number): Prisma.Sql =>
  Prisma.sql`${new Date(now.getTime() - ms).toISOString()}::timestamptz`;

/**
 * SQL that counts one event against a destination and returns a row, or no row when the hour or the day is full.
 * The row's lock makes parallel callers queue, and each looks at what the one before it left. The moments
 * themselves are kept (at most a day's), so the limits slide exactly.
 */
export const spendSql = (kind: BudgetKind, destinationKey: string, now: Date): Prisma.Sql => {
  const [column, other, { hour, day }] = [columns[kind], others[kind], destinationBudget[kind]];
  const moment = ago(now, 0);
  return Prisma.sql`
    INSERT INTO "DestinationBudget" AS b ("destinationKey", ${column}, ${other}, "updatedAt")
    VALUES (${mailboxOf(destinationKey)}, ARRAY[${moment}], '{}', ${moment})
    ON CONFLICT ("destinationKey") DO UPDATE
    SET ${column} = ARRAY(SELECT m FROM unnest(b.${column}) m WHERE m > ${ago(now, days(1))} ORDER BY m) || ${moment},
        "updatedAt" = ${moment}
    WHERE (SELECT count(*) FROM unnest(b.${column}) m WHERE m > ${ago(now, hours(1))}) < ${hour}::int
      AND (SELECT count(*) FROM unnest(b.${column}) m WHERE m > ${ago(now, days(1))}) < ${day}::int
    RETURNING b."destinationKey"`;
};

/** SQL that takes the latest wrong code back: the guess it was counted for turned out right. */
export const refundWrongCodeSql = (destinationKey: string): Prisma.Sql => Prisma.sql`
  UPDATE "DestinationBudget" SET "failures" = "failures"[1 : cardinality("failures") - 1]
  WHERE "destinationKey" = ${mailboxOf(destinationKey)}`;

/** Milliseconds until a full budget has a place again; 0 when it has one now. */
export const waitFor = async (
  db: Db,
  kind: BudgetKind,
  destinationKey: string,
  now: Date,
): Promise<number> => {
  const row = await db.destinationBudget.findUnique({
    where: { destinationKey: mailboxOf(destinationKey) },
  });
  const moments = (kind === 'sends' ? row?.sends : row?.failures) ?? [];
  const rules = [
    { window: hours(1), max: destinationBudget[kind].hour },
    { window: days(1), max: destinationBudget[kind].day },
  ];
  const waits = rules.map(({ window, max }) => {
    const inside = moments.map((m) => m.getTime()).filter((m) => m > now.getTime() - window);
    return inside.length < max
      ? 0
      : inside.sort((a, b) => a - b)[inside.length - max]! + window - now.getTime();
  });
  return Math.max(...waits);
};

/** Deletes budgets that nothing within the last day stands in, at most `batch`; answers how many. */
export const pruneBudgets = (db: Db, now: Date, batch: number): Promise<number> => db.$executeRaw`
  DELETE FROM "DestinationBudget" WHERE "destinationKey" IN (
    SELECT "destinationKey" FROM "DestinationBudget" WHERE "updatedAt" <= ${ago(now, days(1))}
    LIMIT ${batch} FOR UPDATE SKIP LOCKED)`;
