import { Redis } from 'ioredis';
import type { Log } from '../watching/log.ts';

const COMMAND_TIMEOUT = 2_000; // milliseconds: a page says 503 rather than hang

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

/** Commands fail at once while Redis is away. `patience` multiplies their timeout. */
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

/** For BullMQ, which waits for Redis as long as it takes. */
export function openBlockingRedis(url: string, log: Log): Redis {
  return listened(
    new Redis(url, { maxRetriesPerRequest: null, connectTimeout: 3_000, retryStrategy }),
    log,
    'jobs',
  );
}

/** Only listens. What it listened to, its owner asks for again when Redis is back. */
export function openListeningRedis(url: string, log: Log, patience = 1): Redis {
  return listened(
    new Redis(url, {
      enableOfflineQueue: false,
      autoResubscribe: false,
      maxRetriesPerRequest: 0,
      commandTimeout: COMMAND_TIMEOUT * patience,
      connectTimeout: 3_000,
      retryStrategy,
    }),
    log,
    'live',
  );
}

/** Or after `ms`: the site starts anyway, and says 503 until Redis answers. */
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

export function isRedisDown(err: unknown): boolean {
  return err instanceof Error && downWords.test(err.message);
}

/** A full Redis or a replica answers reads, but not this. */
export async function takesWrites(redis: Redis): Promise<void> {
  await redis.set('ready', '1', 'EX', 60);
}
