import { later } from '../../../kernel/clock.ts';
import type { Channel } from '../../../platform/generated/prisma/enums.ts';
import { againAfterDeadlock, at, type Db, Prisma, uniqueConflict } from '../../../platform/stores/db.ts';
import type { Contacts, OwnContact } from '../accounts/contact.ts';

export type Tx = Pick<Db, '$queryRaw'>;

/** In one transaction; the unique index decides whether somebody else has the contact. */
export async function unlessTaken<T>(
  db: Db,
  work: (tx: Tx) => Promise<T>,
): Promise<T | { ok: false; reason: 'taken' }> {
  try {
    return await againAfterDeadlock(() => db.$transaction((tx) => work(tx)));
  } catch (err) {
    if (uniqueConflict(err)) return { ok: false, reason: 'taken' };
    throw err;
  }
}

/** Nobody else changes the contacts before the transaction ends. */
export interface LockedPerson {
  id: string;
  username: string;
  securityVersion: number;
  suspendedUntil: Date | null;
  bannedAt: Date | null;
  purgeAt: Date | null; // null: the account stays
  recoveredAt: Date | null; // when a contact last proved a reset or an undo, and which
  recoveredBy: Channel | null;
  contacts: Contacts; // verified ones only
}

interface PersonRow extends Omit<LockedPerson, 'contacts'> {
  email: string | null;
  emailKey: string | null;
  emailVerifiedAt: Date | null;
  phone: string | null;
  phoneVerifiedAt: Date | null;
}

export function contactOf(
  destination: string | null,
  key: string | null,
  verifiedAt: Date | null,
): OwnContact | null {
  return destination !== null && key !== null && verifiedAt !== null
    ? { destination, key, verifiedAt }
    : null;
}

export async function lockPerson(tx: Tx, id: string): Promise<LockedPerson | null> {
  const [row] = await tx.$queryRaw<PersonRow[]>`
    SELECT "id", "username", "securityVersion", "suspendedUntil", "bannedAt", "purgeAt", "recoveredAt", "recoveredBy",
           "email", "emailKey", "emailVerifiedAt", "phone", "phoneVerifiedAt"
    FROM "User" WHERE "id" = ${id}::uuid FOR UPDATE`;
  if (!row) return null;
  const { email, emailKey, emailVerifiedAt, phone, phoneVerifiedAt, ...person } = row;
  const contacts = {
    email: contactOf(email, emailKey, emailVerifiedAt),
    mobile: contactOf(phone, phone, phoneVerifiedAt),
  };
  return { ...person, contacts };
}

/** Later than the last change, if only by a millisecond: events and links are found by the moment of their change. */
export async function momentOfChange(tx: Tx, userId: string, now: Date): Promise<Date> {
  const [row] = await tx.$queryRaw<{ last: Date | null }[]>`
    SELECT max(GREATEST("createdAt", "usedAt")) AS "last" FROM "ContactUndo" WHERE "userId" = ${userId}::uuid`;
  return row?.last && row.last >= now ? later(row.last, 1) : now;
}

export function setContactSql(channel: Channel, contact: OwnContact | null): Prisma.Sql {
  const verifiedAt = contact ? at(contact.verifiedAt) : Prisma.sql`NULL`;
  const [destination, key] = [contact?.destination ?? null, contact?.key ?? null];
  return channel === 'email'
    ? Prisma.sql`"email" = ${destination}, "emailKey" = ${key}, "emailVerifiedAt" = ${verifiedAt}`
    : Prisma.sql`"phone" = ${key}, "phoneVerifiedAt" = ${verifiedAt}`;
}
