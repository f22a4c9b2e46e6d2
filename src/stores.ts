import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config/config.ts';
import { sessionPolicy, signInPolicy } from './features/auth/index.ts';
import type { Clock } from './kernel/clock.ts';
import { type BucketRule, createBucket } from './platform/limits/bucket.ts';
import { createTally } from './platform/limits/tally.ts';
import { createLimits } from './platform/limits/limits.ts';
import { isMediaDown } from './platform/media/media-store.ts';
import { openMedia } from './platform/media/open-media.ts';
import { warnOfExcess } from './platform/stores/database-role.ts';
import { createBroadcast } from './platform/stores/broadcast.ts';
import { isDbDown, openDb } from './platform/stores/db.ts';
import { createHeartbeats } from './platform/stores/heartbeats.ts';
import {
  isRedisDown,
  openBlockingRedis,
  openListeningRedis,
  openRedis,
  redisReady,
  takesWrites,
} from './platform/stores/redis.ts';
import { SessionStore } from './platform/stores/session-store.ts';
import type { Log } from './platform/watching/log.ts';
import type { Metrics } from './platform/watching/metrics.ts';
import { root } from './root.ts';
import { prepareSession } from './web/session/session.ts';

const newestMigration = readdirSync(join(root, 'prisma/migrations'))
  .filter((name) => /^\d/.test(name))
  .sort((a, b) => (a < b ? -1 : 1))
  .at(-1)!;

interface StoresDeps {
  clock: Clock;
  log: Log;
  metrics: Metrics;
  /** Multiplies timeouts. */
  patience: number | undefined;
}

/** A store that is away comes back by itself. */
export async function openStores(config: Config, { clock, log, metrics, patience }: StoresDeps) {
  const db = openDb(config.databaseUrl, 10, metrics, patience);
  const roleLookedAt = config.production ? warnOfExcess(db, log) : null;
  const redis = openRedis(config.redisUrl, log, patience);
  const listening = openListeningRedis(config.redisUrl, log, patience);
  const broadcast = createBroadcast(redis, listening);
  await Promise.all([redisReady(redis, 3_000), redisReady(listening, 3_000)]);
  const media = openMedia(config.media, root);
  const sessionStore = new SessionStore(redis, prepareSession(sessionPolicy, clock), signInPolicy.sessions);
  return {
    db,
    redis,
    broadcast,
    media,
    limits: createLimits(redis, clock, metrics),
    openBucket: (name: string, rule: BucketRule) => createBucket(redis, clock, name, rule),
    openHeartbeats: (name: string) => createHeartbeats(redis, name),
    openTally: (name: string) => createTally(redis, name),
    sessionStore,
    sessions: { store: sessionStore, policy: sessionPolicy },
    openBlockingRedis: () => openBlockingRedis(config.redisUrl, log),
    probes: {
      needed: { postgres: () => db.isMigrated(newestMigration), redis: () => takesWrites(redis) },
      // Without it only pictures are missing.
      told: { media: () => media.check() },
    },
    isDown: (err: unknown): boolean => isDbDown(err) || isRedisDown(err) || isMediaDown(err),
    async close(): Promise<void> {
      media.close();
      broadcast.close();
      redis.disconnect();
      await roleLookedAt;
      await db.$disconnect();
    },
  };
}
