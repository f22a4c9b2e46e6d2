import { ageBands } from '../../kernel/age-band.ts';
import { at, Prisma } from '../../platform/stores/db.ts';
import type { Asking } from './bands.sql.ts';
import { defaultsByBand } from './minor-defaults.ts';

/** What partners may see of each other beside words. */
export type Shown = 'presence' | 'receipts';

/** What holds for a person of this alias, chosen or not. */
export function shows(what: Shown, alias: 'u' | 'me', now: Date): Prisma.Sql {
  const person = Prisma.raw(alias);
  const showing = ageBands
    .filter((band) => defaultsByBand[band][what])
    .map((band) => Prisma.sql`${band}::text`);
  return Prisma.sql`COALESCE(${person}.${Prisma.raw(`"${what}"`)},
    "age_band"(${person}."dateOfBirth", ${at(now)})::text IN (${Prisma.join(showing)}))`;
}

/** Whether the person of alias `u` and the viewer both show it: who turns it off does not see it either. */
export function bothShow(what: Shown, { id, now }: Asking): Prisma.Sql {
  return Prisma.sql`(${shows(what, 'u', now)}
    AND (SELECT ${shows(what, 'me', now)} FROM "User" me WHERE me."id" = ${id}::uuid))`;
}
