import { days, later } from '../../../kernel/clock.ts';
import { mailboxOf, mailboxProviders } from '../../../kernel/email-address.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { deleteBatch } from '../../../platform/stores/delete-batch.ts';
import { destinationBudget } from '../policy.ts';
import { hasRoomSql, withThisSql } from './sliding.sql.ts';
import { waitBeside } from './sliding.ts';

export type BudgetKind = 'sends' | 'wrongCodes';

/** `asked` (what was typed) is refused openly; `destination` silently, when it wasn't typed (docs/decisions/0011). */
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

function hasRoom(kind: BudgetKind, moments: Prisma.Sql, now: Date, room = 0): Prisma.Sql {
  return hasRoomSql(destinationBudget[kind], moments, now, room);
}

/** Counts in a row, unless it is full; its lock serializes callers. Moments are kept, so limits slide exactly. */
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
    SET ${counted} = ${withThisSql(Prisma.sql`b.${counted}`, now)},
        "updatedAt" = ${moment}
    WHERE ${room}
    RETURNING ${returning}`;
}

/** CTEs. "budget" has no row when `asked` is full; it is "suppressed" when only `destination` is, which nobody sees. */
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
    // This event is counted already, so one more is allowed.
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

/** As `spendSql`, for each row of `turn`; `asked` and `destination` are columns of it. */
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

/** The guess turned out right. */
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

/** For each row of "failed": the message didn't leave. What was suppressed had cost its destination nothing. */
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

/** In milliseconds; 0 when there is room. */
export async function waitFor(db: Db, kind: BudgetKind, asked: string, now: Date): Promise<number> {
  const row = await db.destinationBudget.findUnique({ where: { destinationKey: mailboxOf(asked) } });
  const moments = (kind === 'sends' ? row?.sends : row?.failures) ?? [];
  return waitBeside(moments, destinationBudget[kind], now);
}

export function pruneBudgets(db: Db, now: Date, batch: number): Promise<number> {
  return deleteBatch(db, {
    table: Prisma.sql`"DestinationBudget"`,
    key: Prisma.sql`"destinationKey"`,
    where: Prisma.sql`"updatedAt" <= ${ago(now, days(1))}`,
    most: batch,
  });
}
