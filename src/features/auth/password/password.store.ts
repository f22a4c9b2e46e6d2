import type { Channel } from '../../../platform/generated/prisma/enums.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { isHere, type Member, type VerifiedContact, stillProves } from '../accounts/account.store.ts';
import { isNewContact } from '../accounts/contact.ts';
import type { SecurityEvent } from '../history/security-event.ts';
import { eventSql } from '../history/security-events.sql.ts';

interface RecoveredRow {
  securityVersion: number;
  createdAt: Date;
  emailKey: string | null;
  emailVerifiedAt: Date | null;
  phone: string | null;
  phoneVerifiedAt: Date | null;
}

export function createPasswordStore(db: Db) {
  return {
    /** Contacts' proofs stay, as a thief may be changing the password. Null: a parallel call won. */
    async changePassword(
      { id, securityVersion }: Pick<Member, 'id' | 'securityVersion'>,
      passwordHash: string,
      event: SecurityEvent,
    ): Promise<number | null> {
      const [row] = await db.rows<{ securityVersion: number }>`
      WITH person AS (
        UPDATE "User" SET "passwordHash" = ${passwordHash}, "securityVersion" = "securityVersion" + 1, "updatedAt" = ${at(event.at)}
        WHERE "id" = ${id}::uuid AND "securityVersion" = ${securityVersion}::int RETURNING "id", "securityVersion"
      ), ${eventSql(event, Prisma.sql`FROM person`)}
      SELECT "securityVersion" FROM person`;
      return row?.securityVersion ?? null;
    },

    /** Ends all that was proved before; waiting codes become decoys. Null: a parallel call won. */
    async resetPassword(
      { id, securityVersion, contactKey }: VerifiedContact,
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
      ), ${eventSql(event, Prisma.sql`FROM person`)}
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

    /** Unless the password was changed meanwhile. */
    async rehash(id: string, from: string, to: string): Promise<void> {
      await db.user.updateMany({ where: { id, passwordHash: from }, data: { passwordHash: to } });
    },
  };
}

export type PasswordStore = ReturnType<typeof createPasswordStore>;
