import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import type { Identifier } from './identifier.ts';

/** What signing in needs to know of a person. */
export interface Credentials {
  id: string;
  username: string;
  passwordHash: string;
  /** Since when the password opens nothing (contact-undo.store.ts); null: it works. */
  passwordRevokedAt: Date | null;
  securityVersion: number;
}

/** What a contact proved: whose password it allows to set, and under which security version of the account. */
export interface VerifiedContact {
  id: string;
  securityVersion: number;
  /** The contact (email key or E.164): gone from the account, it proves nothing. Null: no change of contacts matters. */
  contactKey: string | null;
}

/** A person as far as keeping the account safe needs to know them; contacts only where verified. */
export interface Member extends Credentials {
  /** When a person who asked to go is deleted, unless they sign in before; null: stays. */
  leavesAt: Date | null;
  email: string | null;
  emailKey: string | null;
  /** E.164. */
  phone: string | null;
}

/** What a password has to match; null: none does, and checking costs the same (passwords.ts). */
export function workingHashOf(member: Credentials | null): string | null {
  return member && member.passwordRevokedAt === null ? member.passwordHash : null;
}

const memberColumns = Prisma.sql`"id", "username", "passwordHash", "passwordRevokedAt", "securityVersion", "purgeAt" AS "leavesAt",
  CASE WHEN "emailVerifiedAt" IS NOT NULL THEN "email" END AS "email",
  CASE WHEN "emailVerifiedAt" IS NOT NULL THEN "emailKey" END AS "emailKey",
  CASE WHEN "phoneVerifiedAt" IS NOT NULL THEN "phone" END AS "phone"`;

/** Whether a person of "User" is still one: not past the last moment to come back (leaving.store.ts). */
export function isHere(now: Date): Prisma.Sql {
  return Prisma.sql`("purgeAt" IS NULL OR "purgeAt" > ${at(now)})`;
}

/** Whether what a contact proved of a person of "User" under this version holds: until a reset or an undo came since. */
export function stillProves(securityVersion: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`"recoveryVersion" <= ${securityVersion}`;
}

/** Who stands behind what somebody typed, a session or a proof. */
export function createAccountStore(db: Db) {
  return {
    /**
     * The account behind an identifier; null when there is none, or when a national phone number could be of two. One
     * question in every case.
     */
    async find({ usernameKey, emailKey, phones }: Identifier, now: Date): Promise<Member | null> {
      const rows = await db.rows<Member>`
      SELECT ${memberColumns} FROM "User"
      WHERE ("usernameKey" = ${usernameKey} OR "emailKey" = ${emailKey} OR "phone" = ANY(${phones}::text[]))
        AND ${isHere(now)} LIMIT 2`;
      return rows.length === 1 ? rows[0]! : null;
    },

    /** The account of a session; null when it is gone, or when what was made under this version is worthless. */
    async member(id: string, securityVersion: number, now: Date): Promise<Member | null> {
      const [row] = await db.rows<Member>`
      SELECT ${memberColumns} FROM "User"
      WHERE "id" = ${id}::uuid AND "securityVersion" = ${securityVersion}::int AND ${isHere(now)}`;
      return row ?? null;
    },

    /** The account of a grant; null when it is gone, or when what a contact proved under this version is worthless. */
    async proved({ id, securityVersion, contactKey }: VerifiedContact, now: Date): Promise<Member | null> {
      const [row] = await db.rows<Member>`
      SELECT ${memberColumns} FROM "User"
      WHERE "id" = ${id}::uuid AND ${stillProves(Prisma.sql`${securityVersion}::int`)} AND ${isHere(now)}`;
      return row && (contactKey === null || [row.emailKey, row.phone].includes(contactKey)) ? row : null;
    },
  };
}

export type AccountStore = ReturnType<typeof createAccountStore>;
