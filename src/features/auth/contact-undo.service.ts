import type { Clock } from '../../kernel/clock.ts';
import { masked } from './contact.ts';
import type { ContactUndoStore, Undone, UndoState } from './contact-undo.store.ts';
import type { SecurityEvents, Whence } from './security-events.service.ts';
import type { Sessions } from './sessions.service.ts';

/** What a link's page says of the change that it undoes. */
export interface UndoOffer {
  username: string;
  channel: 'email' | 'mobile';
  /** What comes back, masked; null where the contact was added and goes. */
  old: string | null;
}

export interface ContactUndosDeps {
  undos: ContactUndoStore;
  events: SecurityEvents;
  sessions: Sessions;
  clock: Clock;
}

/** The way back for whoever did not change a contact. It needs no session: a thief may have taken it. */
export const createContactUndos = ({ undos, events, sessions, clock }: ContactUndosDeps) => ({
  /** Changes nothing: mail scanners look at links, too. */
  async offer(token: string): Promise<{ state: UndoState; offer: UndoOffer | null }> {
    const { state, undo } = await undos.find(token, clock.now());
    if (!undo) return { state, offer: null };
    const { username, channel, oldDestination } = undo;
    const old = oldDestination === null ? null : masked(channel, oldDestination);
    return { state, offer: { username, channel, old } };
  },

  /** Undoes a change and what came after it; ends every session, since whoever made it may be signed in. */
  async undo(token: string, whence: Whence): Promise<Undone> {
    const make = (userId: string) => events.make('contact_change_undone', userId, whence);
    const undone = await undos.undo(token, make, clock.now());
    if (!undone.ok) return undone;
    await sessions.clear(undone.person.id, undone.person.securityVersion);
    await events.announce(undone.event);
    return undone;
  },
});

export type ContactUndos = ReturnType<typeof createContactUndos>;
