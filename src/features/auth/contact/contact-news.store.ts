import { later } from '../../../kernel/clock.ts';
import type { Channel } from '../../../platform/generated/prisma/enums.ts';
import { at, Prisma } from '../../../platform/stores/db.ts';
import { otherChannel } from '../accounts/contact.ts';
import { contactPolicy } from '../policy.ts';
import { hashOf } from '../codes/link-token.ts';
import type { LockedPerson } from './contact-sql.store.ts';

/** The token is derived from the id; only its hash is stored. */
export interface NewUndo {
  id: string;
  keyId: string;
  token: string;
}

type Before = Pick<LockedPerson, 'contacts' | 'recoveredAt' | 'recoveredBy'>;

/** Not a new contact, once the older one has recovered the account since: it may be a thief's (docs/decisions/0032). */
export function mayUndo(
  { contacts, recoveredAt, recoveredBy }: Before,
  channel: Channel,
  now: Date,
): boolean {
  const [mine, other] = [contacts[channel], contacts[otherChannel(channel)]];
  if (!mine || !other || !recoveredAt || recoveredBy !== otherChannel(channel)) return true;
  const isNew = later(mine.verifiedAt, contactPolicy.newFor) > now;
  return !(isNew && mine.verifiedAt > other.verifiedAt && recoveredAt >= mine.verifiedAt);
}

/** Both contacts hear of a change. */
export function insertUndosSql(
  person: Before,
  change: { channel: Channel; newKey: string | null; undos: readonly NewUndo[]; moment: Date },
  now: Date,
): Prisma.Sql {
  const { channel, newKey, undos, moment } = change;
  const old = person.contacts[channel];
  const told = [channel, otherChannel(channel)].flatMap((one, n) => {
    const contact = person.contacts[one];
    const { id, keyId, token } = undos[n]!;
    return contact
      ? [{ id, keyId, hash: hashOf(token), one, to: contact.destination, hasLink: mayUndo(person, one, now) }]
      : [];
  });
  return Prisma.sql`
    INSERT INTO "ContactUndo" ("id", "userId", "channel", "oldDestination", "oldKey", "oldVerifiedAt", "newKey", "sentChannel",
                               "sentTo", "hasLink", "keyId", "tokenHash", "expiresAt", "createdAt")
    SELECT l."id", person."id", ${channel}::"Channel", ${old?.destination ?? null}::text, ${old?.key ?? null}::text,
           ${old ? at(old.verifiedAt) : Prisma.sql`NULL::timestamptz`}, ${newKey}::text, l."channel", l."to", l."hasLink", l."keyId", l."hash",
           ${at(later(moment, contactPolicy.undoLifetime))}, ${at(moment)}
    FROM person, unnest(${told.map((l) => l.id)}::uuid[], ${told.map((l) => l.one)}::"Channel"[],
                        ${told.map((l) => l.to)}::text[], ${told.map((l) => l.hasLink)}::boolean[],
                        ${told.map((l) => l.keyId)}::text[], ${told.map((l) => l.hash)}::text[])
                 AS l("id", "channel", "to", "hasLink", "keyId", "hash")`;
}
