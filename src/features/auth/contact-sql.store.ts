import { later } from '../../kernel/clock.ts';
import { againAfterDeadlock, at, type Db, Prisma, uniqueConflict } from '../../platform/db.ts';
import type { Channel } from '../../platform/generated/prisma/enums.ts';
import type { Contact, Contacts } from './contact.ts';

export type Tx = Pick<Db, '$queryRaw'>;

/**
 * A transaction that gives a contact to an account. Whether somebody else has it is the unique index's decision, and an
 * answer: `taken`.
 */
export const givingContact = async <T>(
  db: Db,
  work: (tx: Tx) => Promise<T>,
): Promise<T | { ok: false; reason: 'taken' }> => {
  try {
    return await againAfterDeadlock(() => db.$transaction((tx) => work(tx)));
  } catch (err) {
    if (uniqueConflict(err)) return { ok: false, reason: 'taken' };
    throw err;
  }
};

/** A person whose contacts are about to change; nobody else changes them before the transaction ends. */
export interface LockedPerson {
  id: string;
  username: string;
  securityVersion: number;
  /** The verified ones. */
  contacts: Contacts;
}

interface PersonRow {
  id: string;
  username: string;
  securityVersion: number;
  email: string | null;
  emailKey: string | null;
  phone: string | null;
}

export const contactOf = (destination: string | null, key: string | null): Contact | null =>
  destination !== null && key !== null ? { destination, key } : null;

export const contactsOf = ({
  email,
  emailKey,
  phone,
}: Pick<PersonRow, 'email' | 'emailKey' | 'phone'>): Contacts => ({
  email: contactOf(email, emailKey),
  mobile: contactOf(phone, phone),
});

/** Holds a person's row, so that changes of one account's contacts come one after the other. */
export const lockPerson = async (tx: Tx, id: string): Promise<LockedPerson | null> => {
  const [row] = await tx.$queryRaw<PersonRow[]>`
    SELECT "id", "username", "securityVersion",
           CASE WHEN "emailVerifiedAt" IS NOT NULL THEN "email" END AS "email",
           CASE WHEN "emailVerifiedAt" IS NOT NULL THEN "emailKey" END AS "emailKey",
           CASE WHEN "phoneVerifiedAt" IS NOT NULL THEN "phone" END AS "phone"
    FROM "User" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return row ? { ...row, contacts: contactsOf(row) } : null;
};

/**
 * The moment of a change: now, or a little later, so that no two changes of one account share one. Their order decides
 * what an undo takes back, and a change's event and links find each other by it.
 */
export const momentOfChange = async (tx: Tx, userId: string, now: Date): Promise<Date> => {
  const [row] = await tx.$queryRaw<{ last: Date | null }[]>`
    SELECT max(GREATEST("createdAt", "usedAt")) AS "last" FROM "ContactUndo" WHERE "userId" = ${userId}::uuid`;
  return row?.last && row.last >= now ? later(row.last, 1) : now;
};

/** What an UPDATE of "User" sets so that a channel leads to this contact, or to none. */
export const setContactSql = (channel: Channel, contact: Contact | null, now: Date): Prisma.Sql => {
  const verifiedAt = contact ? at(now) : Prisma.sql`NULL`;
  const [destination, key] = [contact?.destination ?? null, contact?.key ?? null];
  return channel === 'email'
    ? Prisma.sql`"email" = ${destination}, "emailKey" = ${key}, "emailVerifiedAt" = ${verifiedAt}`
    : Prisma.sql`"phone" = ${key}, "phoneVerifiedAt" = ${verifiedAt}`;
};
