import { at, type Db, Prisma, uniqueConflict } from '../../../platform/db.ts';
import type { Channel } from '../../../platform/generated/prisma/enums.ts';
import { budgetKeysOf, type Challenge } from '../codes/challenge.ts';
import { isNewContact } from './contact.ts';
import type { Identifier } from './identifier.ts';
import { refundWrongCodeSql } from '../codes/budget.store.ts';
import { insertEventSql, type SecurityEvent } from '../history/security-events.store.ts';
import { looksTaken, reserveSql } from './username-skeleton.store.ts';

export interface NewAccount {
  id: string;
  username: string;
  usernameKey: string;
  passwordHash: string;
  /** Midnight UTC. */
  dateOfBirth: Date;
  country: string;
  native: string;
  learning: readonly string[];
}

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
export interface Proof {
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

interface RecoveredRow {
  securityVersion: number;
  createdAt: Date;
  emailKey: string | null;
  emailVerifiedAt: Date | null;
  phone: string | null;
  phoneVerifiedAt: Date | null;
}

export type Created = { ok: true } | { ok: false; conflict: 'username' | 'contact' | 'challenge' };

const memberColumns = Prisma.sql`"id", "username", "passwordHash", "passwordRevokedAt", "securityVersion", "purgeAt" AS "leavesAt",
  CASE WHEN "emailVerifiedAt" IS NOT NULL THEN "email" END AS "email",
  CASE WHEN "emailVerifiedAt" IS NOT NULL THEN "emailKey" END AS "emailKey",
  CASE WHEN "phoneVerifiedAt" IS NOT NULL THEN "phone" END AS "phone"`;

/** Whether a person of "User" is still one: not past the last moment to come back (leaving.store.ts). */
export const isHere = (now: Date): Prisma.Sql => Prisma.sql`("purgeAt" IS NULL OR "purgeAt" > ${at(now)})`;

/** Whether what a contact proved of a person of "User" under this version holds: until a reset or an undo came since. */
export function stillProves(securityVersion: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`"recoveryVersion" <= ${securityVersion}`;
}

/** Whether a username rests after its person left. */
const rests = (usernameKey: string, now: Date): Prisma.Sql => Prisma.sql`
  EXISTS (SELECT FROM "UsernameQuarantine" WHERE "usernameKey" = ${usernameKey} AND "until" > ${at(now)})`;

/** People's accounts. Uniqueness is the database's decision; a conflict is an answer. */
export const createAccountStore = (db: Db) => ({
  /** Whether a username, or one that looks like it, and a contact (email key or E.164) cannot be had, in one question. */
  async taken(
    usernameKey: string,
    destinationKey: string,
    now: Date,
  ): Promise<{ username: boolean; alike: boolean; contact: boolean }> {
    const [row] = await db.rows<{ username: boolean; alike: boolean; contact: boolean }>`
      SELECT EXISTS (SELECT FROM "User" WHERE "usernameKey" = ${usernameKey}) OR ${rests(usernameKey, now)} AS "username",
             ${looksTaken(usernameKey, now)} AS "alike",
             EXISTS (SELECT FROM "User" WHERE "emailKey" = ${destinationKey})
          OR EXISTS (SELECT FROM "User" WHERE "phone" = ${destinationKey}) AS "contact"`;
    return row!;
  },

  /**
   * Uses up the challenge and writes the person with their languages, in one statement: all of it or nothing. Of
   * parallel callers with the same challenge one wins; the others get `challenge`, whoever has the name by then: it may be
   * this very person.
   */
  async createVerified(account: NewAccount, proof: Challenge, joined: SecurityEvent): Promise<Created> {
    const now = joined.at;
    const byMail = proof.channel === 'email';
    const languages = [account.native, ...account.learning];
    const live = Prisma.sql`"id" = ${proof.id}::uuid AND "consumedAt" IS NULL AND "endsAt" > ${at(now)}`;
    const taken = Prisma.sql`(${rests(account.usernameKey, now)} OR ${looksTaken(account.usernameKey, now)})`;
    try {
      const [row] = await db.rows<{ id: string | null; taken: boolean }>`
        WITH proof AS (
          UPDATE "RegistrationOtp" SET "consumedAt" = ${at(now)}
          WHERE ${live} AND NOT ${taken} RETURNING "id"
        ), ${reserveSql(account.usernameKey, now, Prisma.sql`FROM proof`)}, person AS (
          INSERT INTO "User" ("id", "username", "usernameKey", "email", "emailKey", "emailVerifiedAt", "phone", "phoneVerifiedAt",
                              "passwordHash", "dateOfBirth", "country", "createdAt", "updatedAt")
          SELECT ${account.id}::uuid, ${account.username}, ${account.usernameKey},
                 ${byMail ? proof.destination : null}, ${byMail ? proof.destinationKey : null}, ${byMail ? at(now) : null},
                 ${byMail ? null : proof.destinationKey}, ${byMail ? null : at(now)},
                 ${account.passwordHash}, ${account.dateOfBirth.toISOString().slice(0, 10)}::date, ${account.country}, ${at(now)}, ${at(now)}
          FROM "reserved" RETURNING "id"
        ), languages AS (
          INSERT INTO "UserLanguage" ("userId", "code", "role", "position")
          SELECT person."id", l.code, (CASE l.place WHEN 1 THEN 'native' ELSE 'learning' END)::"LanguageRole", GREATEST(l.place - 2, 0)
          FROM person, unnest(${languages}::text[]) WITH ORDINALITY AS l(code, place)
        ), joined AS (${insertEventSql(joined, Prisma.sql`FROM person`)}
        ), ${refundWrongCodeSql(budgetKeysOf(proof))}
        SELECT (SELECT "id" FROM person) AS "id",
               ${taken} AND EXISTS (SELECT FROM "RegistrationOtp" WHERE ${live}) AS "taken"`;
      if (row?.id) return { ok: true };
      return { ok: false, conflict: row?.taken ? 'username' : 'challenge' };
    } catch (err) {
      const index = uniqueConflict(err);
      if (!index) throw err;
      return { ok: false, conflict: /usernameKey|UsernameSkeleton/.test(index) ? 'username' : 'contact' };
    }
  },

  /** Whether a challenge was used up by making this person. */
  async joinedBy(challengeId: string, usernameKey: string): Promise<boolean> {
    const [row] = await db.rows<{ joined: boolean }>`
      SELECT EXISTS (
        SELECT FROM "RegistrationOtp" c JOIN "User" u
          ON u."createdAt" = c."consumedAt" AND c."destinationKey" IN (u."emailKey", u."phone")
        WHERE c."id" = ${challengeId}::uuid AND u."usernameKey" = ${usernameKey}) AS "joined"`;
    return row!.joined;
  },

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
  async proved({ id, securityVersion, contactKey }: Proof, now: Date): Promise<Member | null> {
    const [row] = await db.rows<Member>`
      SELECT ${memberColumns} FROM "User"
      WHERE "id" = ${id}::uuid AND ${stillProves(Prisma.sql`${securityVersion}::int`)} AND ${isHere(now)}`;
    return row && (contactKey === null || [row.emailKey, row.phone].includes(contactKey)) ? row : null;
  },

  /**
   * Sets a password for whoever knew the old one and raises the security version, with the event that tells of it, in one
   * statement. Of parallel callers with the same version one wins; the others get null. What a contact proved stays good:
   * it may be the owner's, while a thief changes the password. Answers the new version.
   */
  async changePassword(
    { id, securityVersion }: Pick<Member, 'id' | 'securityVersion'>,
    passwordHash: string,
    event: SecurityEvent,
  ): Promise<number | null> {
    const [row] = await db.rows<{ securityVersion: number }>`
      WITH person AS (
        UPDATE "User" SET "passwordHash" = ${passwordHash}, "securityVersion" = "securityVersion" + 1, "updatedAt" = ${at(event.at)}
        WHERE "id" = ${id}::uuid AND "securityVersion" = ${securityVersion}::int RETURNING "id", "securityVersion"
      ), event AS (${insertEventSql(event, Prisma.sql`FROM person`)})
      SELECT "securityVersion" FROM person`;
    return row?.securityVersion ?? null;
  },

  /**
   * Sets a password for whoever proved a contact, whatever sessions changed since; with it everything ends that was made
   * or proved before. Of parallel callers one wins; the others get null. Codes that wait elsewhere become decoys: none is
   * sent any more, and their pages do not tell. Answers the new version, and which contacts came lately, beside the one that
   * proved it.
   */
  async resetPassword(
    { id, securityVersion, contactKey }: Proof,
    passwordHash: string,
    event: SecurityEvent,
  ): Promise<{ securityVersion: number; newContacts: Channel[] } | null> {
    const [row] = await db.rows<RecoveredRow>`
      WITH person AS (
        UPDATE "User" SET "passwordHash" = ${passwordHash}, "passwordRevokedAt" = NULL, "updatedAt" = ${at(event.at)},
          "securityVersion" = "securityVersion" + 1, "recoveryVersion" = "securityVersion" + 1, "recoveredAt" = ${at(event.at)},
          "recoveredBy" = CASE ${contactKey} WHEN "emailKey" THEN 'email' WHEN "phone" THEN 'mobile' ELSE "recoveredBy" END
        WHERE "id" = ${id}::uuid AND ${stillProves(Prisma.sql`${securityVersion}::int`)} AND ${isHere(event.at)}
          AND (${contactKey}::text IS NULL OR ${contactKey} IN ("emailKey", "phone"))
        RETURNING "id", "securityVersion", "createdAt", "emailKey", "emailVerifiedAt", "phone", "phoneVerifiedAt"
      ), disarmed AS (
        UPDATE "PasswordResetOtp" c SET "decoy" = true, "userId" = NULL, "securityVersion" = NULL
        FROM person WHERE c."userId" = person."id" AND c."consumedAt" IS NULL
      ), event AS (${insertEventSql(event, Prisma.sql`FROM person`)})
      SELECT * FROM person`;
    if (!row) return null;
    const contacts = [
      ['email', row.emailKey, row.emailVerifiedAt],
      ['mobile', row.phone, row.phoneVerifiedAt],
    ] as const;
    const newContacts = contacts.flatMap(([channel, key, verifiedAt]) =>
      key !== contactKey && isNewContact(verifiedAt, row.createdAt, event.at) ? [channel] : [],
    );
    return { securityVersion: row.securityVersion, newContacts };
  },

  /** Replaces a password hash by one with today's parameters, unless the password was changed meanwhile. */
  async rehash(id: string, from: string, to: string): Promise<void> {
    await db.user.updateMany({ where: { id, passwordHash: from }, data: { passwordHash: to } });
  },
});

export type AccountStore = ReturnType<typeof createAccountStore>;
