import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../platform/watching/log.ts';
import type { VersionsOf } from '../web/session/guards.ts';
import type { Connection, Who } from './connection.ts';
import { livePolicy } from './policy.ts';

/** The same question as before every page. */
export interface Sessions {
  versionsOf: VersionsOf;
  openOf: (sessionIds: readonly string[]) => Promise<ReadonlySet<string>>;
}

interface BackstopDeps extends Sessions {
  all: () => Connection[];
  clock: Clock;
  log: Log;
}

/** Whether the session of a handshake still holds. */
export async function isGood(sessions: Sessions, who: Who): Promise<boolean> {
  const [versions, open] = await Promise.all([
    sessions.versionsOf([who.userId]),
    sessions.openOf([who.sessionId]),
  ]);
  return versions.get(who.userId) === who.securityVersion && open.has(who.sessionId);
}

/** Ends what ended without anybody telling. A store that is away ends nothing, unless it is away for long. */
export function createBackstop({ all, versionsOf, openOf, clock, log }: BackstopDeps) {
  let awaySince: Date | null = null;

  const endOutdated = async (connections: readonly Connection[]): Promise<void> => {
    const versions = await versionsOf([...new Set(connections.map(({ who }) => who.userId))]);
    for (const connection of connections)
      if (versions.get(connection.who.userId) !== connection.who.securityVersion)
        connection.end('signed-out');
  };
  const endClosed = async (connections: readonly Connection[]): Promise<void> => {
    const now = clock.now();
    try {
      const open = await openOf([...new Set(connections.map(({ who }) => who.sessionId))]);
      awaySince = null;
      for (const connection of connections)
        if (!open.has(connection.who.sessionId)) connection.end('signed-out');
    } catch (err) {
      awaySince ??= now;
      if (now.getTime() - awaySince.getTime() < livePolicy.withoutSessions) throw err;
      for (const connection of connections) connection.end('away');
    }
  };
  return async (): Promise<void> => {
    const connections = all();
    if (connections.length === 0) return;
    const asked = await Promise.allSettled([endOutdated(connections), endClosed(connections)]);
    for (const one of asked)
      if (one.status === 'rejected') log.debug({ err: one.reason }, 'sockets could not be checked');
  };
}
