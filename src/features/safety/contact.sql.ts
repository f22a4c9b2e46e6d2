import type { Viewer } from '../../kernel/viewer.ts';
import { at, Prisma } from '../../platform/stores/db.ts';
import { mayMeet } from './visible.sql.ts';

/** What stands for those who never chose, by the band of alias `u` (minor-defaults.ts says why). */
function byDefault({ now }: Viewer): Prisma.Sql {
  return Prisma.sql`CASE "age_band"(u."dateOfBirth", ${at(now)}) WHEN '18-over' THEN 'band' ELSE 'matches' END`;
}

/** `matches`: whether `u` and the viewer are a match, asked where it matters only. */
function chosen(column: 'findable' | 'whoMayWrite', viewer: Viewer, matches: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`CASE COALESCE(u.${Prisma.raw(`"${column}"`)}::text, ${byDefault(viewer)})
    WHEN 'band' THEN TRUE WHEN 'matches' THEN ${matches} ELSE FALSE END`;
}

/** Whether the viewer may write a first hello to the person of alias `u`. */
export function mayContact(viewer: Viewer, matches: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${mayMeet(viewer)} AND ${chosen('whoMayWrite', viewer, matches)})`;
}

/** Whether the viewer comes across the person of alias `u` in suggestions and search. */
export function mayFind(viewer: Viewer, matches: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${mayMeet(viewer)} AND ${chosen('findable', viewer, matches)}
    AND NOT EXISTS (SELECT FROM "HiddenPerson" h WHERE h."hiderId" = ${viewer.id}::uuid AND h."hiddenId" = u."id"))`;
}
