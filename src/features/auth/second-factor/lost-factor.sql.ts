import { later } from '../../../kernel/clock.ts';
import { at, Prisma } from '../../../platform/stores/db.ts';
import { lostFactorPolicy } from '../policy.ts';

/** Whether a wait of alias `l` is still of use: until a while after it opened. */
export function isOfUse(now: Date): Prisma.Sql {
  return Prisma.sql`l."opensAt" > ${at(later(now, -lostFactorPolicy.openFor))}`;
}
