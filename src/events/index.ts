import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/ids.ts';
import type { Job } from '../platform/queue/jobs.ts';
import type { OpenQueue } from '../platform/queue/queue.ts';
import type { Db } from '../platform/stores/db.ts';
import type { Log } from '../platform/watching/log.ts';
import type { Metrics } from '../platform/watching/metrics.ts';
import type { Subscription } from './event-type.ts';
import { createEventStore } from './events.store.ts';
import { relayPolicy } from './policy.ts';
import { createRelay, type RelayDeps, watchEvents } from './relay.jobs.ts';
import { createWake } from './wake.ts';

export interface EventsDeps extends Pick<RelayDeps, 'duringRequest'> {
  db: Db;
  openQueue: OpenQueue;
  clock: Clock;
  random: Random;
  log: Log;
  metrics: Metrics;
}

/** `wake` for those who record facts; the relay for those who hear of them. */
export function createEvents({ db, openQueue, metrics, ...deps }: EventsDeps) {
  const store = createEventStore(db);
  const queue = openQueue<object>('events', relayPolicy.waking);
  watchEvents(store, metrics, deps.clock);
  return {
    wake: createWake({ ...deps, queue }),
    relayTo(subscriptions: readonly Subscription[]) {
      const { handler, look, clean } = createRelay({ ...deps, store, subscriptions });
      const job: Job = { queue, concurrency: relayPolicy.concurrency, handler: () => handler };
      return { job, look, clean };
    },
  };
}
