import { later } from '../../../kernel/clock.ts';
import type { Channel } from '../../../platform/generated/prisma/enums.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { deleteBatch } from '../../../platform/stores/delete-batch.ts';
import { isHere, type VerifiedContact, stillProves } from '../accounts/account.store.ts';
import { refundWrongCodeSql } from '../codes/budget.store.ts';
import { budgetKeysOf, type Challenge } from '../codes/challenge.ts';
import { hashOf } from '../codes/link-token.ts';
import { cleanupPolicy, resetLinkPolicy } from '../policy.ts';

export interface Owner extends VerifiedContact {
  username: string;
}

/** A row; the token is derived, never stored. */
export interface ResetLink {
  userId: string;
  id: string;
  channel: Channel;
  keyId: string;
  securityVersion: number;
  expiresAt: Date;
}

export interface LinkToSend extends ResetLink {
  locale: string;
  email: string | null;
  phone: string | null;
}

/** Of parallel calls with one code or link, one wins. */
export function createRecoveryStore(db: Db) {
  return {
    /** Null when used, expired, recovered since, or no longer of this contact. */
    async consume(challenge: Challenge, now: Date): Promise<Owner | null> {
      const [owner] = await db.rows<Owner>`
      WITH used AS (
        UPDATE "PasswordResetOtp" c SET "consumedAt" = ${at(now)} FROM "User" u
        WHERE c."id" = ${challenge.id}::uuid AND c."consumedAt" IS NULL AND c."endsAt" > ${at(now)}
          AND u."id" = c."userId" AND ${stillProves(Prisma.sql`c."securityVersion"`)} AND ${isHere(now)}
          AND c."destinationKey" = CASE c."channel" WHEN 'email' THEN u."emailKey" ELSE u."phone" END
        RETURNING u."id", u."username", u."securityVersion", c."destinationKey" AS "contactKey"
      ), ${refundWrongCodeSql(budgetKeysOf(challenge))}
      SELECT * FROM used`;
      return owner ?? null;
    },

    /** Null within an hour of this contact's last link. Each contact has its own hour: a stranger may use up one. */
    async issueLink(
      link: { userId: string; id: string; channel: Channel; keyId: string; token: string },
      now: Date,
    ): Promise<ResetLink | null> {
      const [row] = await db.rows<ResetLink>`
      INSERT INTO "PasswordResetLink" AS l ("userId", "id", "channel", "keyId", "tokenHash", "securityVersion", "expiresAt", "createdAt")
      SELECT u."id", ${link.id}::uuid, ${link.channel}::"Channel", ${link.keyId}, ${hashOf(link.token)}, u."securityVersion",
             ${at(later(now, resetLinkPolicy.lifetime))}, ${at(now)}
      FROM "User" u WHERE u."id" = ${link.userId}::uuid
      ON CONFLICT ("userId", "channel") DO UPDATE
      SET "id" = excluded."id", "keyId" = excluded."keyId", "tokenHash" = excluded."tokenHash",
          "securityVersion" = excluded."securityVersion", "expiresAt" = excluded."expiresAt", "createdAt" = excluded."createdAt",
          "usedAt" = NULL
      WHERE l."createdAt" <= ${at(later(now, -resetLinkPolicy.atMostEvery))} OR (l."id" = excluded."id" AND l."usedAt" IS NULL)
      RETURNING *`;
      return row ?? null;
    },

    /** Null once a newer one took its place. */
    async link(id: string): Promise<LinkToSend | null> {
      const [row] = await db.rows<LinkToSend>`
      SELECT l.*, u."locale", CASE WHEN u."emailVerifiedAt" IS NOT NULL THEN u."email" END AS "email",
             CASE WHEN u."phoneVerifiedAt" IS NOT NULL THEN u."phone" END AS "phone"
      FROM "PasswordResetLink" l JOIN "User" u ON u."id" = l."userId"
      WHERE l."id" = ${id}::uuid`;
      return row ?? null;
    },

    /** An undelivered link takes up no hour. */
    async withdrawLink(id: string): Promise<void> {
      await db.run`DELETE FROM "PasswordResetLink" WHERE "id" = ${id}::uuid`;
    },

    prune: (now: Date): Promise<number> =>
      deleteBatch(db, {
        table: Prisma.sql`"PasswordResetLink"`,
        key: Prisma.sql`"id"`,
        where: Prisma.sql`"createdAt" <= ${at(later(now, -resetLinkPolicy.atMostEvery))}`,
        most: cleanupPolicy.batch,
      }),

    async isLinkLive(token: string, now: Date): Promise<boolean> {
      const rows = await db.rows<object>`
      SELECT FROM "PasswordResetLink" l JOIN "User" u ON u."id" = l."userId"
      WHERE l."tokenHash" = ${hashOf(token)} AND l."usedAt" IS NULL AND l."expiresAt" > ${at(now)}
        AND ${stillProves(Prisma.sql`l."securityVersion"`)} AND ${isHere(now)}`;
      return rows.length > 0;
    },

    /** Null when used, expired, or recovered since. */
    async useLink(token: string, now: Date): Promise<Owner | null> {
      const [owner] = await db.rows<Owner>`
      UPDATE "PasswordResetLink" l SET "usedAt" = ${at(now)} FROM "User" u
      WHERE l."tokenHash" = ${hashOf(token)} AND l."usedAt" IS NULL AND l."expiresAt" > ${at(now)}
        AND u."id" = l."userId" AND ${stillProves(Prisma.sql`l."securityVersion"`)} AND ${isHere(now)}
      RETURNING u."id", u."username", u."securityVersion",
                CASE l."channel" WHEN 'email' THEN u."emailKey" ELSE u."phone" END AS "contactKey"`;
      return owner ?? null;
    },
  };
}

export type RecoveryStore = ReturnType<typeof createRecoveryStore>;
