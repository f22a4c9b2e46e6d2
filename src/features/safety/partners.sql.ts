import type { Viewer } from '../../kernel/viewer.ts';
import { at, Prisma } from '../../platform/stores/db.ts';

/**
 * Whether no block stands between the two, asked by the statement that writes something from one to the other: a block that is
 * being made at that moment is waited for, and one that begins meanwhile waits. What a statement read before it may be older.
 */
export function noBlockBetween({ id }: Viewer, otherId: string): Prisma.Sql {
  return Prisma.sql`"no_block_between"(${id}::uuid, ${otherId}::uuid)`;
}

/** Part of the statement that accepts. No row: a block stands between them. `given`: rows without which they are no partners. */
export function insertPartnerSql(
  viewer: Viewer,
  otherId: string,
  given: Prisma.Sql = Prisma.empty,
): Prisma.Sql {
  return Prisma.sql`
  INSERT INTO "Partner" AS p ("lowId", "highId", "since")
  SELECT LEAST(${viewer.id}::uuid, ${otherId}::uuid), GREATEST(${viewer.id}::uuid, ${otherId}::uuid), ${at(viewer.now)}
  ${given} WHERE ${noBlockBetween(viewer, otherId)}
  ON CONFLICT ("lowId", "highId") DO UPDATE SET "since" = p."since" RETURNING p."lowId"`;
}
