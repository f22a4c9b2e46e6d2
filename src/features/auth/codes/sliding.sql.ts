import { days, hours, later } from '../../../kernel/clock.ts';
import { at, Prisma } from '../../../platform/stores/db.ts';
import type { PerHourAndDay } from './sliding.ts';

function since(moments: Prisma.Sql, now: Date, window: number): Prisma.Sql {
  return Prisma.sql`(SELECT count(*) FROM unnest(${moments}) m WHERE m > ${at(later(now, -window))})`;
}

/** Whether an array of moments has room for one more; `room`: for so many more. */
export function hasRoomSql(
  { hour, day }: PerHourAndDay,
  moments: Prisma.Sql,
  now: Date,
  room = 0,
): Prisma.Sql {
  return Prisma.sql`${since(moments, now, hours(1))} < ${hour + room}::int
    AND ${since(moments, now, days(1))} < ${day + room}::int`;
}

/** The moments of the last day, and this one. */
export function withThisSql(moments: Prisma.Sql, now: Date): Prisma.Sql {
  return Prisma.sql`ARRAY(SELECT m FROM unnest(${moments}) m WHERE m > ${at(later(now, -days(1)))} ORDER BY m) || ${at(now)}`;
}
