import { days, later } from '../../../kernel/clock.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { ageBands } from '../../../kernel/age-band.ts';
import { at, Prisma } from '../../../platform/stores/db.ts';
import { defaultsByBand } from '../../safety/index.ts';
import type { ActiveWithin, Filters } from './filters.ts';

const activeWithin: Record<ActiveWithin, number> = { day: days(1), week: days(7), month: days(30) };

/** Where pages say when somebody was here, lists may ask for it: not of minors, whose presence shows to nobody. */
export const bandsThatShowActivity = ageBands.filter((band) => defaultsByBand[band].presence);

function escaped(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}

/** Conditions on a row of the ring, alias `e`. */
export function filtered({ levels, country, interests, active, name }: Filters, { now }: Viewer): Prisma.Sql {
  const conditions = [Prisma.sql`TRUE`];
  if (levels.length > 0) conditions.push(Prisma.sql`e."level" = ANY(${[...levels]}::"LanguageLevel"[])`);
  if (country !== '')
    conditions.push(
      Prisma.sql`EXISTS (SELECT FROM "User" f WHERE f."id" = e."userId" AND f."country" = ${country})`,
    );
  if (interests.length > 0)
    conditions.push(Prisma.sql`EXISTS (SELECT FROM "UserInterest" f
      WHERE f."userId" = e."userId" AND f."code" = ANY(${[...interests]}::text[]))`);
  if (active !== '') {
    const since = later(now, -activeWithin[active]);
    conditions.push(Prisma.sql`((SELECT "band" FROM me)::text <> ALL(${bandsThatShowActivity}::text[])
      OR EXISTS (SELECT FROM "PersonActivity" f WHERE f."userId" = e."userId" AND f."activeAt" >= ${at(since)})
      OR EXISTS (SELECT FROM "User" f WHERE f."id" = e."userId" AND f."createdAt" >= ${at(since)}))`);
  }
  if (name !== '')
    conditions.push(Prisma.sql`EXISTS (SELECT FROM "User" f WHERE f."id" = e."userId" AND (
      f."usernameKey" LIKE ${`${escaped(name.toLowerCase())}%`}
      OR lower(f."displayName") LIKE lower(${`${escaped(name)}%`})))`);
  return Prisma.join(conditions, ' AND ');
}
