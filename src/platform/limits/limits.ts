import type { Redis } from 'ioredis';
import { type Clock, minutes } from '../../kernel/clock.ts';
import { type Metrics, noMetrics } from '../watching/metrics.ts';
import { backoffScript, backoffUndoScript, slidingLogScript } from './limits.lua.ts';

/** At most `max` events in any stretch of `window` milliseconds. */
export interface WindowRule {
  window: number;
  max: number;
}

/**
 * `free` failures cost nothing; the wait `waits[n]` follows failure `free + n`, the last one every later failure.
 * Milliseconds.
 */
export interface BackoffRule {
  free: number;
  waits: readonly number[];
  /** A key without failures for so long starts afresh. */
  forgetAfter: number;
}

export interface Limited {
  key: string;
  rules: readonly WindowRule[];
  /** The same events, counted for many keys of this kind together. */
  wider?: Limited;
  /** The event's own name, by which its place can be given back in a later request; absent: nobody will. */
  member?: string;
  /**
   * How a refusal is counted where only an account is ever refused, so that no count tells of one. `never`; or `rarely`:
   * once in a quarter of an hour over all processes, for an alarm that the limit is full.
   */
  counted?: 'rarely' | 'never';
}

function withWider(limited: Limited): Limited[] {
  return limited.wider ? [limited, ...withWider(limited.wider)] : [limited];
}

/** A place that was taken under a name. */
export interface Place {
  key: string;
  member: string;
}

/** `ok`: taken, and `release` undoes it. Otherwise nothing was counted and `key` says which limit stood in the way. */
export type Taken = { ok: true; release: () => Promise<void> } | { ok: false; waitMs: number; key: string };

/** Does what places were taken for; when it fails, the places are given back and the failure goes on. */
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
  /**
   * Counts one event against every limit, or against none when any is full: one after the other, the narrowest first,
   * since their keys may lie on different nodes of a Redis Cluster. Parallel callers share no place.
   */
  take(limited: readonly Limited[]): Promise<Taken>;
  /** Gives back what was taken under these names. Twice is once. */
  release(places: readonly Place[]): Promise<void>;
  /** Takes the latest event of each limit back: what it was counted for did not happen, as somebody else found out. */
  takeBack(limited: readonly Limited[]): Promise<void>;
  /** Counts one failure in advance, unless the failures before it still have to be waited out. */
  tryWithBackoff(key: string, rule: BackoffRule): Promise<Taken>;
  /** Forgets the failures of a key, after a success. */
  clear(key: string): Promise<void>;
}

const RARELY = minutes(15);

/** A key says what it limits and for whom, "sends:203.0.113.7"; only the former is counted. */
function refuse(metrics: Metrics, key: string, waitMs: number): Taken {
  metrics.refused(key.split(':')[0]!);
  return { ok: false, waitMs, key };
}

/** As `refuse`, where counts would tell who has an account. */
async function refuseQuietly(
  redis: Redis,
  metrics: Metrics,
  { key, counted }: Limited,
  waitMs: number,
): Promise<Taken> {
  const alarmKey = `refused:${key.split(':')[0]!}`;
  if (counted === 'rarely' && (await redis.set(alarmKey, '', 'PX', RARELY, 'NX')))
    return refuse(metrics, key, waitMs);
  return { ok: false, waitMs, key };
}

/**
 * Limits in Redis that take their time from the given clock. Throws what Redis throws: a limit that cannot count
 * lets nobody through.
 */
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
          const { counted, key } = limited;
          return counted ? refuseQuietly(redis, metrics, limited, waitMs) : refuse(metrics, key, waitMs);
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
