import type { Log } from '../platform/watching/log.ts';
import type { Metrics } from '../platform/watching/metrics.ts';
import type { Broadcast } from '../platform/stores/broadcast.ts';
import { createComings } from './comings.ts';
import type { Connection } from './connection.ts';
import type { Live, Which, Why } from './live.ts';

/** What processes tell each other about one person. `from`: the process. */
type Told = { from: string; event: string; data: object } | { from: string; end: Which; why: Why };

interface HubDeps {
  broadcast: Broadcast;
  /** Names this process. */
  id: string;
  /** What a hint is for a page. */
  dress: (event: string, data: object, userId: string) => (connection: Connection) => object;
  metrics: Metrics;
  log: Log;
}

/** In braces: a Redis Cluster places by it. */
function channelOf(userId: string): string {
  return `live:{${userId}}`;
}

interface Person {
  connections: Set<Connection>;
  heard: Promise<void>; // when Redis has confirmed that this process listens
}

/** Who has sockets in this process, and what they and other processes are told. */
export function createHub({ broadcast, id, dress, metrics, log }: HubDeps) {
  const people = new Map<string, Person>();
  const comings = createComings(log);

  const tellHere = (userId: string, event: string, data: object): void => {
    const connections = people.get(userId)?.connections;
    if (!connections) return;
    const dressed = dress(event, data, userId);
    for (const connection of connections) connection.send(event, dressed(connection));
    metrics.hint('here');
  };
  const endHere = (userId: string, which: Which, why: Why): void => {
    for (const connection of people.get(userId)?.connections ?? [])
      if (which === 'all' || which.sessions.includes(connection.who.sessionId)) connection.end(why);
  };
  const publish = (userId: string, told: Told): void => {
    metrics.hint(broadcast.publish(channelOf(userId), JSON.stringify(told)) ? 'published' : 'unpublished');
  };

  const leave = (connection: Connection): void => {
    const { userId } = connection.who;
    const person = people.get(userId);
    comings.closed(connection);
    if (!person?.connections.delete(connection) || person.connections.size > 0) return;
    people.delete(userId);
    broadcast.unsubscribe(channelOf(userId));
  };

  broadcast.listener = {
    message(channel, text) {
      const told = JSON.parse(text) as Told;
      if (told.from === id) return;
      const userId = channel.slice('live:{'.length, -1);
      if ('end' in told) endHere(userId, told.end, told.why);
      else tellHere(userId, told.event, told.data);
    },
    missed() {
      log.info({ people: people.size }, 'hints may have been missed');
      for (const userId of people.keys()) tellHere(userId, 'missed', {});
    },
  };

  const live: Live = {
    listen: comings.listen,
    tell(userId, event, data) {
      tellHere(userId, event, data);
      publish(userId, { from: id, event, data });
    },
    end(userId, which, why) {
      endHere(userId, which, why);
      publish(userId, { from: id, end: which, why });
    },
  };

  return {
    live,
    leave,
    /** Unless it has gone before it was there. */
    opened(connection: Connection): void {
      if (people.get(connection.who.userId)?.connections.has(connection)) comings.opened(connection);
    },
    close: comings.close,
    /** Resolves when nothing that is told from now on passes it by. */
    async join(connection: Connection): Promise<void> {
      const { userId } = connection.who;
      let person = people.get(userId);
      if (!person) {
        person = { connections: new Set(), heard: broadcast.subscribe(channelOf(userId)) };
        people.set(userId, person);
      }
      person.connections.add(connection);
      try {
        await person.heard;
      } catch (err) {
        leave(connection);
        throw err;
      }
    },
    countOf: (userId: string): number => people.get(userId)?.connections.size ?? 0,
    all: (): Connection[] => [...people.values()].flatMap(({ connections }) => [...connections]),
  };
}

export type Hub = ReturnType<typeof createHub>;
