import { afterAll, beforeEach } from '@jest/globals';
import type { Redis } from 'ioredis';
import { type Db, openDb } from '../../src/platform/stores/db.ts';
import { createLog } from '../../src/platform/watching/log.ts';
import { noMetrics } from '../../src/platform/watching/metrics.ts';
import { openRedis } from '../../src/platform/stores/redis.ts';
import { createTestClock, startOfTests, type TestClock } from './clock.ts';
import { createTestStores, type TestStores } from './stores.ts';

/** What a process of the site has of the stores: pools of its own. */
export interface Node {
  db: Db;
  redis: Redis;
}

export interface Nodes {
  stores: TestStores;
  clock: TestClock;
  /** Two processes, as far as the stores can tell. */
  nodes: readonly [Node, Node];
  /** The n-th of many callers, by turns on both. */
  of: <T>(make: (node: Node) => T) => (n: number) => T;
}

const poolSize = 10;

/**
 * Does the same thing many times at once, as far as the pools of both nodes hold. The others wait here, and not in a pool:
 * what it would turn away on a busy machine says nothing of an engine. Whatever fails, all have ended before it is told.
 */
export async function atOnce<T>(times: number, act: (n: number) => Promise<T>): Promise<T[]> {
  const lanes = Array.from({ length: poolSize * 2 }, (): Promise<unknown> => Promise.resolve());
  const answers = await Promise.allSettled(
    Array.from({ length: times }, (_, n) => {
      const before = lanes[n % lanes.length]!;
      const mine = before.then(
        () => act(n),
        () => act(n),
      );
      lanes[n % lanes.length] = mine;
      return mine;
    }),
  );
  return answers.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

/** Postgres and Redis alone, without a site: for engines, budgets, limits and races. Emptied before each test. */
export async function twoNodes(): Promise<Nodes> {
  const stores = await createTestStores();
  const clock = createTestClock();
  const log = createLog('silent', { write: () => {} });
  const open = (): Node => ({
    db: openDb(stores.databaseUrl, poolSize, noMetrics, 6),
    redis: openRedis(stores.redisUrl, log, 6),
  });
  const nodes = [open(), open()] as const;
  beforeEach(async () => {
    await stores.empty();
    clock.set(startOfTests);
  });
  afterAll(async () => {
    for (const { db, redis } of nodes) {
      redis.disconnect();
      await db.$disconnect();
    }
    await stores.drop();
  });
  return {
    stores,
    clock,
    nodes,
    of: (make) => {
      const made = nodes.map(make);
      return (n) => made[n % made.length]!;
    },
  };
}
