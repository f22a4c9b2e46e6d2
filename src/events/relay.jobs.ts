import type { Clock } from '../kernel/clock.ts';
import type { JobHandler, WorkerHandle } from '../platform/queue/worker.ts';
import type { Log } from '../platform/watching/log.ts';
import type { Metrics } from '../platform/watching/metrics.ts';
import type { Subscription } from './event-type.ts';
import type { EventStore, Waiting } from './events.store.ts';
import { relayPolicy } from './policy.ts';

export interface RelayDeps {
  store: EventStore;
  subscriptions: readonly Subscription[];
  /** Does the work as part of what is done for a request. */
  duringRequest: <T>(id: string | undefined, work: () => T) => T;
  clock: Clock;
  log: Log;
}

function listenersByName(subscriptions: readonly Subscription[]): Map<string, Subscription[]> {
  const listeners = new Map<string, Subscription[]>();
  for (const one of subscriptions)
    for (const name of one.names) {
      const others = listeners.get(name) ?? [];
      // Both would share the row that says "handled", and one of them would hear of nothing.
      if (others.some(({ subscriber }) => subscriber === one.subscriber))
        throw new Error(`two subscribers of ${name} are called ${one.subscriber}`);
      listeners.set(name, [...others, one]);
    }
  return listeners;
}

/**
 * Hands each recorded fact to everybody who listens. What there is to do stands in Postgres alone: any number of relays, killed at any
 * moment, do it once, and a job only wakes one.
 */
export function createRelay({ store, subscriptions, duringRequest, clock, log }: RelayDeps) {
  const listeners = listenersByName(subscriptions);
  const names = [...listeners.keys()];
  let closing = false;

  /** One subscriber's failure keeps no other from hearing of it. */
  const handOn = async (fact: Waiting): Promise<void> => {
    const { id, name, tries } = fact;
    let failed = false;
    for (const listener of listeners.get(name)!) {
      const { subscriber } = listener;
      await store
        .once(id, subscriber, (tx) => listener.handle(fact, tx))
        .catch((err: unknown) => {
          failed = true;
          log.warn({ err, event: id, name, subscriber, tries }, 'a fact could not be handed on yet');
        });
    }
    if (!failed) await store.forget(id);
  };

  /** Hands on everything that is due. */
  const pass = async (): Promise<void> => {
    while (!closing) {
      const fact = await store.claim(names, clock.now());
      if (!fact) return;
      await duringRequest(fact.request ?? undefined, () => handOn(fact));
    }
  };

  return {
    pass,

    handler: { run: pass } satisfies JobHandler<object>,

    /** Looks for what nothing woke the relay for. */
    look: (every: number = relayPolicy.looksEvery): WorkerHandle => {
      let inHand: Promise<void> | null = null;
      const timer = setInterval(() => {
        inHand ??= pass()
          .catch((err: unknown) => log.warn({ err }, 'facts could not be handed on'))
          .finally(() => (inHand = null));
      }, every).unref();
      return {
        async close() {
          closing = true;
          clearInterval(timer);
          await inHand;
        },
      };
    },

    /** For the cleaning. What was recorded by it is handed on in it. */
    clean: async (): Promise<void> => {
      await pass();
      while ((await store.prune(names, clock.now())) > 0);
    },
  };
}

export type Relay = ReturnType<typeof createRelay>;

/** Facts that wait are the only sign of a subscriber that always fails. */
export function watchEvents(store: EventStore, metrics: Metrics, clock: Clock): void {
  metrics.sharedGauge(
    'events_waiting',
    'Facts that wait for a subscriber',
    async () => (await store.waiting()).count,
  );
  metrics.sharedGauge('events_oldest_seconds', 'Age of the fact that waits longest', async () => {
    const { oldest } = await store.waiting();
    return oldest ? Math.max(0, clock.now().getTime() - oldest.getTime()) / 1000 : 0;
  });
}
