import type { Channel } from '../../../platform/generated/prisma/enums.ts';
import { againAfterDeadlock, at, type Db, Prisma } from '../../../platform/stores/db.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { type Contact, isNewContact, otherChannel } from '../accounts/contact.ts';
import { refundWrongCodeSql } from '../codes/budget.store.ts';
import { budgetKeysOf, type Challenge } from '../codes/challenge.ts';
import type { SecurityEvent } from '../history/security-event.ts';
import { eventSql } from '../history/security-events.sql.ts';
import { insertUndosSql, type NewUndo } from './contact-news.store.ts';
import { unlessTaken, lockPerson, momentOfChange, setContactSql, type Tx } from './contact-sql.store.ts';

/** `dead`: the code is used or expired, or the account changed. `taken`: somebody else was faster. */
export type Changed = { ok: true; event: SecurityEvent } | { ok: false; reason: 'dead' | 'taken' };

export type Removed =
  | { ok: true; event: SecurityEvent }
  | { ok: false; reason: 'none' | 'last' | 'signed-out' };

function deleteLinksSql(channel: Channel): Prisma.Sql {
  return Prisma.sql`
  DELETE FROM "PasswordResetLink" r USING person WHERE r."userId" = person."id" AND r."channel" = ${channel}::"Channel"`;
}

/** `verifiedAt` null: not proved. */
export interface ShownContact extends Contact {
  verifiedAt: Date | null;
  isNew: boolean;
}

export function createContactStore(db: Db) {
  return {
    /** Email key or E.164; null: nobody's. */
    async ownerOf(key: string): Promise<string | null> {
      const [row] = await db.rows<{ id: string }>`
      SELECT "id" FROM "User" WHERE "emailKey" = ${key} UNION ALL SELECT "id" FROM "User" WHERE "phone" = ${key} LIMIT 1`;
      return row?.id ?? null;
    },

    /** Also what isn't verified. Null: the session has ended. */
    async of(
      { id, securityVersion }: Viewer,
      now: Date,
    ): Promise<(Record<Channel, ShownContact | null> & { country: string }) | null> {
      const person = await db.user.findUnique({
        where: { id, securityVersion },
        select: {
          email: true,
          emailKey: true,
          emailVerifiedAt: true,
          phone: true,
          phoneVerifiedAt: true,
          createdAt: true,
          country: true,
        },
      });
      if (!person) return null;
      const { email, emailKey, emailVerifiedAt, phone, phoneVerifiedAt, createdAt, country } = person;
      const shown = (destination: string | null, key: string | null, verifiedAt: Date | null) =>
        destination !== null && key !== null
          ? { destination, key, verifiedAt, isNew: isNewContact(verifiedAt, createdAt, now) }
          : null;
      return {
        email: shown(email, emailKey, emailVerifiedAt),
        mobile: shown(phone, phone, phoneVerifiedAt),
        country,
      };
    },

    /** With its event, ways back, and the end of links to the contact before: all or nothing. */
    change(
      challenge: Challenge,
      undos: readonly NewUndo[],
      eventOf: (kind: 'contact_added' | 'contact_changed') => SecurityEvent,
      now: Date,
    ): Promise<Changed> {
      const { channel, destination, destinationKey: key, userId } = challenge;
      return unlessTaken(db, async (tx): Promise<Changed> => {
        const person = userId ? await lockPerson(tx, userId) : null;
        if (!person) return { ok: false, reason: 'dead' };
        const old = person.contacts[channel];
        const moment = await momentOfChange(tx, person.id, now);
        const event = { ...eventOf(old ? 'contact_changed' : 'contact_added'), at: moment };
        const changed = await tx.$queryRaw<object[]>`
        WITH used AS (
          UPDATE "ContactChangeOtp" SET "consumedAt" = ${at(now)}
          WHERE "id" = ${challenge.id}::uuid AND "userId" = ${person.id}::uuid AND "securityVersion" = ${person.securityVersion}::int
            AND "consumedAt" IS NULL AND "endsAt" > ${at(now)} RETURNING "userId"
        ), person AS (
          UPDATE "User" u SET ${setContactSql(channel, { destination, key, verifiedAt: now })}, "updatedAt" = ${at(now)}
          FROM used WHERE u."id" = used."userId" RETURNING u."id"
        ), ${eventSql(event, Prisma.sql`FROM person`)}, undo AS (${insertUndosSql(person, { channel, newKey: key, undos, moment }, now)}
        ), links AS (${deleteLinksSql(channel)}
        ), ${refundWrongCodeSql(budgetKeysOf(challenge))}
        SELECT FROM person`;
        return changed.length === 1 ? { ok: true, event } : { ok: false, reason: 'dead' };
      });
    },

    /** With its event, ways back, and the end of links to it. Never the last one. */
    remove(
      { id, securityVersion }: Viewer,
      channel: Channel,
      undos: readonly NewUndo[],
      event: SecurityEvent,
      now: Date,
    ): Promise<Removed> {
      const work = async (tx: Tx): Promise<Removed> => {
        const person = await lockPerson(tx, id);
        if (person?.securityVersion !== securityVersion) return { ok: false, reason: 'signed-out' };
        if (!person.contacts[channel]) return { ok: false, reason: 'none' };
        if (!person.contacts[otherChannel(channel)]) return { ok: false, reason: 'last' };
        const moment = await momentOfChange(tx, id, now);
        const removed = { ...event, at: moment };
        await tx.$queryRaw`
        WITH person AS (
          UPDATE "User" SET ${setContactSql(channel, null)}, "updatedAt" = ${at(now)} WHERE "id" = ${id}::uuid RETURNING "id"
        ), ${eventSql(removed, Prisma.sql`FROM person`)}, undo AS (${insertUndosSql(person, { channel, newKey: null, undos, moment }, now)}
        ), links AS (${deleteLinksSql(channel)})
        SELECT FROM person`;
        return { ok: true, event: removed };
      };
      return againAfterDeadlock(() => db.$transaction(work));
    },

    /** For a second press of the button. */
    async isDone(challengeId: string, userId: string): Promise<boolean> {
      const rows = await db.rows<object>`
      SELECT FROM "ContactChangeOtp" c JOIN "User" u ON u."id" = c."userId"
      WHERE c."id" = ${challengeId}::uuid AND u."id" = ${userId}::uuid AND c."consumedAt" IS NOT NULL
        AND c."destinationKey" = CASE c."channel" WHEN 'email' THEN u."emailKey" ELSE u."phone" END`;
      return rows.length > 0;
    },
  };
}

export type ContactStore = ReturnType<typeof createContactStore>;
