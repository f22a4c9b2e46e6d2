import { Redis } from 'ioredis';
import type { Log } from '../watching/log.ts';

/** A command that takes longer than this is lost, in milliseconds: a page would rather say 503 than hang. */
const COMMAND_TIMEOUT = 2_000;

function retryStrategy(times: number): number {
  return Math.min(times * 100, 1_000);
}

function listened(redis: Redis, log: Log, name: string): Redis {
  let down = false;
  redis.on('error', (err: Error) => {
    if (!down) log.warn({ store: name, reason: err.message }, 'redis is away');
    down = true;
  });
  redis.on('ready', () => {
    if (down) log.info({ store: name }, 'redis is back');
    down = false;
  });
  return redis;
}

/**
 * For requests: a command fails at once while Redis is away, and the connection comes back by itself. `patience`: how many
 * times as long as usual a command may take.
 */
export function openRedis(url: string, log: Log, patience = 1): Redis {
  return listened(
    new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: COMMAND_TIMEOUT * patience,
      connectTimeout: 3_000,
      retryStrategy,
    }),
    log,
    'requests',
  );
}

/** For BullMQ workers, which block on their connection and wait for Redis as long as it takes. */
export function openBlockingRedis(url: string, log: Log): Redis {
  return listened(
    new Redis(url, { maxRetriesPerRequest: null, connectTimeout: 3_000, retryStrategy }),
    log,
    'jobs',
  );
}

/** Resolves when Redis answers, or after `ms`: the site starts anyway and says 503 until it does. */
export async function redisReady(redis: Redis, ms: number): Promise<void> {
  if (redis.status === 'ready') return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    redis.once('ready', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

const downWords =
  /Stream isn't writeable|Connection is (closed|in)|Command timed out|ECONN|ENOTFOUND|EPIPE|ETIMEDOUT|max retries per request|^(LOADING|READONLY|OOM|MISCONF|NOREPLICAS|BUSY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN)/i;

/** Whether an error says that Redis is away or cannot take writes. */
export function isRedisDown(err: unknown): boolean {
  return err instanceof Error && downWords.test(err.message);
}

/** Resolves when Redis takes a write: one that is full or a replica answers, and can hold nothing. */
export async function takesWrites(redis: Redis): Promise<void> {
  await redis.set('ready', '1', 'EX', 60);
}
