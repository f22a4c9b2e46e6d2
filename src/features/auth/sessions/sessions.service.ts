import { createHash } from 'node:crypto';
import type { Clock } from '../../../kernel/clock.ts';
import { done, type Outcome } from '../../../kernel/outcome.ts';
import { isOver } from '../../../kernel/session-lifetime.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { SessionStore } from '../../../platform/stores/session-store.ts';
import { unknownDevice } from '../../../web/request/device-name.ts';
import type { SecurityEvents, ClientInfo } from '../history/security-events.service.ts';
import { sessionPolicy } from '../policy.ts';

/** One place where a person is signed in. */
export interface OpenSession {
  handle: string; // names it on pages; the session id itself is a key and stays in its cookie
  isThisOne: boolean;
  device: string;
  signedInAt: Date;
  seenAt: Date; // to the minute
  remembered: boolean; // "Keep me signed in"
}

interface SessionsDeps {
  registry: Pick<SessionStore, 'sessionsOf' | 'end'>;
  events: SecurityEvents;
  clock: Clock;
}

type Member = Pick<Viewer, 'id' | 'securityVersion'>;
/** How many were ended. */
type Ended = Outcome<{ ended: number }>;

export function handleOf(sid: string): string {
  return createHash('sha256').update(sid).digest('base64url').slice(0, 22);
}

/** Where a person is signed in, and how to end it. What is ended is over at its next request, at every instance. */
export function createSessions({ registry, events, clock }: SessionsDeps) {
  return {
    /** Newest sign-in first; `mine` before all others. */
    async list({ id, securityVersion }: Member, mine: string | null): Promise<OpenSession[]> {
      const open = [...(await registry.sessionsOf(id))].filter(
        ([, data]) =>
          (data.securityVersion ?? 0) === securityVersion && !isOver(sessionPolicy, data, clock.now()),
      );
      return open
        .map(([sid, data]) => ({
          handle: handleOf(sid),
          isThisOne: sid === mine,
          device: data.device ?? unknownDevice,
          signedInAt: new Date(data.bornAt ?? 0),
          seenAt: new Date(data.seenAt ?? 0),
          remembered: data.remember ?? false,
        }))
        .sort(
          (a, b) =>
            Number(b.isThisOne) - Number(a.isThisOne) || b.signedInAt.getTime() - a.signedInAt.getTime(),
        );
    },

    /** Ends one other session; `ended` is 0 when there is none of that name any more. */
    async revoke({ id }: Viewer, mine: string, handle: string, client: ClientInfo): Promise<Ended> {
      const sids = [...(await registry.sessionsOf(id)).keys()];
      const sid = sids.find((one) => one !== mine && handleOf(one) === handle);
      const ended = sid ? await registry.end(id, [sid]) : 0;
      if (ended > 0) await events.add('session_revoked', id, client);
      return done({ ended });
    },

    /** Ends all but this one. */
    async revokeOthers({ id }: Viewer, mine: string, client: ClientInfo): Promise<Ended> {
      const others = [...(await registry.sessionsOf(id)).keys()].filter((sid) => sid !== mine);
      const ended = await registry.end(id, others);
      await events.add('other_sessions_revoked', id, client);
      return done({ ended });
    },

    /** Clears away what a new password has made worthless already. */
    async clear(userId: string, securityVersion: number): Promise<void> {
      const old = [...(await registry.sessionsOf(userId))]
        .filter(([, data]) => (data.securityVersion ?? 0) < securityVersion)
        .map(([sid]) => sid);
      await registry.end(userId, old);
    },
  };
}

export type Sessions = ReturnType<typeof createSessions>;
