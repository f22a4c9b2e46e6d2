import { later } from '../../../kernel/clock.ts';
import {
  done,
  type Outcome,
  type Refusal,
  refused,
  signedOut,
  type SignedOut,
} from '../../../kernel/outcome.ts';
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

/** `until` it can be taken back. */
export type Left = Outcome<{ until: Date }, SignedOut | Refusal<'too-often', { retryInMs: number }>>;

/** Signing in takes it back (sign-in.service.ts). */
export function createAccountDeletion({ deletion, events, sessions, limits }: AccountDeletionDeps) {
  return {
    /** Signs the account out everywhere and tells every contact. */
    async leave(
      member: Member,
      client: ClientInfo,
      { keepsMessages }: { keepsMessages: boolean },
    ): Promise<Left> {
      const allowed = await limits.take([
        { key: `leavings:${member.id}`, rules: deletionPolicy.perAccount, inMetrics: 'never' },
      ]);
      if (!allowed.ok) return refused('too-often', { retryInMs: allowed.waitMs });
      const event = events.make('leaving_asked', member.id, client);
      const securityVersion = await orRelease([allowed], () => deletion.leave(member, event, keepsMessages));
      if (securityVersion === null) {
        await allowed.release();
        return signedOut;
      }
      await events.announce(event);
      await sessions.clear(member.id, securityVersion);
      return done({ until: later(event.at, deletionPolicy.grace) });
    },
  };
}

export type AccountDeletion = ReturnType<typeof createAccountDeletion>;
