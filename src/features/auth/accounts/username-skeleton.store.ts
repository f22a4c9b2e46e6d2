import { later } from '../../../kernel/clock.ts';
import { usernameSkeleton } from '../../../kernel/text/look-alikes.ts';
import { at, Prisma } from '../../../platform/stores/db.ts';
import { deletionPolicy } from '../policy.ts';

/** `usernameSkeleton` in SQL, as in the index "User_username_skeleton". */
export function skeletonSql(key: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`replace(replace(translate(${key}, 'i10._', 'llo'), 'm', 'rn'), 'w', 'vv')`;
}

export function looksTaken(usernameKey: string, now: Date): Prisma.Sql {
  const skeleton = usernameSkeleton(usernameKey);
  return Prisma.sql`(
    EXISTS (SELECT FROM "User" WHERE ${skeletonSql(Prisma.sql`"usernameKey"`)} = ${skeleton})
    OR EXISTS (SELECT FROM "UsernameSkeleton" WHERE "skeleton" = ${skeleton} AND "until" > ${at(now)}))`;
}

/** CTEs; a parallel reservation gets a unique conflict. */
export function reserveSql(usernameKey: string, now: Date, given: Prisma.Sql): Prisma.Sql {
  const skeleton = usernameSkeleton(usernameKey);
  return Prisma.sql`
    "rested" AS (DELETE FROM "UsernameSkeleton" WHERE "skeleton" = ${skeleton} AND "until" <= ${at(now)} RETURNING "skeleton"
    ), "reserved" AS (
      INSERT INTO "UsernameSkeleton" ("skeleton") SELECT ${skeleton}::text ${given} WHERE (SELECT count(*) FROM "rested") >= 0
      RETURNING "skeleton"
    )`;
}

/** `given`: a table with "usernameKey". */
export function restSql(given: Prisma.Sql, now: Date): Prisma.Sql {
  const until = at(later(now, deletionPolicy.quarantine));
  return Prisma.sql`
    "restingSkeletons" AS (
      INSERT INTO "UsernameSkeleton" AS s ("skeleton", "until")
      SELECT DISTINCT ${skeletonSql(Prisma.sql`"usernameKey"`)} AS "skeleton", ${until} FROM ${given} ORDER BY "skeleton"
      ON CONFLICT ("skeleton") DO UPDATE SET "until" = excluded."until" WHERE s."until" IS NULL OR s."until" <= ${at(now)}
    )`;
}
