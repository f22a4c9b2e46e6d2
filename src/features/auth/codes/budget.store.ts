import { days, hours, later } from '../../../kernel/clock.ts';
import { mailboxOf, mailboxProviders } from '../../../kernel/email-address.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { deleteBatch } from '../../../platform/stores/delete-batch.ts';
import { destinationBudget } from '../policy.ts';

/** Which of a destination's two budgets: messages sent to it, or wrong codes typed for it. */
export type BudgetKind = 'sends' | 'wrongCodes';

/**
 * Whose budgets an event counts against. `asked`: what the visitor typed; it is full openly. `destination`: where the
 * message goes; the same, unless a username was typed, and then it is full in silence (docs/decisions/0011).
 */
export interface BudgetKeys {
  asked: string;
  destination: string;
}

const columns = {
  sends: { seen: Prisma.raw('"sends"'), unseen: Prisma.raw('"unseenSends"') },
  wrongCodes: { seen: Prisma.raw('"failures"'), unseen: Prisma.raw('"unseenFailures"') },
} as const;

function ago(now: Date, ms: number): Prisma.Sql {
  return at(later(now, -ms));
}

function since(moments: Prisma.Sql, start: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT count(*) FROM unnest(${moments}) m WHERE m > ${start})`;
}

/** Whether moments leave the hour and the day a place. */
function hasRoom(kind: BudgetKind, moments: Prisma.Sql, now: Date, room = 0): Prisma.Sql {
  const { hour, day } = destinationBudget[kind];
  return Prisma.sql`${since(moments, ago(now, hours(1)))} < ${hour + room}::int
    AND ${since(moments, ago(now, days(1)))} < ${day + room}::int`;
}

/**
 * SQL that counts one event in a row and returns it, or nothing when there is no `room`. The row's lock makes parallel
 * callers queue, and each looks at what the one before it left. The moments themselves are kept (at most a day's), so
 * the limits slide exactly. `given`: rows without which nothing is counted.
 */
function countSql(
  mailbox: Prisma.Sql,
  counted: Prisma.Sql,
  now: Date,
  { room, given = Prisma.empty, returning }: { room: Prisma.Sql; given?: Prisma.Sql; returning: Prisma.Sql },
): Prisma.Sql {
  const moment = at(now);
  return Prisma.sql`
    INSERT INTO "DestinationBudget" AS b ("destinationKey", ${counted}, "updatedAt")
    SELECT ${mailbox}, ARRAY[${moment}], ${moment} ${given}
    ON CONFLICT ("destinationKey") DO UPDATE
    SET ${counted} = ARRAY(SELECT m FROM unnest(b.${counted}) m WHERE m > ${ago(now, days(1))} ORDER BY m) || ${moment},
        "updatedAt" = ${moment}
    WHERE ${room}
    RETURNING ${returning}`;
}

/**
 * CTEs that count one event; the last, "budget", has a row unless what was asked for is full. Its "silent" says that
 * the destination is full although the page must not show it: then no message leaves and no code is right.
 */
export function spendSql(kind: BudgetKind, { asked, destination }: BudgetKeys, now: Date): Prisma.Sql {
  const { seen, unseen } = columns[kind];
  const [bSeen, bUnseen] = [Prisma.sql`b.${seen}`, Prisma.sql`b.${unseen}`];
  const all = Prisma.sql`${bSeen} || ${bUnseen}`;
  const room = hasRoom(kind, bSeen, now);
  const [askedBox, box] = [asked, destination].map((key) => Prisma.sql`${mailboxOf(key)}`) as [
    Prisma.Sql,
    Prisma.Sql,
  ];
  if (mailboxOf(asked) === mailboxOf(destination)) {
    // Looked at after counting: one more than the limit has no room of its own.
    const returning = Prisma.sql`NOT (${hasRoom(kind, all, now, 1)}) AS "suppressed"`;
    return Prisma.sql`"budget" AS (${countSql(askedBox, seen, now, { room, returning })})`;
  }
  const returning = Prisma.sql`b."destinationKey"`;
  const given = Prisma.sql`FROM "asked"`;
  return Prisma.sql`
    "asked" AS (${countSql(askedBox, seen, now, { room, returning })}),
    "destination" AS (${countSql(box, unseen, now, { room: hasRoom(kind, all, now), given, returning })}),
    "budget" AS (SELECT NOT EXISTS (SELECT FROM "destination") AS "suppressed" FROM "asked")`;
}

/** `mailboxOf` in SQL, for keys that stand in a row. */
export function mailboxSql(key: Prisma.Sql): Prisma.Sql {
  const name = Prisma.sql`regexp_replace(split_part(${key}, '@', 1), '(.)[+].*$', '\\1')`;
  const domain = Prisma.sql`split_part(${key}, '@', 2)`;
  const atProviders = mailboxProviders.map(
    ({ domains, ignored }) => Prisma.sql`
    WHEN ${domain} IN (${Prisma.join(domains)}) THEN translate(${name}, ${ignored}, '') || '@' || ${domains[0]}`,
  );
  return Prisma.sql`
  CASE ${Prisma.join(atProviders, '')} WHEN ${key} LIKE '%@%' THEN ${name} || '@' || ${domain} ELSE ${key} END`;
}

/**
 * As `spendSql`, for a row that is found in the same statement: CTEs that count one wrong code for each row of `turn`,
 * which locks it. `asked` and `destination` name its columns.
 */
export function spendForRowSql(
  turn: Prisma.Sql,
  { asked, destination }: { asked: Prisma.Sql; destination: Prisma.Sql },
  now: Date,
): Prisma.Sql {
  const { seen, unseen } = columns.wrongCodes;
  const all = Prisma.sql`b.${seen} || b.${unseen}`;
  const ofAsked = {
    room: hasRoom('wrongCodes', Prisma.sql`b.${seen}`, now),
    given: Prisma.sql`FROM "turn"`,
    returning: Prisma.sql`NOT (${hasRoom('wrongCodes', all, now, 1)}) AS "full"`,
  };
  const ofDestination = {
    room: hasRoom('wrongCodes', all, now),
    given: Prisma.sql`FROM "turn" t, "asked" WHERE t."destination" <> t."asked"`,
    returning: Prisma.sql`b."destinationKey"`,
  };
  return Prisma.sql`
    "turn" AS (
      SELECT t."id", ${mailboxSql(asked)} AS "asked", ${mailboxSql(destination)} AS "destination" FROM ${turn} FOR UPDATE
    ), "asked" AS (${countSql(Prisma.sql`"turn"."asked"`, seen, now, ofAsked)}
    ), "destination" AS (${countSql(Prisma.sql`t."destination"`, unseen, now, ofDestination)}
    ), "budget" AS (
      SELECT t."id", CASE WHEN t."destination" = t."asked" THEN a."full" ELSE NOT EXISTS (SELECT FROM "destination") END AS "suppressed"
      FROM "turn" t, "asked" a
    )`;
}

/** CTEs that take the latest wrong code back: the guess it was counted for turned out right. */
export function refundWrongCodeSql({ asked, destination }: BudgetKeys): Prisma.Sql {
  const { seen, unseen } = columns.wrongCodes;
  const withoutLast = (column: Prisma.Sql, key: string): Prisma.Sql => Prisma.sql`
    UPDATE "DestinationBudget" SET ${column} = ${column}[1 : cardinality(${column}) - 1]
    WHERE "destinationKey" = ${mailboxOf(key)}`;
  const refund = Prisma.sql`"refund" AS (${withoutLast(seen, asked)})`;
  return mailboxOf(asked) === mailboxOf(destination)
    ? refund
    : Prisma.sql`${refund}, "unseenRefund" AS (${withoutLast(unseen, destination)})`;
}

/**
 * CTEs that take the latest message back for each row of "failed": it did not leave. `asked` and `destination` name its
 * columns. What was muted had cost its destination nothing.
 */
export function refundSendSql({
  asked,
  destination,
}: {
  asked: Prisma.Sql;
  destination: Prisma.Sql;
}): Prisma.Sql {
  const { seen, unseen } = columns.sends;
  const withoutLast = (column: Prisma.Sql): Prisma.Sql =>
    Prisma.sql`UPDATE "DestinationBudget" b SET ${column} = b.${column}[1 : cardinality(b.${column}) - 1] FROM "failed" t`;
  return Prisma.sql`
    "refund" AS (${withoutLast(seen)} WHERE b."destinationKey" = ${mailboxSql(asked)}),
    "unseenRefund" AS (
      ${withoutLast(unseen)} WHERE b."destinationKey" = ${mailboxSql(destination)}
        AND ${mailboxSql(asked)} <> ${mailboxSql(destination)} AND NOT t."muted")`;
}

/** Milliseconds until what was asked for has a place again; 0 when it has one now. */
export async function waitFor(db: Db, kind: BudgetKind, asked: string, now: Date): Promise<number> {
  const row = await db.destinationBudget.findUnique({ where: { destinationKey: mailboxOf(asked) } });
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
}

/** Deletes budgets that nothing within the last day stands in, at most `batch`; answers how many. */
export function pruneBudgets(db: Db, now: Date, batch: number): Promise<number> {
  return deleteBatch(db, {
    table: Prisma.sql`"DestinationBudget"`,
    key: Prisma.sql`"destinationKey"`,
    where: Prisma.sql`"updatedAt" <= ${ago(now, days(1))}`,
    most: batch,
  });
}
