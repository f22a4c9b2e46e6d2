import type { Clock } from '../../kernel/clock.ts';
import type { Challenges } from './codes/challenge.service.ts';
import type { Purpose } from './codes/challenge.ts';
import type { ContactUndoStore } from './contact/contact-undo.store.ts';
import type { SecurityEventStore } from './history/security-events.store.ts';
import type { AccountDeletionStore } from './deletion/deletion.store.ts';
import type { Notices } from './messages/notices.ts';
import type { RecoveryStore } from './recovery/recovery.store.ts';

interface CleanupDeps {
  challenges: Record<Purpose, Challenges>;
  recoveries: RecoveryStore;
  contactUndos: ContactUndoStore;
  deletionStore: AccountDeletionStore;
  eventStore: SecurityEventStore;
  announce: Notices['announce'];
  clock: Clock;
}

/** In batches; also sends the news that a queue has forgotten. */
export function createCleanup({
  challenges,
  recoveries,
  contactUndos,
  deletionStore,
  eventStore,
  announce,
  clock,
}: CleanupDeps) {
  return async (): Promise<void> => {
    const batches = [
      ...Object.values(challenges).map((purpose) => purpose.prune),
      () => recoveries.prune(clock.now()),
      () => contactUndos.prune(clock.now()),
      () => deletionStore.prune(clock.now()),
      () => deletionStore.pruneSkeletons(clock.now()),
      () => eventStore.prune(clock.now()),
    ];
    for (const prune of batches) while ((await prune()) > 0);
    for (const id of await eventStore.overdue(clock.now())) await announce(id);
  };
}
