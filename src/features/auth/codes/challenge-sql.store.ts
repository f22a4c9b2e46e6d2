import { Prisma } from '../../../platform/stores/db.ts';
import type { Challenge, Facts, Purpose } from './challenge.ts';

export interface NewSend {
  keyId: string;
  reference: string;
}

export type NewChallenge = Pick<Challenge, 'id' | 'channel' | 'destination' | 'destinationKey' | 'decoy'> & {
  facts?: Facts;
};

/** Of a Challenge; the column keeps its older word. */
export const allColumns = Prisma.raw('*, "muted" AS "suppressed"');

export const tables: Record<Purpose, Prisma.Sql> = {
  'sign-up': Prisma.raw('"RegistrationOtp"'),
  reset: Prisma.raw('"PasswordResetOtp"'),
  contact: Prisma.raw('"ContactChangeOtp"'),
};

export function keyColumnsOf(purpose: Purpose): { asked: Prisma.Sql; destination: Prisma.Sql } {
  const destination = Prisma.sql`t."destinationKey"`;
  return { destination, asked: purpose === 'reset' ? Prisma.sql`t."askedKey"` : destination };
}

/** Of whose contact it is; where it is nobody's yet, of whom it is being added for. */
export function receiverLocale(purpose: Purpose): Prisma.Sql {
  const owner = Prisma.sql`
    (SELECT "locale" FROM "User" WHERE "emailKey" = t."destinationKey" UNION ALL
     SELECT "locale" FROM "User" WHERE "phone" = t."destinationKey" LIMIT 1)`;
  return purpose === 'sign-up'
    ? owner
    : Prisma.sql`COALESCE(${owner}, (SELECT "locale" FROM "User" u WHERE u."id" = t."userId"))`;
}

export function factsSql(facts?: Facts): { columns: Prisma.Sql; values: Prisma.Sql } {
  if (!facts) return { columns: Prisma.empty, values: Prisma.empty };
  const columns = Prisma.sql`, "userId", "securityVersion"`;
  const values = Prisma.sql`, ${facts.userId}::uuid, ${facts.securityVersion}::int`;
  return 'askedKey' in facts
    ? {
        columns: Prisma.sql`${columns}, "askedKey"`,
        values: Prisma.sql`${values}, ${facts.askedKey}`,
      }
    : { columns, values };
}
