import { later } from '../../kernel/clock.ts';
import { at, type Db, Prisma } from '../../platform/db.ts';
import type { Channel } from '../../platform/generated/prisma/enums.ts';
import type { Me } from '../../web/guards.ts';
import { refundWrongCodeSql } from './budget.store.ts';
import { budgetKeysOf, type Challenge } from './challenge.ts';
import { type Contact, type Contacts, otherChannel } from './contact.ts';
import { contactsOf, givingContact, lockPerson, momentOfChange, setContactSql } from './contact-sql.store.ts';
import { contactPolicy } from './policy.ts';
import { hashOf } from './recovery.store.ts';
import { insertEventSql, type SecurityEvent } from './security-events.store.ts';

/** A way back that is about to be sent. Its token is derived from its id, and only a hash of it is kept. */
export interface NewUndo {
  id: string;
  keyId: string;
  token: string;
}

/** `dead`: the code is used or over, or the account is not what it was. `taken`: somebody else was faster. */
export type Changed = { ok: true; event: SecurityEvent } | { ok: false; reason: 'dead' | 'taken' };

/** Who hears of a change, each with a way back: the contact that was replaced, and the other channel's. */
const toldOf = (contacts: Contacts, channel: Channel): { channel: Channel; to: string }[] =>
  [channel, otherChannel(channel)].flatMap((one) => {
    const contact = contacts[one];
    return contact ? [{ channel: one, to: contact.destination }] : [];
  });

/** People's contacts. That a contact is one person's is the database's decision; a conflict is an answer. */
export const createContactStore = (db: Db) => ({
  /** Whose a contact (email key or E.164) is; null when it is nobody's. */
  async ownerOf(key: string): Promise<string | null> {
    const [row] = await db.rows<{ id: string }>`
      SELECT "id" FROM "User" WHERE "emailKey" = ${key} UNION ALL SELECT "id" FROM "User" WHERE "phone" = ${key} LIMIT 1`;
    return row?.id ?? null;
  },

  /** Everything a person gave, with whether it is verified; null: the session is over. */
  async of({
    id,
    securityVersion,
  }: Me): Promise<Record<Channel, (Contact & { verified: boolean }) | null> | null> {
    const person = await db.user.findUnique({
      where: { id, securityVersion },
      select: { email: true, emailKey: true, emailVerifiedAt: true, phone: true, phoneVerifiedAt: true },
    });
    if (!person) return null;
    const { email, mobile } = contactsOf(person);
    return {
      email: email && { ...email, verified: person.emailVerifiedAt !== null },
      mobile: mobile && { ...mobile, verified: person.phoneVerifiedAt !== null },
    };
  },

  /**
   * Uses up the challenge and makes its destination the account's contact of that channel: with the event, a way back
   * for everybody who is told, and the end of links that the contact before had been sent. All of it or nothing.
   */
  change(
    proof: Challenge,
    undos: readonly NewUndo[],
    eventOf: (kind: 'contact_added' | 'contact_changed') => SecurityEvent,
    now: Date,
  ): Promise<Changed> {
    const { channel, destination, destinationKey: key, userId } = proof;
    return givingContact(db, async (tx): Promise<Changed> => {
      const person = userId ? await lockPerson(tx, userId) : null;
      if (!person) return { ok: false, reason: 'dead' };
      const old = person.contacts[channel];
      const moment = await momentOfChange(tx, person.id, now);
      const event = { ...eventOf(old ? 'contact_changed' : 'contact_added'), at: moment };
      const links = toldOf(person.contacts, channel).map((told, n) => ({ ...told, ...undos[n]! }));
      const changed = await tx.$queryRaw<object[]>`
        WITH proof AS (
          UPDATE "ContactChangeOtp" SET "consumedAt" = ${at(now)}
          WHERE "id" = ${proof.id}::uuid AND "userId" = ${person.id}::uuid AND "securityVersion" = ${person.securityVersion}::int
            AND "consumedAt" IS NULL AND "endsAt" > ${at(now)} RETURNING "userId"
        ), person AS (
          UPDATE "User" u SET ${setContactSql(channel, { destination, key }, now)}, "updatedAt" = ${at(now)}
          FROM proof WHERE u."id" = proof."userId" RETURNING u."id"
        ), event AS (${insertEventSql(event, Prisma.sql`FROM person`)}
        ), undo AS (
          INSERT INTO "ContactUndo" ("id", "userId", "channel", "oldDestination", "oldKey", "newKey", "sentChannel", "sentTo",
                                     "keyId", "tokenHash", "expiresAt", "createdAt")
          SELECT l."id", person."id", ${channel}::"Channel", ${old?.destination ?? null}::text, ${old?.key ?? null}::text, ${key},
                 l."channel", l."to", l."keyId", l."hash", ${at(later(moment, contactPolicy.undoLifetime))}, ${at(moment)}
          FROM person, unnest(${links.map((l) => l.id)}::uuid[], ${links.map((l) => l.channel)}::"Channel"[],
                              ${links.map((l) => l.to)}::text[], ${links.map((l) => l.keyId)}::text[],
                              ${links.map((l) => hashOf(l.token))}::text[]) AS l("id", "channel", "to", "keyId", "hash")
        ), reset AS (
          DELETE FROM "PasswordResetLink" r USING person WHERE r."userId" = person."id" AND r."channel" = ${channel}::"Channel"
        ), ${refundWrongCodeSql(budgetKeysOf(proof))}
        SELECT FROM person`;
      return changed.length === 1 ? { ok: true, event } : { ok: false, reason: 'dead' };
    });
  },

  /** Whether a challenge did its work already, and its destination is its person's contact: a second press of a button. */
  async isDone(challengeId: string, userId: string): Promise<boolean> {
    const rows = await db.rows<object>`
      SELECT FROM "ContactChangeOtp" c JOIN "User" u ON u."id" = c."userId"
      WHERE c."id" = ${challengeId}::uuid AND u."id" = ${userId}::uuid AND c."consumedAt" IS NOT NULL
        AND c."destinationKey" = CASE c."channel" WHEN 'email' THEN u."emailKey" ELSE u."phone" END`;
    return rows.length > 0;
  },
});

export type ContactStore = ReturnType<typeof createContactStore>;
