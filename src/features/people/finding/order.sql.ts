import { hours, later, minutes, startOf } from '../../../kernel/clock.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { at, Prisma } from '../../../platform/stores/db.ts';
import { activityPolicy, clocksApart, weights } from '../policy.ts';

/** In how many lists somebody of row `a` of "PersonActivity" stood today before the hour began. */
export function shownTodaySql(viewer: Viewer): Prisma.Sql {
  const hour = at(startOf(hours(1), viewer.now));
  return Prisma.sql`CASE WHEN a."shownOn" IS DISTINCT FROM (${hour} AT TIME ZONE 'UTC')::date THEN 0
      WHEN a."countedAt" >= ${hour} THEN a."shownBefore" ELSE a."shown" END`;
}

/** Whether somebody of row `u` of "User" is new. */
export function isNewSql({ now }: Viewer): Prisma.Sql {
  return Prisma.sql`u."createdAt" > ${at(later(now, -activityPolicy.newcomerFor))}`;
}

/**
 * What an order is made of, for a candidate `c`, their row `u` of "User" and `a` of "PersonActivity". All of it is as it was
 * when the hour began, so that within it a list keeps its order.
 */
export function factsSql(viewer: Viewer): Prisma.Sql {
  const hour = at(startOf(hours(1), viewer.now));
  const step = (level: string) => Prisma.raw(`array_position(enum_range(NULL::"LanguageLevel"), ${level})`);
  return Prisma.sql`
    abs(${step('c."level"')} - ${step('c."myLevel"')}) AS "levelsApart",
    CASE WHEN (SELECT cardinality("interests") FROM me) = 0 THEN '{}'
      ELSE ARRAY(SELECT t."code" FROM "UserInterest" t WHERE t."userId" = c."userId"
                 AND t."code" = ANY((SELECT "interests" FROM me)::text[]) ORDER BY t."position") END AS "common",
    (SELECT LEAST(apart, 1440 - apart) FROM abs(a."utcOffset" - (SELECT "utcOffset" FROM me)) AS apart) AS "minutesApart",
    floor(EXTRACT(EPOCH FROM ${hour} - CASE
      WHEN a."activeAt" < ${hour} THEN a."activeAt" WHEN a."activeBefore" IS NOT NULL THEN a."activeBefore"
      ELSE LEAST(u."createdAt", ${hour}) END) * 1000 / ${activityPolicy.step}::bigint)::int AS "steps",
    ${isNewSql(viewer)} AS "newcomer",
    ${shownTodaySql(viewer)} AS "shownToday"`;
}

/** Points of a row of those facts, alias `f`; the weights say why. */
export function pointsSql(): Prisma.Sql {
  const w = weights;
  const within = (most: number) => Prisma.sql`f."minutesApart" <= ${most / minutes(1)}::int`;
  return Prisma.sql`(
    COALESCE(GREATEST(0, ${w.level}::int - f."levelsApart"), ${w.levelUnknown}::int)
    + ${w.interest}::int * LEAST(cardinality(f."common"), ${w.mostInterests}::int)
    + CASE WHEN ${within(clocksApart.close)} THEN ${w.awake}::int WHEN ${within(clocksApart.far)} THEN ${w.awakeHalf}::int ELSE 0 END
    + GREATEST(0, ${w.active}::int - f."steps")
    + CASE WHEN f."newcomer" THEN ${w.newcomer}::int ELSE 0 END
    + ${w.shown}::int * f."shownToday"
    + CASE WHEN f."near" THEN ${w.near}::int ELSE 0 END)`;
}
