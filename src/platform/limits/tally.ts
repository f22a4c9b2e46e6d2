import type { Redis } from 'ioredis';

/** Counts that many requests add to, and that a job takes away now and then. */
export interface Tally {
  /** One for each. */
  add(names: readonly string[]): Promise<void>;
  /** Once over all processes. What breaks off before `take` is done is taken again, with what came before it and no more. */
  fold(take: (counts: ReadonlyMap<string, number>) => Promise<void>): Promise<void>;
}

/** Names become fields of one hash, so `name` is a slot of a cluster. A flush of Redis loses what was not taken yet. */
export function createTally(redis: Redis, name: string): Tally {
  const [key, folding] = [`tally:{${name}}`, `tally:{${name}}:folding`];
  return {
    async add(names) {
      if (names.length === 0) return;
      const all = redis.pipeline();
      for (const one of names) all.hincrby(key, one, 1);
      await all.exec();
    },

    async fold(take) {
      if ((await redis.exists(folding)) === 0) {
        if ((await redis.exists(key)) === 0) return;
        await redis.rename(key, folding);
      }
      const counts = Object.entries(await redis.hgetall(folding));
      await take(new Map(counts.map(([one, times]) => [one, Number(times)])));
      await redis.del(folding);
    },
  };
}
