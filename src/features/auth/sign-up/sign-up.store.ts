import { at, type Db, Prisma, uniqueConflict } from '../../../platform/stores/db.ts';
import { looksTaken, reserveSql } from '../accounts/username-skeleton.store.ts';
import { type Joining, rememberDeviceSql, type Returned, returnedSql } from '../bans/banned-traces.sql.ts';
import { refundWrongCodeSql } from '../codes/budget.store.ts';
import { budgetKeysOf, type Challenge } from '../codes/challenge.ts';
import type { SecurityEvent } from '../history/security-event.ts';
import { insertEventSql } from '../history/security-events.sql.ts';

export interface NewAccount {
  id: string;
  username: string;
  usernameKey: string;
  passwordHash: string;
  dateOfBirth: Date; // midnight UTC
  country: string;
  locale: string; // BCP 47
  native: string;
  learning: readonly string[];
}

export interface Taken {
  username: boolean;
  alike: boolean; // a name that looks like it
  contact: boolean;
  returned: Returned | null; // whoever has this contact or device may not join
}

export type Created =
  | { ok: true }
  | { ok: false; conflict: 'username' | 'contact' | 'challenge' }
  /** The desk keeps them out, or did. */
  | { ok: false; conflict: 'returned'; returned: Returned };

/** What is joined with, and what the browser is called for the new account (banned-traces.service.ts). */
export interface JoinedBy {
  joining: Joining;
  device: string;
}

function rests(usernameKey: string, now: Date): Prisma.Sql {
  return Prisma.sql`
  EXISTS (SELECT FROM "UsernameQuarantine" WHERE "usernameKey" = ${usernameKey} AND "until" > ${at(now)})`;
}

export function createSignUpStore(db: Db) {
  return {
    /** In one query. */
    async taken(usernameKey: string, destinationKey: string, joining: Joining, now: Date): Promise<Taken> {
      const [row] = await db.rows<Taken>`
      SELECT EXISTS (SELECT FROM "User" WHERE "usernameKey" = ${usernameKey}) OR ${rests(usernameKey, now)} AS "username",
             ${looksTaken(usernameKey, now)} AS "alike",
             EXISTS (SELECT FROM "User" WHERE "emailKey" = ${destinationKey})
          OR EXISTS (SELECT FROM "User" WHERE "phone" = ${destinationKey}) AS "contact",
             (SELECT to_json(r) FROM (${returnedSql(joining, now)}) r) AS "returned"`;
      return row!;
    },

    /** All or nothing. A parallel call with the challenge gets `challenge`, even if its own name is taken by then. */
    async createVerified(
      account: NewAccount,
      challenge: Challenge,
      joined: SecurityEvent,
      { joining, device }: JoinedBy,
    ): Promise<Created> {
      const now = joined.at;
      const byMail = challenge.channel === 'email';
      const languages = [account.native, ...account.learning];
      const live = Prisma.sql`"id" = ${challenge.id}::uuid AND "consumedAt" IS NULL AND "endsAt" > ${at(now)}`;
      const taken = Prisma.sql`(${rests(account.usernameKey, now)} OR ${looksTaken(account.usernameKey, now)})`;
      try {
        const [row] = await db.rows<{ id: string | null; taken: boolean; returned: Returned | null }>`
        WITH returned AS MATERIALIZED (${returnedSql(joining, now)}
        ), used AS (
          UPDATE "RegistrationOtp" SET "consumedAt" = ${at(now)}
          WHERE ${live} AND NOT ${taken} AND NOT EXISTS (SELECT FROM returned) RETURNING "id"
        ), ${reserveSql(account.usernameKey, now, Prisma.sql`FROM used`)}, person AS (
          INSERT INTO "User" ("id", "username", "usernameKey", "email", "emailKey", "emailVerifiedAt", "phone", "phoneVerifiedAt",
                              "passwordHash", "dateOfBirth", "country", "locale", "createdAt", "updatedAt")
          SELECT ${account.id}::uuid, ${account.username}, ${account.usernameKey},
                 ${byMail ? challenge.destination : null}, ${byMail ? challenge.destinationKey : null}, ${byMail ? at(now) : null},
                 ${byMail ? null : challenge.destinationKey}, ${byMail ? null : at(now)},
                 ${account.passwordHash}, ${account.dateOfBirth.toISOString().slice(0, 10)}::date, ${account.country}, ${account.locale}, ${at(now)}, ${at(now)}
          FROM "reserved" RETURNING "id"
        ), languages AS (
          INSERT INTO "UserLanguage" ("userId", "code", "role", "position")
          SELECT person."id", l.code, (CASE l.place WHEN 1 THEN 'native' ELSE 'learning' END)::"LanguageRole", GREATEST(l.place - 2, 0)
          FROM person, unnest(${languages}::text[]) WITH ORDINALITY AS l(code, place)
        ), device AS (${rememberDeviceSql(device, now)}
        ), joined AS (${insertEventSql(joined, Prisma.sql`FROM person`)}
        ), ${refundWrongCodeSql(budgetKeysOf(challenge))}
        SELECT (SELECT "id" FROM person) AS "id", (SELECT to_json(r) FROM returned r) AS "returned",
               ${taken} AND EXISTS (SELECT FROM "RegistrationOtp" WHERE ${live}) AS "taken"`;
        if (row?.id) return { ok: true };
        if (row?.returned) return { ok: false, conflict: 'returned', returned: row.returned };
        return { ok: false, conflict: row?.taken ? 'username' : 'challenge' };
      } catch (err) {
        const index = uniqueConflict(err);
        if (!index) throw err;
        return { ok: false, conflict: /usernameKey|UsernameSkeleton/.test(index) ? 'username' : 'contact' };
      }
    },

    async joinedBy(challengeId: string, usernameKey: string): Promise<boolean> {
      const [row] = await db.rows<{ joined: boolean }>`
      SELECT EXISTS (
        SELECT FROM "RegistrationOtp" c JOIN "User" u
          ON u."createdAt" = c."consumedAt" AND c."destinationKey" IN (u."emailKey", u."phone")
        WHERE c."id" = ${challengeId}::uuid AND u."usernameKey" = ${usernameKey}) AS "joined"`;
      return row!.joined;
    },
  };
}

export type SignUpStore = ReturnType<typeof createSignUpStore>;
