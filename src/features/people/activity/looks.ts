import type { Tally } from '../../../platform/limits/tally.ts';
import type { ActivityStore } from './activity.store.ts';

/** In how many lists somebody stood: counted at once, and every minute taken into the index. */
export interface Looks {
  count(ids: readonly string[]): Promise<void>;
  fold(now: Date): Promise<void>;
}

export function createLooks(tally: Tally, store: Pick<ActivityStore, 'count'>): Looks {
  return {
    count: (ids) => tally.add(ids),
    fold: (now) => tally.fold((counts) => store.count(counts, now)),
  };
}
