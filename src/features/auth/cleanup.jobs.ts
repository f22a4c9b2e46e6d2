import type { Clock } from '../../kernel/clock.ts';
import type { Challenges } from './codes/challenge.service.ts';
import type { Purpose } from './codes/challenge.ts';
import type { ContactUndoStore } from './contact/contact-undo.store.ts';
import type { SecurityEvents } from './history/security-events.service.ts';
import type { SecurityEventStore } from './history/security-events.store.ts';
import type { LeavingStore } from './leaving/leaving.store.ts';
import type { RecoveryStore } from './recovery/recovery.store.ts';

interface CleanupDeps {
  challenges: Record<Purpose, Challenges>;
  recoveries: RecoveryStore;
  contactUndos: ContactUndoStore;
  leaving: LeavingStore;
  store: SecurityEventStore;
  events: SecurityEvents;
  clock: Clock;
}

/** Deletes what nobody needs any more, batch after batch, and hands on the news that a queue had missed. */
export const createCleanup =
  ({ challenges, recoveries, contactUndos, leaving, store, events, clock }: CleanupDeps) =>
  async (): Promise<void> => {
    const batches = [
      ...Object.values(challenges).map((purpose) => purpose.prune),
      () => recoveries.prune(clock.now()),
      () => contactUndos.prune(clock.now()),
      () => leaving.prune(clock.now()),
      () => leaving.pruneSkeletons(clock.now()),
      () => store.prune(clock.now()),
    ];
    for (const prune of batches) while ((await prune()) > 0);
    for (const id of await store.overdue(clock.now())) await events.announce({ id, noticeDue: true });
  };
