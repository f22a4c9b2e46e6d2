import { later } from '../../kernel/clock.ts';
import type { Member } from './account.store.ts';
import type { LeavingStore } from './leaving.store.ts';
import { leavingPolicy } from './policy.ts';
import type { SecurityEvents, Whence } from './security-events.service.ts';
import type { Sessions } from './sessions.service.ts';

export interface LeavingDeps {
  leaving: LeavingStore;
  events: SecurityEvents;
  sessions: Sessions;
}

/** Leaving ChatLink; signing in before the end takes it back (sign-in.service.ts). */
export const createLeaving = ({ leaving, events, sessions }: LeavingDeps) => ({
  /**
   * Closes an account after its password was proved: it is signed out everywhere, and every contact is told. Answers
   * until when it may come back; null: it was gone, closed or changed already.
   */
  async leave(member: Member, whence: Whence): Promise<{ until: Date } | null> {
    const event = events.make('leaving_asked', member.id, whence);
    const securityVersion = await leaving.leave(member, event);
    if (securityVersion === null) return null;
    await events.announce(event);
    await sessions.clear(member.id, securityVersion);
    return { until: later(event.at, leavingPolicy.grace) };
  },
});

export type Leaving = ReturnType<typeof createLeaving>;
