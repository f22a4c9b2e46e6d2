import { hours, later, startOf } from '../../../kernel/clock.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { findingPolicy, activityPolicy } from '../policy.ts';

/** Rows of `people` that are open end where those of the other kind begin. */
function settleSql(people: Prisma.Sql, toDormant: boolean, now: Date): Prisma.Sql {
  const then = at(later(now, activityPolicy.settles));
  return Prisma.sql`
  ended AS (
    UPDATE "LanguagePair" p SET "until" = ${then}
    WHERE p."userId" IN (${people}) AND p."dormant" = ${!toDormant} AND p."until" = 'infinity' RETURNING p.*
  ), begun AS (
    INSERT INTO "LanguagePair" ("userId", "speaks", "learns", "dormant", "level", "band", "place", "from", "until")
    SELECT "userId", "speaks", "learns", ${toDormant}, "level", "band", "place", ${then}, 'infinity' FROM ended
    ON CONFLICT ("userId", "speaks", "learns", "dormant")
    DO UPDATE SET "from" = excluded."from", "until" = excluded."until", "level" = excluded."level", "band" = excluded."band"
  )`;
}

export function createActivityStore(db: Db) {
  return {
    /** By what somebody's clock is told. Null: nobody. */
    async placeOf({ id }: Viewer): Promise<{ country: string; timeZone: string | null } | null> {
      const [row] = await db.rows<{ country: string; timeZone: string | null }>`
      SELECT u."country", u."timeZone" FROM "User" u WHERE u."id" = ${id}::uuid`;
      return row ?? null;
    },

    /** That somebody is here, unless that was noted within a step; the dormant wake. */
    async note({ id, now }: Viewer, utcOffset: number): Promise<void> {
      const since = at(later(now, -activityPolicy.step));
      await db.run`
      WITH noted AS (
        INSERT INTO "PersonActivity" AS a ("userId", "activeAt", "utcOffset")
        SELECT u."id", ${at(now)}, ${utcOffset}::int FROM "User" u WHERE u."id" = ${id}::uuid
        ON CONFLICT ("userId") DO UPDATE SET "utcOffset" = excluded."utcOffset",
          "activeBefore" = CASE WHEN a."activeAt" <= ${since} THEN a."activeAt" ELSE a."activeBefore" END,
          "activeAt" = CASE WHEN a."activeAt" <= ${since} THEN excluded."activeAt" ELSE a."activeAt" END
        WHERE a."activeAt" <= ${since} OR a."utcOffset" IS DISTINCT FROM excluded."utcOffset"
      ), ${settleSql(Prisma.sql`${id}::uuid`, false, now)}
      SELECT`;
    },

    /** Those who have not been here for long; answers how many rows that changed. */
    async rest(now: Date): Promise<number> {
      const before = later(now, -activityPolicy.dormantAfter);
      const rows = await db.rows<object>`
      WITH gone AS MATERIALIZED (
        SELECT a."userId" FROM "PersonActivity" a
        WHERE a."activeAt" < ${at(before)} AND a."activeAt" > ${at(later(before, -activityPolicy.looksBack))}
          AND EXISTS (SELECT FROM "LanguagePair" p
                      WHERE p."userId" = a."userId" AND NOT p."dormant" AND p."until" = 'infinity')
        LIMIT ${activityPolicy.batch}
      ), ${settleSql(Prisma.sql`SELECT "userId" FROM gone`, true, now)}
      SELECT FROM ended`;
      return rows.length;
    },

    /** Rows that no walk can see any more; answers how many. */
    forget: (now: Date): Promise<number> => db.run`
      DELETE FROM "LanguagePair" WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM "LanguagePair" WHERE "until" < ${at(later(now, -findingPolicy.walkLasts))} LIMIT ${activityPolicy.batch}))`,

    /** In how many lists people stood since the last time. */
    async count(shown: ReadonlyMap<string, number>, now: Date): Promise<void> {
      const hour = at(startOf(hours(1), now));
      const today = Prisma.sql`(${at(now)} AT TIME ZONE 'UTC')::date`;
      await db.run`
      INSERT INTO "PersonActivity" AS a ("userId", "activeAt", "shownOn", "shown", "countedAt")
      SELECT u."id", u."createdAt", ${today}, s."times", ${at(now)}
      FROM unnest(${[...shown.keys()]}::uuid[], ${[...shown.values()]}::int[]) AS s("id", "times")
      JOIN "User" u ON u."id" = s."id" ORDER BY u."id"
      ON CONFLICT ("userId") DO UPDATE SET
        "shownBefore" = CASE WHEN a."shownOn" IS DISTINCT FROM excluded."shownOn" THEN 0
          WHEN a."countedAt" >= ${hour} THEN a."shownBefore" ELSE a."shown" END,
        "shown" = CASE WHEN a."shownOn" = excluded."shownOn" THEN a."shown" ELSE 0 END + excluded."shown",
        "shownOn" = excluded."shownOn", "countedAt" = excluded."countedAt"`;
    },

    async exportOf(userId: string): Promise<object> {
      const [row] = await db.rows<{ pairs: object[]; activity: object | null }>`
      SELECT COALESCE((SELECT json_agg(to_jsonb(p) - '{userId,place}'::text[] ORDER BY p."speaks", p."learns", p."dormant")
                       FROM "LanguagePair" p WHERE p."userId" = ${userId}::uuid), '[]') AS "pairs",
        (SELECT to_jsonb(a) - 'userId' FROM "PersonActivity" a WHERE a."userId" = ${userId}::uuid) AS "activity"`;
      return row!;
    },

    async erase(userId: string): Promise<void> {
      await db.run`DELETE FROM "PersonActivity" WHERE "userId" = ${userId}::uuid`;
    },
  };
}

export type ActivityStore = ReturnType<typeof createActivityStore>;
