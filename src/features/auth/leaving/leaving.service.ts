import { later } from '../../../kernel/clock.ts';
import { type Limits, orGiveBack } from '../../../platform/limits/limits.ts';
import type { Member } from '../accounts/account.store.ts';
import type { SecurityEvents, Whence } from '../history/security-events.service.ts';
import { leavingPolicy } from '../policy.ts';
import type { Sessions } from '../sessions/sessions.service.ts';
import type { LeavingStore } from './leaving.store.ts';

interface LeavingDeps {
  leaving: LeavingStore;
  events: SecurityEvents;
  sessions: Sessions;
  limits: Limits;
}

/** `until`: when it ends unless its person comes back. `gone`: it was gone, closed or changed already. */
export type Left =
  | { ok: true; until: Date }
  | { ok: false; reason: 'gone' }
  | { ok: false; reason: 'too-often'; waitMs: number };

/** Leaving ChatLink; signing in before the end takes it back (sign-in.service.ts). */
export const createLeaving = ({ leaving, events, sessions, limits }: LeavingDeps) => ({
  /**
   * Closes an account after its password was proved: it is signed out everywhere, and every contact is told.
   */
  async leave(member: Member, whence: Whence): Promise<Left> {
    const allowed = await limits.take([
      { key: `leavings:${member.id}`, rules: leavingPolicy.perAccount, counted: 'never' },
    ]);
    if (!allowed.ok) return { ok: false, reason: 'too-often', waitMs: allowed.waitMs };
    const event = events.make('leaving_asked', member.id, whence);
    const securityVersion = await orGiveBack([allowed], () => leaving.leave(member, event));
    if (securityVersion === null) {
      await allowed.giveBack();
      return { ok: false, reason: 'gone' };
    }
    await events.announce(event);
    await sessions.clear(member.id, securityVersion);
    return { ok: true, until: later(event.at, leavingPolicy.grace) };
  },
});

export type Leaving = ReturnType<typeof createLeaving>;
