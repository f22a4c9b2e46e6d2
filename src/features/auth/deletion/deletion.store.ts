import { recordSql } from '../../../events/record.sql.ts';
import { later } from '../../../kernel/clock.ts';
import { mailboxOf } from '../../../kernel/email-address.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { deleteBatch } from '../../../platform/stores/delete-batch.ts';
import { isHere, type Member } from '../accounts/account.store.ts';
import { restSql } from '../accounts/username-skeleton.store.ts';
import { erased } from '../history/facts.ts';
import type { SecurityEvent } from '../history/security-event.ts';
import { eventSql } from '../history/security-events.sql.ts';
import { cleanupPolicy, deletionPolicy } from '../policy.ts';

type Account = Pick<Member, 'id' | 'securityVersion'>;

/** People are hidden from `leavingAt`, and can return until `purgeAt`; the end dates it back, for clocks that lag. */
export function createAccountDeletionStore(db: Db) {
  return {
    /** Keeps contacts' proofs and ways back, as a thief may be closing the account. Null: a parallel call won. */
    async leave(
      { id, securityVersion }: Account,
      event: SecurityEvent,
      keepsMessages = false,
    ): Promise<number | null> {
      const end = at(later(event.at, deletionPolicy.grace));
      const [row] = await db.rows<{ securityVersion: number }>`
      WITH person AS (
        UPDATE "User" SET "leavingAt" = ${at(event.at)}, "purgeAt" = ${end}, "keepsMessages" = ${keepsMessages}::boolean,
          "securityVersion" = "securityVersion" + 1, "updatedAt" = ${at(event.at)}
        WHERE "id" = ${id}::uuid AND "securityVersion" = ${securityVersion}::int AND "purgeAt" IS NULL
        RETURNING "id", "securityVersion"
      ), ways AS (
        UPDATE "ContactUndo" c SET "expiresAt" = GREATEST(c."expiresAt", ${end}) FROM person
        WHERE c."userId" = person."id" AND c."usedAt" IS NULL AND c."expiresAt" > ${at(event.at)}
      ), ${eventSql(event, Prisma.sql`FROM person`)}
      SELECT "securityVersion" FROM person`;
      return row?.securityVersion ?? null;
    },

    /** False: nothing to take back, or too late. */
    async comeBack({ id, securityVersion }: Account, event: SecurityEvent): Promise<boolean> {
      const rows = await db.rows<object>`
      WITH person AS (
        UPDATE "User" SET "leavingAt" = NULL, "purgeAt" = NULL, "updatedAt" = ${at(event.at)}
        WHERE "id" = ${id}::uuid AND "securityVersion" = ${securityVersion}::int
          AND "purgeAt" IS NOT NULL AND ${isHere(event.at)} RETURNING "id"
      ), ${eventSql(event, Prisma.sql`FROM person`)}
      SELECT FROM person`;
      return rows.length === 1;
    },

    /** A batch in the order of ids after `after`; unfinished ones come again. Whose data a court keeps, stays. */
    async beginEnd(now: Date, after: string): Promise<string[]> {
      const rows = await db.rows<{ id: string }>`
      WITH ending AS (
        UPDATE "User" SET "purgeAt" = "leavingAt" WHERE "id" = ANY(ARRAY(
          SELECT "id" FROM "User" WHERE "purgeAt" <= ${at(now)} AND "heldAt" IS NULL AND "id" > ${after}::uuid
          ORDER BY "id" LIMIT ${cleanupPolicy.purgeBatch} FOR UPDATE SKIP LOCKED))
        RETURNING "id", "usernameKey"
      ), resting AS (
        INSERT INTO "UsernameQuarantine" AS q ("usernameKey", "until")
        SELECT "usernameKey", ${at(later(now, deletionPolicy.quarantine))} FROM ending
        ON CONFLICT ("usernameKey") DO UPDATE SET "until" = excluded."until" WHERE q."until" <= ${at(now)}
      ), ${restSql(Prisma.sql`ending`, now)}
      SELECT "id" FROM ending ORDER BY "id"`;
      return rows.map(({ id }) => id);
    },

    /** Whether a court asked for their data after their end had begun. */
    async isHeld(id: string): Promise<boolean> {
      const rows =
        await db.rows<object>`SELECT FROM "User" WHERE "id" = ${id}::uuid AND "heldAt" IS NOT NULL`;
      return rows.length === 1;
    },

    /** With what other tables hold of the contacts. False: somebody else did, or a court asked for their data. */
    async erase(id: string, now: Date): Promise<boolean> {
      const [person] = await db.rows<{ contacts: string[] }>`
      SELECT array_remove(ARRAY["emailKey", "phone"], NULL) AS "contacts" FROM "User"
      WHERE "id" = ${id}::uuid AND "purgeAt" = "leavingAt" AND "heldAt" IS NULL`;
      if (!person) return false;
      const { contacts } = person;
      const rows = await db.rows<object>`
      WITH registrations AS (DELETE FROM "RegistrationOtp" WHERE "destinationKey" = ANY(${contacts}::text[])
      ), resets AS (
        DELETE FROM "PasswordResetOtp"
        WHERE "userId" = ${id}::uuid OR ("userId" IS NULL AND "destinationKey" = ANY(${contacts}::text[]))
      ), changes AS (
        DELETE FROM "ContactChangeOtp" WHERE "userId" <> ${id}::uuid AND "destinationKey" = ANY(${contacts}::text[])
      ), budgets AS (
        DELETE FROM "DestinationBudget" WHERE "destinationKey" = ANY(${contacts.map(mailboxOf)}::text[])
      ), gone AS (DELETE FROM "User" WHERE "id" = ${id}::uuid AND "heldAt" IS NULL RETURNING "id"
      ), fact AS (${recordSql(erased, { userId: id }, { at: now }, Prisma.sql`FROM gone`)})
      SELECT FROM gone`;
      return rows.length === 1;
    },

    prune: (now: Date): Promise<number> =>
      deleteBatch(db, {
        table: Prisma.sql`"UsernameQuarantine"`,
        key: Prisma.sql`"usernameKey"`,
        where: Prisma.sql`"until" <= ${at(now)}`,
        most: cleanupPolicy.batch,
      }),

    pruneSkeletons: (now: Date): Promise<number> =>
      deleteBatch(db, {
        table: Prisma.sql`"UsernameSkeleton"`,
        key: Prisma.sql`"skeleton"`,
        where: Prisma.sql`"until" <= ${at(now)}`,
        most: cleanupPolicy.batch,
      }),
  };
}

export type AccountDeletionStore = ReturnType<typeof createAccountDeletionStore>;
