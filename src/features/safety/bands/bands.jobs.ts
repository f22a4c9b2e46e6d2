import type { Wake } from '../../../events/wake.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { BandStore } from './bands.store.ts';

interface BandJobsDeps {
  store: BandStore;
  clock: Clock;
  wake: Wake;
}

/** Whoever came into another band since it was last run, however long ago that was. */
export function createBandJobs({ store, clock, wake }: BandJobsDeps) {
  return async (): Promise<void> => {
    while ((await store.moveGrownUp(clock.now())) > 0) await wake();
  };
}
