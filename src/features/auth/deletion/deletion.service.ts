import { later } from '../../../kernel/clock.ts';
import { type Limits, orRelease } from '../../../platform/limits/limits.ts';
import type { Member } from '../accounts/account.store.ts';
import type { SecurityEvents, ClientInfo } from '../history/security-events.service.ts';
import { deletionPolicy } from '../policy.ts';
import type { Sessions } from '../sessions/sessions.service.ts';
import type { AccountDeletionStore } from './deletion.store.ts';

interface AccountDeletionDeps {
  deletion: AccountDeletionStore;
  events: SecurityEvents;
  sessions: Sessions;
  limits: Limits;
}

/** `until` it can be taken back. `gone`: closed or changed already. */
export type Left =
  | { ok: true; until: Date }
  | { ok: false; reason: 'gone' }
  | { ok: false; reason: 'too-often'; waitMs: number };

/** Signing in takes it back (sign-in.service.ts). */
export function createAccountDeletion({ deletion, events, sessions, limits }: AccountDeletionDeps) {
  return {
    /** Signs the account out everywhere and tells every contact. */
    async leave(member: Member, client: ClientInfo): Promise<Left> {
      const allowed = await limits.take([
        { key: `leavings:${member.id}`, rules: deletionPolicy.perAccount, counted: 'never' },
      ]);
      if (!allowed.ok) return { ok: false, reason: 'too-often', waitMs: allowed.waitMs };
      const event = events.make('leaving_asked', member.id, client);
      const securityVersion = await orRelease([allowed], () => deletion.leave(member, event));
      if (securityVersion === null) {
        await allowed.release();
        return { ok: false, reason: 'gone' };
      }
      await events.announce(event);
      await sessions.clear(member.id, securityVersion);
      return { ok: true, until: later(event.at, deletionPolicy.grace) };
    },
  };
}

export type AccountDeletion = ReturnType<typeof createAccountDeletion>;
