import type { Clock } from '../../kernel/clock.ts';
import type { AuthCore } from './core.ts';
import type { Notices } from './messages/notices.ts';
import type { AuthServices } from './services.ts';

/** In batches; also sends the news that a queue has forgotten. */
export function createCleanup(
  core: AuthCore,
  { secondFactors, secondSteps }: Pick<AuthServices, 'secondFactors' | 'secondSteps'>,
  announce: Notices['announce'],
  clock: Clock,
) {
  const { challenges, recoveries, contactUndos, deletionStore, eventStore } = core;
  const { secondStepStore, lostFactorStore } = core;
  return async (): Promise<void> => {
    const batches = [
      ...Object.values(challenges).map((purpose) => purpose.prune),
      () => recoveries.prune(clock.now()),
      () => contactUndos.prune(clock.now()),
      () => deletionStore.prune(clock.now()),
      () => deletionStore.pruneSkeletons(clock.now()),
      () => secondStepStore.prune(clock.now()),
      () => lostFactorStore.prune(clock.now()),
      () => core.bannedTraces.prune(clock.now()),
      () => core.bannedTraces.pruneDevices(clock.now()),
      () => eventStore.prune(clock.now()),
    ];
    for (const prune of batches) while ((await prune()) > 0);
    await secondFactors.sealAgain();
    await secondSteps.remind();
    for (const id of await eventStore.overdue(clock.now())) await announce(id);
  };
}
