import { at, Prisma } from '../../platform/stores/db.ts';

/** Who asks: a viewer, or a column that names one in a statement for many. */
export interface Asking {
  id: string | Prisma.Sql;
  now: Date;
}

/** Whether the person of alias `u` and the viewer are of one band at the viewer's moment, whatever was noted of them before. */
export function sameBand({ id, now }: Asking): Prisma.Sql {
  return Prisma.sql`"age_band"(u."dateOfBirth", ${at(now)})
    = (SELECT "age_band"(me."dateOfBirth", ${at(now)}) FROM "User" me WHERE me."id" = ${id}::uuid)`;
}

/** Whether the person of alias `u` or the viewer is under 18. */
export function eitherIsMinor({ id, now }: Asking): Prisma.Sql {
  return Prisma.sql`("age_band"(u."dateOfBirth", ${at(now)}) <> '18-over'
    OR (SELECT "age_band"(me."dateOfBirth", ${at(now)}) FROM "User" me WHERE me."id" = ${id}::uuid) <> '18-over')`;
}
