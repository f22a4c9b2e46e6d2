import type { Channel } from '../../../platform/generated/prisma/enums.ts';
import { at } from '../../../platform/stores/db.ts';
import type { Contacts } from '../accounts/contact.ts';
import { contactOf, type Tx } from './contact-sql.store.ts';

export interface Undo {
  id: string;
  userId: string;
  channel: Channel;
  oldDestination: string | null; // null where the contact was added
  oldKey: string | null;
  oldVerifiedAt: Date | null; // null where it was added, and in rows older than this column
  newKey: string | null; // null where the contact was removed
  hasLink: boolean; // false: this contact is told without a link
  sentChannel: Channel;
  sentTo: string;
  keyId: string;
  expiresAt: Date;
  usedAt: Date | null;
  createdAt: Date;
}

interface ChangeToUndo
  extends Pick<Undo, 'channel' | 'oldDestination' | 'oldKey' | 'oldVerifiedAt' | 'createdAt'> {
  isTaken: boolean; // somebody else has the old contact by now
}

/** Null: that contact goes. A channel that is missing stays as it is. */
export type RestoredContacts = Partial<Contacts>;

/** All since the earliest change that this link's contact can undo, oldest first: nothing of a thief stays. */
export function changesToUndo(tx: Tx, undo: Undo, now: Date): Promise<ChangeToUndo[]> {
  return tx.$queryRaw<ChangeToUndo[]>`
    SELECT c."channel", c."oldDestination", c."oldKey", c."oldVerifiedAt", c."createdAt", EXISTS (
             SELECT FROM "User" u WHERE u."id" <> c."userId" AND (u."emailKey" = c."oldKey" OR u."phone" = c."oldKey")) AS "isTaken"
    FROM "ContactUndo" c
    WHERE c."userId" = ${undo.userId}::uuid AND c."usedAt" IS NULL AND c."createdAt" >= (
      SELECT min("createdAt") FROM "ContactUndo"
      WHERE "userId" = ${undo.userId}::uuid AND "usedAt" IS NULL AND "hasLink" AND "expiresAt" > ${at(now)}
        AND "sentChannel" = ${undo.sentChannel}::"Channel" AND lower("sentTo") = lower(${undo.sentTo}))
    ORDER BY c."createdAt"`;
}

/** The oldest contacts that are free, none from after the link's change. Null: its own channel has none. */
export function restoredContacts(
  changes: readonly ChangeToUndo[],
  undo: Undo,
  now: Date,
): RestoredContacts | null {
  const restored: RestoredContacts = {};
  for (const channel of new Set(changes.map((change) => change.channel))) {
    const to = changes
      .filter((change) => change.channel === channel)
      .find((change, n) => !change.isTaken && (n === 0 || change.createdAt <= undo.createdAt));
    if (!to && channel === undo.channel) return null;
    restored[channel] = to ? contactOf(to.oldDestination, to.oldKey, to.oldVerifiedAt ?? now) : null;
  }
  return restored;
}
