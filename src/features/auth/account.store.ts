import { type Db, Prisma, uniqueConflict } from '../../platform/db.ts';
import type { Challenge } from './challenge.ts';
import type { Identifier } from './identifier.ts';
import { refundWrongCodeSql } from './budget.store.ts';

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
}

export type Created = { ok: true } | { ok: false; conflict: 'username' | 'contact' | 'challenge' };

const iso = (moment: Date): Prisma.Sql => Prisma.sql`${moment.toISOString()}::timestamptz`;

/** People's accounts. Uniqueness is the database's decision; a conflict is an answer. */
export const createAccountStore = (db: Db) => ({
  /** Whether a username and a contact (email key or E.164) belong to somebody, in one question. */
  async taken(usernameKey: string, destinationKey: string): Promise<{ username: boolean; contact: boolean }> {
    const [row] = await db.$queryRaw<{ username: boolean; contact: boolean }[]>`
      SELECT EXISTS (SELECT FROM "User" WHERE "usernameKey" = ${usernameKey}) AS "username",
             EXISTS (SELECT FROM "User" WHERE "emailKey" = ${destinationKey})
          OR EXISTS (SELECT FROM "User" WHERE "phone" = ${destinationKey}) AS "contact"`;
    return row!;
  },

  /**
   * Uses up the challenge and writes the person with their languages, in one statement: all of it or nothing. Of
   * parallel callers with the same challenge one wins; the others get `challenge`.
   */
  async createVerified(account: NewAccount, proof: Challenge, now: Date): Promise<Created> {
    const byMail = proof.channel === 'email';
    const languages = [account.native, ...account.learning];
    try {
      const rows = await db.$queryRaw<{ id: string }[]>`
        WITH proof AS (
          UPDATE "RegistrationOtp" SET "consumedAt" = ${iso(now)}
          WHERE "id" = ${proof.id}::uuid AND "consumedAt" IS NULL AND "endsAt" > ${iso(now)} RETURNING "id"
        ), person AS (
          INSERT INTO "User" ("id", "username", "usernameKey", "email", "emailKey", "emailVerifiedAt", "phone", "phoneVerifiedAt",
                              "passwordHash", "dateOfBirth", "country", "createdAt", "updatedAt")
          SELECT ${account.id}::uuid, ${account.username}, ${account.usernameKey},
                 ${byMail ? proof.destination : null}, ${byMail ? proof.destinationKey : null}, ${byMail ? iso(now) : null},
                 ${byMail ? null : proof.destinationKey}, ${byMail ? null : iso(now)},
                 ${account.passwordHash}, ${account.dateOfBirth.toISOString().slice(0, 10)}::date, ${account.country}, ${iso(now)}, ${iso(now)}
          FROM proof RETURNING "id"
        ), languages AS (
          INSERT INTO "UserLanguage" ("userId", "code", "role", "position")
          SELECT person."id", l.code, (CASE l.place WHEN 1 THEN 'native' ELSE 'learning' END)::"LanguageRole", GREATEST(l.place - 2, 0)
          FROM person, unnest(${languages}::text[]) WITH ORDINALITY AS l(code, place)
        ), refund AS (${refundWrongCodeSql(proof.destinationKey)})
        SELECT "id" FROM person`;
      return rows.length === 1 ? { ok: true } : { ok: false, conflict: 'challenge' };
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
  async find({ usernameKey, emailKey, phones }: Identifier): Promise<Credentials | null> {
    const rows = await db.$queryRaw<Credentials[]>`
      SELECT "id", "username", "passwordHash" FROM "User"
      WHERE "usernameKey" = ${usernameKey} OR "emailKey" = ${emailKey} OR "phone" = ANY(${phones}::text[]) LIMIT 2`;
    return rows.length === 1 ? rows[0]! : null;
  },

  /** Replaces a password hash by one with today's parameters, unless the password was changed meanwhile. */
  async rehash(id: string, from: string, to: string): Promise<void> {
    await db.user.updateMany({ where: { id, passwordHash: from }, data: { passwordHash: to } });
  },
});

export type AccountStore = ReturnType<typeof createAccountStore>;
