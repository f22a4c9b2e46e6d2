import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import { deleteBatch } from '../../../platform/stores/delete-batch.ts';
import { unknownDevice } from '../../../web/request/device-name.ts';
import { isBarred } from '../accounts/account.store.ts';
import type { Contacts } from '../accounts/contact.ts';
import { hashOf } from '../codes/link-token.ts';
import type { SecurityEvent } from '../history/security-event.ts';
import { eventSql, insertEventSql } from '../history/security-events.sql.ts';
import { cleanupPolicy } from '../policy.ts';
import {
  changesToUndo,
  type RestoredContacts,
  restoredContacts,
  type Undo,
} from './changes-to-undo.store.ts';
import {
  unlessTaken,
  type LockedPerson,
  lockPerson,
  momentOfChange,
  setContactSql,
} from './contact-sql.store.ts';

/** `lacksPassword`: the password is refused until a new one is set. */
export type FoundUndo = Undo & { username: string; lacksPassword: boolean };

export type UndoNews = Undo & { username: string; locale: string; device: string };

export type UndonePerson = Pick<LockedPerson, 'id' | 'username' | 'securityVersion'>;

/** `dead`: unknown or expired. `taken`: somebody else has the old contact. `last`: nothing verified would be left. */
export type Undone =
  | { ok: true; person: UndonePerson; event: SecurityEvent }
  | { ok: false; reason: 'used' | 'dead' | 'taken' | 'last' };

export type UndoState = 'live' | 'used' | 'dead';

function stateOf(undo: Undo | undefined, now: Date): UndoState {
  if (!undo || !undo.hasLink || undo.expiresAt <= now) return 'dead';
  return undo.usedAt ? 'used' : 'live';
}

/** Of parallel calls with one link, one wins. */
export function createContactUndoStore(db: Db) {
  const byToken = (token: string): Prisma.Sql => Prisma.sql`"tokenHash" = ${hashOf(token)}`;

  return {
    async find(token: string, now: Date): Promise<{ state: UndoState; undo: FoundUndo | null }> {
      const [undo] = await db.rows<FoundUndo>`
        SELECT c.*, u."username", u."passwordRevokedAt" IS NOT NULL AS "lacksPassword" FROM "ContactUndo" c JOIN "User" u ON u."id" = c."userId" WHERE ${byToken(token)}`;
      return { state: stateOf(undo, now), undo: undo ?? null };
    },

    /** Null: somebody else has it. */
    async preview(undo: Undo, now: Date): Promise<RestoredContacts | null> {
      return restoredContacts(await changesToUndo(db, undo, now), undo, now);
    },

    /**
     * Back to before the earliest change that this contact can undo, so a thief keeps nothing; cancels deletion as signing in
     * does: not of whoever is kept out, whose end the desk may have begun.
     * The password is refused until a new one is set: whoever made the changes knew it.
     */
    undo(
      token: string,
      eventOf: (kind: 'contact_change_undone' | 'leaving_cancelled', userId: string) => SecurityEvent,
      now: Date,
    ): Promise<Undone> {
      return unlessTaken(db, async (tx): Promise<Undone> => {
        const find = () => tx.$queryRaw<Undo[]>`SELECT * FROM "ContactUndo" WHERE ${byToken(token)}`;
        const [found] = await find();
        const person = found ? await lockPerson(tx, found.userId) : null;
        // Again behind the lock: another press may have been faster.
        const [undo] = await find();
        const state = stateOf(undo, now);
        const isGone = person?.purgeAt && person.purgeAt <= now;
        if (!person || isGone || !undo || state !== 'live')
          return { ok: false, reason: state === 'used' ? 'used' : 'dead' };

        const changes = await changesToUndo(tx, undo, now);
        const restored = restoredContacts(changes, undo, now);
        if (!restored) return { ok: false, reason: 'taken' };
        const after: Contacts = { ...person.contacts, ...restored };
        if (!after.email && !after.mobile) return { ok: false, reason: 'last' };

        const moment = await momentOfChange(tx, person.id, now);
        const event = { ...eventOf('contact_change_undone', person.id), at: moment };
        const comesBack = person.purgeAt !== null && !isBarred(person, now);
        const stays = comesBack
          ? Prisma.sql`, stays AS (${insertEventSql(eventOf('leaving_cancelled', person.id))})`
          : Prisma.empty;
        const channels = (['email', 'mobile'] as const).filter((channel) => channel in restored);
        const sets = Prisma.join(channels.map((channel) => setContactSql(channel, after[channel])));
        const [raised] = await tx.$queryRaw<{ securityVersion: number }[]>`
          WITH used AS (UPDATE "ContactUndo" SET "usedAt" = ${at(moment)}
            WHERE "userId" = ${person.id}::uuid AND "usedAt" IS NULL AND "createdAt" >= ${at(changes[0]!.createdAt)}
          ), codes AS (
            UPDATE "ContactChangeOtp" SET "consumedAt" = ${at(now)} WHERE "userId" = ${person.id}::uuid AND "consumedAt" IS NULL
          ), links AS (
            DELETE FROM "PasswordResetLink" WHERE "userId" = ${person.id}::uuid AND "channel" = ANY(${channels}::"Channel"[])
          ), ${eventSql(event)} ${stays}
          UPDATE "User" SET ${sets}, "securityVersion" = "securityVersion" + 1, "recoveryVersion" = "securityVersion" + 1,
            "recoveredAt" = ${at(now)}, "recoveredBy" = ${undo.sentChannel}::"Channel", "passwordRevokedAt" = ${at(now)},
            ${comesBack ? Prisma.sql`"leavingAt" = NULL, "purgeAt" = NULL,` : Prisma.empty} "updatedAt" = ${at(now)}
          WHERE "id" = ${person.id}::uuid RETURNING "securityVersion"`;
        const { id, username } = person;
        return { ok: true, person: { id, username, securityVersion: raised!.securityVersion }, event };
      });
    },

    async byId(id: string): Promise<UndoNews | null> {
      const [undo] = await db.rows<UndoNews>`
        SELECT c.*, u."username", u."locale", COALESCE(e."device", ${unknownDevice}) AS "device"
        FROM "ContactUndo" c JOIN "User" u ON u."id" = c."userId"
        LEFT JOIN "SecurityEvent" e ON e."userId" = c."userId" AND e."at" = c."createdAt"
          AND e."kind" IN ('contact_added', 'contact_changed', 'contact_removed')
        WHERE c."id" = ${id}::uuid`;
      return undo ?? null;
    },

    async ofChange({ userId, at: moment }: SecurityEvent): Promise<Undo[]> {
      return db.contactUndo.findMany({ where: { userId, createdAt: moment } });
    },

    /** Contacts that an undo took from the account. */
    goneBy: ({ userId, at: moment }: SecurityEvent): Promise<Undo[]> => db.rows<Undo>`
      SELECT DISTINCT ON (c."channel", c."newKey") c.* FROM "ContactUndo" c JOIN "User" u ON u."id" = c."userId"
      WHERE c."userId" = ${userId}::uuid AND c."usedAt" = ${at(moment)} AND c."newKey" IS NOT NULL
        AND c."newKey" IS DISTINCT FROM u."emailKey" AND c."newKey" IS DISTINCT FROM u."phone"`,

    prune: (now: Date): Promise<number> =>
      deleteBatch(db, {
        table: Prisma.sql`"ContactUndo"`,
        key: Prisma.sql`"id"`,
        where: Prisma.sql`"expiresAt" <= ${at(now)}`,
        most: cleanupPolicy.batch,
      }),
  };
}

export type ContactUndoStore = ReturnType<typeof createContactUndoStore>;
