import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import type { Identifier } from './identifier.ts';

export interface Credentials {
  id: string;
  username: string;
  passwordHash: string;
  passwordRevokedAt: Date | null; // since when the password is refused (contact-undo.store.ts)
  securityVersion: number;
}

export interface VerifiedContact {
  id: string;
  securityVersion: number;
  /** Email key or E.164: worthless once it has left the account. Null: any contacts will do. */
  contactKey: string | null;
}

/** Contacts only where verified. */
export interface Member extends Credentials {
  /** Until when the desk keeps them out, and since when for good. */
  suspendedUntil: Date | null;
  bannedAt: Date | null;
  purgeAt: Date | null; // unless its person signs in before; null: the account stays
  email: string | null;
  emailKey: string | null;
  phone: string | null; // E.164
}

/** As who signs in is found. */
export interface Found extends Member {
  hasSecondFactor: boolean;
}

/** Null: no password matches, and checking costs the same (passwords.ts). */
export function workingHashOf(member: Credentials | null): string | null {
  return member && member.passwordRevokedAt === null ? member.passwordHash : null;
}

/** Whether the desk keeps them out. */
export function isBarred(
  { bannedAt, suspendedUntil }: Pick<Member, 'bannedAt' | 'suspendedUntil'>,
  now: Date,
): boolean {
  return bannedAt !== null || (suspendedUntil !== null && suspendedUntil > now);
}

const memberColumns = Prisma.sql`"id", "username", "passwordHash", "passwordRevokedAt", "securityVersion", "purgeAt", "suspendedUntil", "bannedAt",
  CASE WHEN "emailVerifiedAt" IS NOT NULL THEN "email" END AS "email",
  CASE WHEN "emailVerifiedAt" IS NOT NULL THEN "emailKey" END AS "emailKey",
  CASE WHEN "phoneVerifiedAt" IS NOT NULL THEN "phone" END AS "phone"`;

export function isHere(now: Date): Prisma.Sql {
  return Prisma.sql`("purgeAt" IS NULL OR "purgeAt" > ${at(now)})`;
}

/** Until a reset or an undo: that ends what contacts proved before. */
export function stillProves(securityVersion: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`"recoveryVersion" <= ${securityVersion}`;
}

export function createAccountStore(db: Db) {
  return {
    /** Null for nobody, or when a national number could be two people's. One query in every case. */
    async find({ usernameKey, emailKey, phones }: Identifier, now: Date): Promise<Found | null> {
      const rows = await db.rows<Found>`
      SELECT ${memberColumns}, EXISTS (SELECT FROM "SecondFactor" f WHERE f."userId" = "User"."id") AS "hasSecondFactor"
      FROM "User" WHERE ("usernameKey" = ${usernameKey} OR "emailKey" = ${emailKey} OR "phone" = ANY(${phones}::text[]))
        AND ${isHere(now)} LIMIT 2`;
      return rows.length === 1 ? rows[0]! : null;
    },

    /** Null when it is gone, or has another version. */
    async member(id: string, securityVersion: number, now: Date): Promise<Member | null> {
      const [row] = await db.rows<Member>`
      SELECT ${memberColumns} FROM "User"
      WHERE "id" = ${id}::uuid AND "securityVersion" = ${securityVersion}::int AND ${isHere(now)}`;
      return row ?? null;
    },

    /** The security versions of those who may be signed in. */
    async versionsOf(ids: readonly string[], now: Date): Promise<Map<string, number>> {
      const rows = await db.rows<Pick<Member, 'id' | 'securityVersion'>>`
      SELECT "id", "securityVersion" FROM "User" WHERE "id" = ANY(${ids}::uuid[]) AND ${isHere(now)}
        AND "bannedAt" IS NULL AND ("suspendedUntil" IS NULL OR "suspendedUntil" <= ${at(now)})`;
      return new Map(rows.map(({ id, securityVersion }) => [id, securityVersion]));
    },

    /** Null when it is gone, or was recovered since, or has left the contact. */
    async byVerifiedContact(
      { id, securityVersion, contactKey }: VerifiedContact,
      now: Date,
    ): Promise<Member | null> {
      const [row] = await db.rows<Member>`
      SELECT ${memberColumns} FROM "User"
      WHERE "id" = ${id}::uuid AND ${stillProves(Prisma.sql`${securityVersion}::int`)} AND ${isHere(now)}`;
      return row && (contactKey === null || [row.emailKey, row.phone].includes(contactKey)) ? row : null;
    },
  };
}

export type AccountStore = ReturnType<typeof createAccountStore>;
