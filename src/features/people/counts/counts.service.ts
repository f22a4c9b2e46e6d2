import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../../kernel/clock.ts';
import { countsPolicy } from '../policy.ts';
import type { Counts, CountsStore } from './counts.store.ts';

interface CountsDeps {
  store: CountsStore;
  clock: Clock;
}

/** Who is here, for those who are not. Null: hardly anybody, or Postgres does not say in time. */
export function createCounts({ store, clock }: CountsDeps): () => Promise<Counts | null> {
  let known: Counts | null = null;
  let askedAt = -Infinity;
  let asking: Promise<void> | null = null;

  const ask = async (): Promise<void> => {
    try {
      known = await store.count();
    } catch {
      // What was known goes on; the next minute asks again.
    } finally {
      asking = null;
    }
  };

  return async () => {
    const now = clock.now().getTime();
    if (!asking && Math.abs(now - askedAt) >= countsPolicy.keptFor) {
      askedAt = now;
      asking = ask();
    }
    if (asking) await Promise.race([asking, wait(countsPolicy.patience, null, { ref: false })]);
    return known && known.people >= countsPolicy.fewest ? known : null;
  };
}
