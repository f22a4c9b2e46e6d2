import { at, type Db, Prisma, uniqueConflict } from '../../platform/db.ts';
import { budgetKeysOf, type Challenge } from './challenge.ts';
import type { Identifier } from './identifier.ts';
import { refundWrongCodeSql } from './budget.store.ts';
import { insertEventSql, type SecurityEvent } from './security-events.store.ts';

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
  securityVersion: number;
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

export type Created = { ok: true } | { ok: false; conflict: 'username' | 'contact' | 'challenge' };

const memberColumns = Prisma.sql`"id", "username", "passwordHash", "securityVersion", "purgeAt" AS "leavesAt",
  CASE WHEN "emailVerifiedAt" IS NOT NULL THEN "email" END AS "email",
  CASE WHEN "emailVerifiedAt" IS NOT NULL THEN "emailKey" END AS "emailKey",
  CASE WHEN "phoneVerifiedAt" IS NOT NULL THEN "phone" END AS "phone"`;

/** Whether a person of "User" is still one: not past the last moment to come back (leaving.store.ts). */
export const isHere = (now: Date): Prisma.Sql => Prisma.sql`("purgeAt" IS NULL OR "purgeAt" > ${at(now)})`;

/** Whether a username rests after its person left. */
const rests = (usernameKey: string, now: Date): Prisma.Sql => Prisma.sql`
  EXISTS (SELECT FROM "UsernameQuarantine" WHERE "usernameKey" = ${usernameKey} AND "until" > ${at(now)})`;

/** People's accounts. Uniqueness is the database's decision; a conflict is an answer. */
export const createAccountStore = (db: Db) => ({
  /** Whether a username and a contact (email key or E.164) cannot be had, in one question. */
  async taken(
    usernameKey: string,
    destinationKey: string,
    now: Date,
  ): Promise<{ username: boolean; contact: boolean }> {
    const [row] = await db.rows<{ username: boolean; contact: boolean }>`
      SELECT EXISTS (SELECT FROM "User" WHERE "usernameKey" = ${usernameKey}) OR ${rests(usernameKey, now)} AS "username",
             EXISTS (SELECT FROM "User" WHERE "emailKey" = ${destinationKey})
          OR EXISTS (SELECT FROM "User" WHERE "phone" = ${destinationKey}) AS "contact"`;
    return row!;
  },

  /**
   * Uses up the challenge and writes the person with their languages, in one statement: all of it or nothing. Of
   * parallel callers with the same challenge one wins; the others get `challenge`.
   */
  async createVerified(account: NewAccount, proof: Challenge, joined: SecurityEvent): Promise<Created> {
    const now = joined.at;
    const byMail = proof.channel === 'email';
    const languages = [account.native, ...account.learning];
    try {
      const [row] = await db.rows<{ id: string | null; rests: boolean }>`
        WITH proof AS (
          UPDATE "RegistrationOtp" SET "consumedAt" = ${at(now)}
          WHERE "id" = ${proof.id}::uuid AND "consumedAt" IS NULL AND "endsAt" > ${at(now)}
            AND NOT ${rests(account.usernameKey, now)} RETURNING "id"
        ), person AS (
          INSERT INTO "User" ("id", "username", "usernameKey", "email", "emailKey", "emailVerifiedAt", "phone", "phoneVerifiedAt",
                              "passwordHash", "dateOfBirth", "country", "createdAt", "updatedAt")
          SELECT ${account.id}::uuid, ${account.username}, ${account.usernameKey},
                 ${byMail ? proof.destination : null}, ${byMail ? proof.destinationKey : null}, ${byMail ? at(now) : null},
                 ${byMail ? null : proof.destinationKey}, ${byMail ? null : at(now)},
                 ${account.passwordHash}, ${account.dateOfBirth.toISOString().slice(0, 10)}::date, ${account.country}, ${at(now)}, ${at(now)}
          FROM proof RETURNING "id"
        ), languages AS (
          INSERT INTO "UserLanguage" ("userId", "code", "role", "position")
          SELECT person."id", l.code, (CASE l.place WHEN 1 THEN 'native' ELSE 'learning' END)::"LanguageRole", GREATEST(l.place - 2, 0)
          FROM person, unnest(${languages}::text[]) WITH ORDINALITY AS l(code, place)
        ), joined AS (${insertEventSql(joined, Prisma.sql`FROM person`)}
        ), ${refundWrongCodeSql(budgetKeysOf(proof))}
        SELECT (SELECT "id" FROM person) AS "id", ${rests(account.usernameKey, now)} AS "rests"`;
      if (row?.id) return { ok: true };
      return { ok: false, conflict: row?.rests ? 'username' : 'challenge' };
    } catch (err) {
      const index = uniqueConflict(err);
      if (!index) throw err;
      return { ok: false, conflict: index.includes('usernameKey') ? 'username' : 'contact' };
    }
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

  /** The account of a session or grant; null when it is gone, or when what was made under this version is worthless. */
  async member(id: string, securityVersion: number, now: Date): Promise<Member | null> {
    const [row] = await db.rows<Member>`
      SELECT ${memberColumns} FROM "User"
      WHERE "id" = ${id}::uuid AND "securityVersion" = ${securityVersion}::int AND ${isHere(now)}`;
    return row ?? null;
  },

  /**
   * Sets a password and raises the security version, with the event that tells of it, in one statement. Of parallel
   * callers with the same version one wins; the others get null, as does everything made under an older one. Codes that
   * wait elsewhere become decoys: none is sent any more, and their pages do not tell. Answers the new version.
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
      ), disarmed AS (
        UPDATE "PasswordResetOtp" c SET "decoy" = true, "userId" = NULL, "securityVersion" = NULL
        FROM person WHERE c."userId" = person."id" AND c."consumedAt" IS NULL
      ), event AS (${insertEventSql(event, Prisma.sql`FROM person`)})
      SELECT "securityVersion" FROM person`;
    return row?.securityVersion ?? null;
  },

  /** Replaces a password hash by one with today's parameters, unless the password was changed meanwhile. */
  async rehash(id: string, from: string, to: string): Promise<void> {
    await db.user.updateMany({ where: { id, passwordHash: from }, data: { passwordHash: to } });
  },
});

export type AccountStore = ReturnType<typeof createAccountStore>;
