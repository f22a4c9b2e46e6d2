import { ageBands } from '../../kernel/age-band.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import { at, Prisma } from '../../platform/stores/db.ts';
import { defaultsByBand } from './minor-defaults.ts';
import { mayMeet } from './visible.sql.ts';

type Choice = 'findable' | 'whoMayWrite';

/** What stands for those who never chose, by the band of alias `u`. */
export function byDefault(column: Choice, { now }: Viewer): Prisma.Sql {
  const quoted = (word: string) => Prisma.raw(`'${word}'`);
  const cases = ageBands.map(
    (band) => Prisma.sql`WHEN ${quoted(band)} THEN ${quoted(defaultsByBand[band][column])}`,
  );
  return Prisma.sql`CASE "age_band"(u."dateOfBirth", ${at(now)}) ${Prisma.join(cases, ' ')} END`;
}

/** `matches`: whether `u` and the viewer are a match, asked where it matters only. */
function chosen(column: Choice, viewer: Viewer, matches: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`CASE COALESCE(u.${Prisma.raw(`"${column}"`)}::text, ${byDefault(column, viewer)})
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
