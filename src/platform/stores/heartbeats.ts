import type { Redis } from 'ioredis';
import { beatScript, takeGoneScript } from './heartbeats.lua.ts';

/** In one script, which holds up everybody else for a millisecond. */
const AT_ONCE = 1_000;

/** Who is there, as processes say again and again of those whom they have. Nothing of it lasts. */
export interface Heartbeats {
  /** There for so many ms from now on. Answers those who were not: each to one process. */
  beat(names: readonly string[], now: Date, lasts: number): Promise<string[]>;
  there(names: readonly string[], now: Date): Promise<ReadonlySet<string>>;
  /** Whose time has passed: each is answered to one process, once. */
  takeGone(now: Date): Promise<string[]>;
  forget(name: string): Promise<void>;
}

export function createHeartbeats(redis: Redis, name: string): Heartbeats {
  const key = `heartbeats:{${name}}`;
  return {
    async beat(names, now, lasts) {
      const came: string[] = [];
      for (let from = 0; from < names.length; from += AT_ONCE) {
        const some = names.slice(from, from + AT_ONCE);
        const [since, till] = [now.getTime(), now.getTime() + lasts];
        came.push(...((await redis.eval(beatScript, 1, key, since, till, ...some)) as string[]));
      }
      return came;
    },
    async there(names, now) {
      if (names.length === 0) return new Set();
      const till = await redis.zmscore(key, ...names);
      return new Set(names.filter((_, n) => Number(till[n] ?? 0) > now.getTime()));
    },
    takeGone: async (now) => (await redis.eval(takeGoneScript, 1, key, now.getTime(), AT_ONCE)) as string[],
    forget: async (one) => void (await redis.zrem(key, one)),
  };
}
