import type { Viewer } from '../../../kernel/viewer.ts';
import { Prisma } from '../../../platform/stores/db.ts';

/** Whether the viewer and the person of alias `u` are a match: each is native in what the other learns. */
export function matches({ id }: Viewer): Prisma.Sql {
  return Prisma.sql`(${nativeInWhat(Prisma.sql`u."id"`, Prisma.sql`${id}::uuid`)}
    AND ${nativeInWhat(Prisma.sql`${id}::uuid`, Prisma.sql`u."id"`)})`;
}

/** Whether one person is native in what another learns. */
function nativeInWhat(one: Prisma.Sql, another: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM "UserLanguage" n JOIN "UserLanguage" l ON l."code" = n."code"
    WHERE n."userId" = ${one} AND n."role" = 'native' AND l."userId" = ${another} AND l."role" = 'learning')`;
}
