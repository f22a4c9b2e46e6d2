import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Server, startRedis } from '../../bin/lib/stores/servers.mjs';
import { minutes } from '../../src/kernel/clock.ts';
import { createJobs, type Job, type Timer } from '../../src/platform/queue/jobs.ts';
import { queueOpener } from '../../src/platform/queue/queue.ts';
import { openBlockingRedis, openRedis, redisReady } from '../../src/platform/stores/redis.ts';
import { createLog } from '../../src/platform/watching/log.ts';
import { eventually } from '../support/captured.ts';
import { newFolder } from '../support/restartable.ts';

const log = createLog('silent');

let server: Server;
beforeEach(async () => {
  server = await startRedis({ dir: newFolder('redis'), throwaway: true });
});
afterEach(() => server.stop());

/** What a house does with what its features declare. */
async function started(jobs: readonly Job[], timers: readonly Timer[]) {
  const openConnection = () => openBlockingRedis(server.url, log);
  const watching = { log };
  const running = createJobs({
    jobs,
    timers,
    others: [],
    openConnection,
    announcedEvery: undefined,
    watching,
  });
  running.start();
  return async () => {
    await running.close();
    running.disconnect();
  };
}

test('a declared job is done by its handler, which is made where jobs are started', async () => {
  const redis = openRedis(server.url, log);
  await redisReady(redis, 3_000);
  const opened = queueOpener(redis, {})<{ to: string }>('gifts', { tries: 1, backoff: 0 });
  let closed = 0;
  const queue = { ...opened, close: async () => (closed++, opened.close()) };
  const [made, done]: [string[], string[]] = [[], []];
  const handler = () => {
    made.push('handler');
    return { run: async ({ to }: { to: string }) => void done.push(to) };
  };
  await queue.add('one', { to: 'ann' });
  expect(made).toEqual([]);
  const close = await started([{ queue, concurrency: 1, handler }], []);
  await eventually(() => done.length > 0, 'the gift');
  expect([made, done]).toEqual([['handler'], ['ann']]);
  expect(closed).toBe(0);
  await close();
  expect(closed).toBe(1);
  redis.disconnect();
});

test('a retry of a test stands in for that of every queue', async () => {
  const redis = openRedis(server.url, log);
  await redisReady(redis, 3_000);
  const queue = queueOpener(redis, {}, { tries: 3, backoff: 1 })<object>('gifts', { tries: 1, backoff: 0 });
  let tries = 0;
  const run = async (): Promise<void> => {
    if (++tries < 3) throw new Error('not yet');
  };
  const close = await started([{ queue, concurrency: 1, handler: () => ({ run }) }], []);
  await queue.add('one', {});
  await eventually(() => tries === 3, 'the third try');
  await close();
  redis.disconnect();
});

test('timers of one name run in turn, and one that fails keeps none of the others from running', async () => {
  const ran: string[] = [];
  const timer = (name: string, what: string, fails = false): Timer => ({
    name,
    every: minutes(10),
    run: async () => {
      ran.push(`${what} begins`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (fails) throw new Error(what);
      ran.push(`${what} ends`);
    },
  });
  const close = await started([], [timer('tidy', 'a', true), timer('tidy', 'b'), timer('tidy', 'c')]);
  await eventually(() => ran.includes('c ends'), 'all works');
  expect(ran).toEqual(['a begins', 'b begins', 'b ends', 'c begins', 'c ends']);
  await close();
});
