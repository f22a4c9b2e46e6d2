import type { Clock } from '../../../kernel/clock.ts';
import type { Channel } from '../../../platform/generated/prisma/enums.ts';
import { masked } from '../accounts/contact.ts';
import type { SecurityEvents, ClientInfo } from '../history/security-events.service.ts';
import { grantFor, type ResetGrant } from '../recovery/recovery.service.ts';
import type { Sessions } from '../sessions/sessions.service.ts';
import { type ChangeKind, changeKind } from './changes.ts';
import type { ContactUndoStore, Undone, UndoState } from './contact-undo.store.ts';

export interface UndoOffer {
  username: string;
  channel: Channel;
  how: ChangeKind;
  old: string | null; // masked; null where the contact was added
  toldBy: Channel;
  back: { channel: Channel; old: string | null }[]; // masked; null: that contact goes
  usedAt: Date | null;
  lacksPassword: boolean; // no password has been set since a change was undone
}

/** As good as a code: the link went to a proved contact. */
export type UndoneWithGrant = { ok: true; grant: ResetGrant } | Exclude<Undone, { ok: true }>;

interface ContactUndosDeps {
  undos: ContactUndoStore;
  events: SecurityEvents;
  sessions: Sessions;
  clock: Clock;
}

/** Needs no session, since a thief may have it. */
export function createContactUndos({ undos, events, sessions, clock }: ContactUndosDeps) {
  return {
    /** Changes nothing: mail scanners open links too. */
    async offer(token: string): Promise<{ state: UndoState; offer: UndoOffer | null }> {
      const now = clock.now();
      const { state, undo } = await undos.find(token, now);
      if (!undo) return { state, offer: null };
      const { username, channel, oldDestination, sentChannel: toldBy, usedAt, lacksPassword } = undo;
      const old = oldDestination === null ? null : masked(channel, oldDestination);
      const preview = (state === 'live' && (await undos.preview(undo, now))) || {};
      const back = (['email', 'mobile'] as const).flatMap((one) => {
        const contact = preview[one];
        return contact === undefined
          ? []
          : [{ channel: one, old: contact && masked(one, contact.destination) }];
      });
      const how = changeKind(undo);
      return { state, offer: { username, channel, how, old, toldBy, back, usedAt, lacksPassword } };
    },

    /** Also undoes what came after, and ends every session: whoever made the change may be signed in. */
    async undo(token: string, client: ClientInfo): Promise<UndoneWithGrant> {
      const undone = await undos.undo(
        token,
        (kind, userId) => events.make(kind, userId, client),
        clock.now(),
      );
      if (!undone.ok) return undone;
      const { person, event } = undone;
      await sessions.clear(person.id, person.securityVersion);
      await events.announce(event);
      return { ok: true, grant: grantFor({ ...person, contactKey: null }, clock.now()) };
    },
  };
}

export type ContactUndos = ReturnType<typeof createContactUndos>;
