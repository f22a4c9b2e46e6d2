import { at, type Db, Prisma } from '../../platform/db.ts';
import type { Channel } from '../../platform/generated/prisma/enums.ts';
import type { Contacts } from './contact.ts';
import { contactOf, givingContact, lockPerson, momentOfChange, setContactSql } from './contact-sql.store.ts';
import { cleanupPolicy } from './policy.ts';
import { hashOf } from './recovery.store.ts';
import { insertEventSql, type SecurityEvent } from './security-events.store.ts';

/** A way back after a change of contact (a row). */
export interface Undo {
  id: string;
  userId: string;
  channel: Channel;
  /** What the account had before; null where the contact was added. */
  oldDestination: string | null;
  oldKey: string | null;
  newKey: string;
  /** Where the link goes. */
  sentChannel: Channel;
  sentTo: string;
  keyId: string;
  expiresAt: Date;
  usedAt: Date | null;
  createdAt: Date;
}

/**
 * `used`: the change is undone already. `dead`: no such link, or it has run out. `taken`: the old contact is somebody
 * else's now. `last`: nothing verified would be left.
 */
export type Undone =
  | { ok: true; person: { id: string; username: string; securityVersion: number }; event: SecurityEvent }
  | { ok: false; reason: 'used' | 'dead' | 'taken' | 'last' };

export type UndoState = 'live' | 'used' | 'dead';

const stateOf = (undo: Undo | undefined, now: Date): UndoState => {
  if (!undo || undo.expiresAt <= now) return 'dead';
  return undo.usedAt ? 'used' : 'live';
};

/** The ways back after changes of contacts. Of parallel callers with the same link one wins. */
export const createContactUndoStore = (db: Db) => {
  const byToken = (token: string): Prisma.Sql => Prisma.sql`"tokenHash" = ${hashOf(token)}`;

  return {
    /** What a link leads to; changes nothing. */
    async find(
      token: string,
      now: Date,
    ): Promise<{ state: UndoState; undo: (Undo & { username: string }) | null }> {
      const [undo] = await db.rows<Undo & { username: string }>`
        SELECT c.*, u."username" FROM "ContactUndo" c JOIN "User" u ON u."id" = c."userId" WHERE ${byToken(token)}`;
      return { state: stateOf(undo, now), undo: undo ?? null };
    },

    /**
     * Makes the account's contacts what they were before a change, and with them what came after it: a thief who changed
     * one and added another keeps neither, nor a way back. Raises the security version.
     */
    undo(token: string, eventOf: (userId: string) => SecurityEvent, now: Date): Promise<Undone> {
      return givingContact(db, async (tx): Promise<Undone> => {
        const find = () => tx.$queryRaw<Undo[]>`SELECT * FROM "ContactUndo" WHERE ${byToken(token)}`;
        const [found] = await find();
        const person = found ? await lockPerson(tx, found.userId) : null;
        // Asked again behind the lock: another press may have been faster.
        const [undo] = await find();
        const state = stateOf(undo, now);
        if (!person || !undo || state !== 'live')
          return { ok: false, reason: state === 'used' ? 'used' : 'dead' };

        const since = Prisma.sql`"userId" = ${person.id}::uuid AND "usedAt" IS NULL AND "createdAt" >= ${at(undo.createdAt)}`;
        const before = await tx.$queryRaw<Pick<Undo, 'channel' | 'oldDestination' | 'oldKey'>[]>`
          SELECT DISTINCT ON ("channel") "channel", "oldDestination", "oldKey" FROM "ContactUndo"
          WHERE ${since} ORDER BY "channel", "createdAt"`;
        const back = before.map(({ channel, oldDestination, oldKey }) => ({
          channel,
          contact: contactOf(oldDestination, oldKey),
        }));
        const after: Contacts = { ...person.contacts };
        for (const { channel, contact } of back) after[channel] = contact;
        if (!after.email && !after.mobile) return { ok: false, reason: 'last' };

        const moment = await momentOfChange(tx, person.id, now);
        const event = { ...eventOf(person.id), at: moment };
        const sets = Prisma.join(back.map(({ channel, contact }) => setContactSql(channel, contact, now)));
        const [raised] = await tx.$queryRaw<{ securityVersion: number }[]>`
          WITH used AS (UPDATE "ContactUndo" SET "usedAt" = ${at(moment)} WHERE ${since}
          ), codes AS (
            UPDATE "ContactChangeOtp" SET "consumedAt" = ${at(now)} WHERE "userId" = ${person.id}::uuid AND "consumedAt" IS NULL
          ), event AS (${insertEventSql(event)})
          UPDATE "User" SET ${sets}, "securityVersion" = "securityVersion" + 1, "updatedAt" = ${at(now)}
          WHERE "id" = ${person.id}::uuid RETURNING "securityVersion"`;
        const { id, username } = person;
        return { ok: true, person: { id, username, securityVersion: raised!.securityVersion }, event };
      });
    },

    /** A way back with whose it is, and what the change was made from. */
    async byId(id: string): Promise<(Undo & { username: string; device: string }) | null> {
      const [undo] = await db.rows<Undo & { username: string; device: string }>`
        SELECT c.*, u."username", COALESCE(e."device", 'an unknown device') AS "device"
        FROM "ContactUndo" c JOIN "User" u ON u."id" = c."userId"
        LEFT JOIN "SecurityEvent" e ON e."userId" = c."userId" AND e."at" = c."createdAt"
          AND e."kind" IN ('contact_added', 'contact_changed')
        WHERE c."id" = ${id}::uuid`;
      return undo ?? null;
    },

    /** The ways back that an event's change gave. */
    async ofChange({ userId, at: moment }: SecurityEvent): Promise<Undo[]> {
      return db.contactUndo.findMany({ where: { userId, createdAt: moment } });
    },

    /** What an undo took away, once a contact: those that are nobody's of this account any more. */
    goneBy: ({ userId, at: moment }: SecurityEvent): Promise<Undo[]> => db.rows<Undo>`
      SELECT DISTINCT ON (c."channel", c."newKey") c.* FROM "ContactUndo" c JOIN "User" u ON u."id" = c."userId"
      WHERE c."userId" = ${userId}::uuid AND c."usedAt" = ${at(moment)}
        AND c."newKey" IS DISTINCT FROM u."emailKey" AND c."newKey" IS DISTINCT FROM u."phone"`,

    /** Deletes links that have run out, at most a batch; answers how many. Safe to run twice at once. */
    prune: (now: Date): Promise<number> => db.run`
      DELETE FROM "ContactUndo" WHERE "id" IN (
        SELECT "id" FROM "ContactUndo" WHERE "expiresAt" <= ${at(now)}
        LIMIT ${cleanupPolicy.batch} FOR UPDATE SKIP LOCKED)`,
  };
};

export type ContactUndoStore = ReturnType<typeof createContactUndoStore>;
