import type { Redis } from 'ioredis';
import { type Clock, minutes } from '../../kernel/clock.ts';
import { type Metrics, noMetrics } from '../watching/metrics.ts';
import { backoffScript, backoffUndoScript, slidingLogScript } from './limits.lua.ts';

/** At most `max` events in any `window`, in ms. */
export interface WindowRule {
  window: number;
  max: number;
}

/** In ms: `waits[n]` follows failure `free + n`, the last wait every later failure. */
export interface BackoffRule {
  free: number;
  waits: readonly number[];
  forgetAfter: number; // a key without failures for so long starts afresh
}

export interface Limited {
  key: string;
  rules: readonly WindowRule[];
  wider?: Limited; // the same event, counted for many keys together
  member?: string; // by which a later request can release it
  /** Where refusals would tell who has an account. `rarely`: one in 15 minutes. */
  inMetrics?: 'rarely' | 'never'; // undefined: each
}

function withWider(limited: Limited): Limited[] {
  return limited.wider ? [limited, ...withWider(limited.wider)] : [limited];
}

export interface Place {
  key: string;
  member: string;
}

/** Refused: nothing was counted, and `key` is the limit that was full. */
export type Taken = { ok: true; release: () => Promise<void> } | { ok: false; waitMs: number; key: string };

/** Releases the places if the work fails. */
export async function orRelease<T>(
  taken: readonly { release: () => Promise<void> }[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (err) {
    await Promise.all(taken.map((place) => place.release()));
    throw err;
  }
}

export interface Limits {
  /** All or none, one after the other, narrowest first: keys may lie on different nodes of a Redis Cluster. */
  take(limited: readonly Limited[]): Promise<Taken>;
  release(places: readonly Place[]): Promise<void>; // by name; twice is once
  /** Takes the latest event of each limit back: it didn't come true. */
  takeBack(limited: readonly Limited[]): Promise<void>;
  /** Counts a failure in advance, unless earlier ones have to be waited out. */
  tryWithBackoff(key: string, rule: BackoffRule): Promise<Taken>;
  clear(key: string): Promise<void>; // after a success
}

const RARELY = minutes(15);

/** Of "sends:203.0.113.7" only "sends" is counted. */
function refuse(metrics: Metrics, key: string, waitMs: number): Taken {
  metrics.refused(key.split(':')[0]!);
  return { ok: false, waitMs, key };
}

async function refuseQuietly(
  redis: Redis,
  metrics: Metrics,
  { key, inMetrics }: Limited,
  waitMs: number,
): Promise<Taken> {
  const alarmKey = `refused:${key.split(':')[0]!}`;
  if (inMetrics === 'rarely' && (await redis.set(alarmKey, '', 'PX', RARELY, 'NX')))
    return refuse(metrics, key, waitMs);
  return { ok: false, waitMs, key };
}

/** Throws what Redis throws: a limit that can't count lets nobody through. */
export function createLimits(redis: Redis, clock: Clock, metrics: Metrics = noMetrics): Limits {
  const takeOne = async ({ key, member }: Place, rules: readonly WindowRule[]): Promise<number> => {
    const now = clock.now().getTime();
    return (await redis.eval(
      slidingLogScript,
      1,
      `limit:${key}`,
      now,
      member,
      JSON.stringify(rules),
    )) as number;
  };
  const releaseAll = async (places: readonly Place[]): Promise<void> => {
    await Promise.all(places.map(({ key, member }) => redis.zrem(`limit:${key}`, member)));
  };

  return {
    async take(given) {
      const unnamed = crypto.randomUUID();
      const places: Place[] = [];
      const release = (): Promise<void> => releaseAll(places);
      for (const limited of given.flatMap(withWider)) {
        const place = { key: limited.key, member: limited.member ?? unnamed };
        const waitMs = await orRelease([{ release }], () => takeOne(place, limited.rules));
        if (waitMs > 0) {
          await release();
          const { inMetrics, key } = limited;
          return inMetrics ? refuseQuietly(redis, metrics, limited, waitMs) : refuse(metrics, key, waitMs);
        }
        places.push(place);
      }
      return { ok: true, release };
    },

    release: releaseAll,

    async takeBack(limited) {
      await Promise.all(limited.flatMap(withWider).map(({ key }) => redis.zpopmax(`limit:${key}`)));
    },

    async tryWithBackoff(key, { free, waits, forgetAfter }) {
      const name = `backoff:${key}`;
      const now = clock.now().getTime();
      const [waitMs, until] = (await redis.eval(
        backoffScript,
        1,
        name,
        now,
        free,
        forgetAfter,
        ...waits,
      )) as [number, number];
      if (waitMs > 0) return refuse(metrics, key, waitMs);
      const release = async (): Promise<void> => {
        await redis.eval(backoffUndoScript, 1, name, until);
      };
      return { ok: true, release };
    },

    async clear(key) {
      await redis.del(`backoff:${key}`);
    },
  };
}
