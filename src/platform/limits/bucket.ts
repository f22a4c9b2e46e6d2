import type { Redis } from 'ioredis';
import type { Clock } from '../../kernel/clock.ts';
import { isRedisDown } from '../stores/redis.ts';

/** `burst` at once, and then one every `oneEvery` ms. */
export interface BucketRule {
  burst: number;
  oneEvery: number;
}

/** The same thing again, as a program sends it that did not hear the answer, costs a tenth. */
const REPEATED = 0.1;

/**
 * Generic cell rate algorithm (ITU-T I.371). KEYS: the moment at which the bucket is full again, a name of the thing. ARGV: now,
 * the cost, the cost of a repeat, the bucket's size, all in ms. Answers ms to wait, or 0.
 */
const bucketScript = `
local now, size = tonumber(ARGV[1]), tonumber(ARGV[4])
local isNew = redis.call('EXISTS', KEYS[2]) == 0
local cost = tonumber(isNew and ARGV[2] or ARGV[3])
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now) + cost
if full - now > size then return math.ceil(full - now - size) end
redis.call('SET', KEYS[1], full, 'PX', size)
redis.call('SET', KEYS[2], '', 'PX', size)
return 0
`;

/** In this process alone, while Redis is away. */
function createLocalBucket({ burst, oneEvery }: BucketRule) {
  const full = new Map<string, number>();
  const forget = (now: number): void => {
    for (const [whose, until] of full) if (until <= now) full.delete(whose);
  };
  return (whose: string, now: number): number => {
    if (full.size > 10_000) forget(now);
    const next = Math.max(full.get(whose) ?? now, now) + oneEvery;
    if (next - now > burst * oneEvery) return next - now - burst * oneEvery;
    full.set(whose, next);
    return 0;
  };
}

/** `thing`: the same for whoever tries the same again. Answers how many ms to wait; 0: it was counted. */
export type Bucket = (whose: string, thing: string) => Promise<number>;

export function createBucket(redis: Redis, clock: Clock, name: string, rule: BucketRule): Bucket {
  const { burst, oneEvery } = rule;
  const local = createLocalBucket(rule);
  return async (whose, thing) => {
    const now = clock.now().getTime();
    const keys = [`bucket:{${name}:${whose}}`, `bucket:{${name}:${whose}}:${thing}`];
    try {
      return (await redis.eval(
        bucketScript,
        keys.length,
        ...keys,
        now,
        oneEvery,
        oneEvery * REPEATED,
        burst * oneEvery,
      )) as number;
    } catch (err) {
      if (!isRedisDown(err)) throw err;
      return local(whose, now);
    }
  };
}
