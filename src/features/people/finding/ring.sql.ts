import { later } from '../../../kernel/clock.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { at, Prisma } from '../../../platform/stores/db.ts';
import { activityPolicy, findingPolicy } from '../policy.ts';
import type { Filters } from './filters.ts';
import { filtered } from './filters.sql.ts';
import { shownTodaySql } from './order.sql.ts';
import { stretches, type Walk } from './walk.ts';

/** Of a row of the ring, as cursors hold it. */
export const markSql = Prisma.sql`("place" & ((1::bigint << 48) - 1))`;

/** The first id that somebody who joined then may have (RFC 9562, 5.7). */
function firstIdOf(moment: Date): string {
  const hex = moment.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/**
 * Parts of a WITH: rows of the ring from where the walk stands, in its order, of all pairs, at most `most`. A stretch is
 * looked at only where those before it have too few.
 */
export function ringSql(
  viewer: Viewer,
  { startedAt, start, from }: Walk,
  filters: Filters,
  most: number,
): Prisma.Sql {
  const name = (n: number): Prisma.Sql => Prisma.raw(`stretch${n}`);
  const all = stretches(start);
  const parts = all.map(({ dormant, low, high }, n) => {
    const first = n < from.stretch ? high + 1n : n === from.stretch ? from.place : low;
    const before = all.slice(0, n).map((_, m) => Prisma.sql`(SELECT count(*) FROM ${name(m)})`);
    return Prisma.sql`, ${name(n)} AS MATERIALIZED (
      SELECT ${n}::int AS "stretch", e.*, p.* FROM pairs p CROSS JOIN LATERAL (
        SELECT e."userId", e."level", e."place" FROM "LanguagePair" e
        WHERE e."speaks" = p."speaks" AND e."learns" = p."learns" AND e."band" = (SELECT "band" FROM me)
          AND e."dormant" = ${dormant} AND e."place" BETWEEN ${String(first)}::bigint AND ${String(high)}::bigint
          AND e."from" <= ${at(startedAt)} AND e."until" > ${at(startedAt)} AND ${filtered(filters, viewer)}
        ORDER BY e."place" LIMIT ${most}
      ) e WHERE ${Prisma.join([Prisma.sql`0`, ...before], ' + ')} < ${most}::int ORDER BY e."place" LIMIT ${most}
    )`;
  });
  const union = Prisma.sql`SELECT * FROM stretch0 UNION ALL SELECT * FROM stretch1
      UNION ALL SELECT * FROM stretch2 UNION ALL SELECT * FROM stretch3`;
  return Prisma.sql`${Prisma.join(parts, '')}, ring AS MATERIALIZED (
      SELECT * FROM (${union}) e ORDER BY "stretch", "place" LIMIT ${most}
    )`;
}

/**
 * Newcomers of all pairs whom no list has shown today, as far as the hour knows, and who are not among `people`: nobody who
 * is new waits until the ring comes round to them.
 */
export function newcomersSql(viewer: Viewer, { startedAt, start }: Walk, filters: Filters): Prisma.Sql {
  const since = firstIdOf(later(viewer.now, -activityPolicy.newcomerFor));
  return Prisma.sql`, newcomers AS MATERIALIZED (
    SELECT * FROM (
      SELECT DISTINCT ON (e."userId") 0 AS "stretch", e."userId", e."level", e."place", p.*, TRUE AS "isNext"
      FROM pairs p CROSS JOIN LATERAL (
        SELECT e."userId", e."level", e."place" FROM "LanguagePair" e
        WHERE e."speaks" = p."speaks" AND e."learns" = p."learns" AND e."band" = (SELECT "band" FROM me)
          AND e."userId" >= ${since}::uuid
          AND e."from" <= ${at(startedAt)} AND e."until" > ${at(startedAt)} AND ${filtered(filters, viewer)}
        ORDER BY e."userId" DESC LIMIT ${findingPolicy.window}
      ) e LEFT JOIN "PersonActivity" a ON a."userId" = e."userId"
      WHERE ${shownTodaySql(viewer)} = 0 AND e."userId" NOT IN (SELECT "userId" FROM people)
      ORDER BY e."userId", p."near", p."speaks", p."learns"
    ) n ORDER BY n."place" < ${String(start)}::bigint, n."place" LIMIT ${findingPolicy.newcomers}
  )`;
}
