import type { Channel } from '../../../platform/generated/prisma/enums.ts';
import { at } from '../../../platform/stores/db.ts';
import type { Contacts } from '../accounts/contact.ts';
import { contactOf, type Tx } from './contact-sql.store.ts';

/** A way back after a change of contact (a row). */
export interface Undo {
  id: string;
  userId: string;
  channel: Channel;
  /** What the account had before; null where the contact was added. */
  oldDestination: string | null;
  oldKey: string | null;
  /** When it was proved. Null where it was added, and in rows that are older than this column. */
  oldVerifiedAt: Date | null;
  /** Null where the contact was removed. */
  newKey: string | null;
  /** False: this contact is told without a link. */
  hasLink: boolean;
  /** Where the message goes. */
  sentChannel: Channel;
  sentTo: string;
  keyId: string;
  expiresAt: Date;
  usedAt: Date | null;
  createdAt: Date;
}

/** A change that goes back. */
interface ChangeBack
  extends Pick<Undo, 'channel' | 'oldDestination' | 'oldKey' | 'oldVerifiedAt' | 'createdAt'> {
  /** The old contact is somebody else's by now. */
  isTaken: boolean;
}

/** What comes back, by channel; null: that contact goes. A channel that is not there stays as it is. */
export type ComesBack = Partial<Contacts>;

/**
 * The changes that a live link takes back, oldest first: all since the earliest one that its contact was told of and can
 * still undo. Whichever link an owner presses, nothing stays that a thief did before.
 */
export function changesBack(tx: Tx, undo: Undo, now: Date): Promise<ChangeBack[]> {
  return tx.$queryRaw<ChangeBack[]>`
    SELECT c."channel", c."oldDestination", c."oldKey", c."oldVerifiedAt", c."createdAt", EXISTS (
             SELECT FROM "User" u WHERE u."id" <> c."userId" AND (u."emailKey" = c."oldKey" OR u."phone" = c."oldKey")) AS "isTaken"
    FROM "ContactUndo" c
    WHERE c."userId" = ${undo.userId}::uuid AND c."usedAt" IS NULL AND c."createdAt" >= (
      SELECT min("createdAt") FROM "ContactUndo"
      WHERE "userId" = ${undo.userId}::uuid AND "usedAt" IS NULL AND "hasLink" AND "expiresAt" > ${at(now)}
        AND "sentChannel" = ${undo.sentChannel}::"Channel" AND lower("sentTo") = lower(${undo.sentTo}))
    ORDER BY c."createdAt"`;
}

/**
 * What those changes lead back to: the oldest contact that can be had, none from after the pressed link's change. The other
 * channel's goes where all of them are somebody else's: it may be a thief's. Null: the link's own channel has none.
 */
export function comesBack(changes: readonly ChangeBack[], undo: Undo, now: Date): ComesBack | null {
  const back: ComesBack = {};
  for (const channel of new Set(changes.map((change) => change.channel))) {
    const to = changes
      .filter((change) => change.channel === channel)
      .find((change, n) => !change.isTaken && (n === 0 || change.createdAt <= undo.createdAt));
    if (!to && channel === undo.channel) return null;
    back[channel] = to ? contactOf(to.oldDestination, to.oldKey, to.oldVerifiedAt ?? now) : null;
  }
  return back;
}
