import { createHash } from 'node:crypto';
import type { Clock } from '../../../kernel/clock.ts';
import type { SessionStore } from '../../../platform/stores/session-store.ts';
import { isOver } from '../../../web/session/session.ts';
import type { SecurityEvents, ClientInfo } from '../history/security-events.service.ts';
import { sessionPolicy } from '../policy.ts';

/** The session that asks. */
export interface Asking {
  userId: string;
  securityVersion: number;
  sid: string;
}

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

export function handleOf(sid: string): string {
  return createHash('sha256').update(sid).digest('base64url').slice(0, 22);
}

/** Where a person is signed in, and how to end it. What is ended is over at its next request, at every instance. */
export function createSessions({ registry, events, clock }: SessionsDeps) {
  return {
    /** Newest sign-in first; this one before all others. */
    async list({ userId, securityVersion, sid: mine }: Asking): Promise<OpenSession[]> {
      const open = [...(await registry.sessionsOf(userId))].filter(
        ([, data]) =>
          (data.securityVersion ?? 0) === securityVersion && !isOver(sessionPolicy, data, clock.now()),
      );
      return open
        .map(([sid, data]) => ({
          handle: handleOf(sid),
          isThisOne: sid === mine,
          device: data.device ?? 'an unknown device',
          signedInAt: new Date(data.bornAt ?? 0),
          seenAt: new Date(data.seenAt ?? 0),
          remembered: data.remember ?? false,
        }))
        .sort(
          (a, b) =>
            Number(b.isThisOne) - Number(a.isThisOne) || b.signedInAt.getTime() - a.signedInAt.getTime(),
        );
    },

    /** Ends one other session; false when there is none of that name. */
    async revoke({ userId, sid: mine }: Asking, handle: string, client: ClientInfo): Promise<boolean> {
      const sids = [...(await registry.sessionsOf(userId)).keys()];
      const sid = sids.find((one) => one !== mine && handleOf(one) === handle);
      if (!sid || (await registry.end(userId, [sid])) === 0) return false;
      await events.add('session_revoked', userId, client);
      return true;
    },

    /** Ends all but this one; answers how many. */
    async revokeOthers({ userId, sid: mine }: Asking, client: ClientInfo): Promise<number> {
      const others = [...(await registry.sessionsOf(userId)).keys()].filter((sid) => sid !== mine);
      const ended = await registry.end(userId, others);
      await events.add('other_sessions_revoked', userId, client);
      return ended;
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
