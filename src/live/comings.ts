import type { Log } from '../platform/watching/log.ts';
import type { Connection } from './connection.ts';
import type { PeopleListener } from './live.ts';
import { livePolicy } from './policy.ts';

/** Whose first socket in this process opens, and whose last one closes. */
export function createComings(log: Log) {
  const open = new Map<string, Set<Connection>>();
  const listeners: PeopleListener[] = [];
  let ticking = false;

  const tick = async (): Promise<void> => {
    if (open.size === 0 || ticking) return;
    ticking = true;
    const here = [...open.keys()];
    await Promise.all(listeners.map((listener) => listener.tick(here)))
      .catch((err: unknown) => log.debug({ err }, 'who is here could not be told'))
      .finally(() => (ticking = false));
  };
  const timer = setInterval(() => void tick(), livePolicy.tickEvery).unref();

  return {
    listen: (listener: PeopleListener): void => void listeners.push(listener),
    opened(connection: Connection): void {
      const { userId } = connection.who;
      const before = open.get(userId);
      if (before) return void before.add(connection);
      open.set(userId, new Set([connection]));
      for (const listener of listeners) listener.came(userId);
    },
    closed(connection: Connection): void {
      const { userId } = connection.who;
      const left = open.get(userId);
      if (!left?.delete(connection) || left.size > 0) return;
      open.delete(userId);
      for (const listener of listeners) listener.went(userId);
    },
    close: () => clearInterval(timer),
  };
}

export type Comings = ReturnType<typeof createComings>;
