import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Queue as BullQueue } from 'bullmq';
import { Redis } from 'ioredis';
import { type Server, startRedis } from '../../bin/lib/stores/servers.mjs';
import { createLog } from '../../src/platform/watching/log.ts';
import { openQueue } from '../../src/platform/queue/queue.ts';
import { startWorker } from '../../src/platform/queue/worker.ts';
import { openBlockingRedis, openRedis, redisReady } from '../../src/platform/stores/redis.ts';
import { eventually } from '../support/captured.ts';
import { newFolder } from '../support/restartable.ts';

const log = createLog('silent');

let server: Server;
beforeEach(async () => {
  server = await startRedis({ dir: newFolder('redis'), throwaway: true });
});
afterEach(() => server.stop());

/** A worker that waits for jobs; `work` is what it does with one. */
async function waiting(work: () => Promise<void> = async () => {}) {
  const connection = openBlockingRedis(server.url, log);
  const worker = startWorker('emails', connection, { run: work }, { concurrency: 2, log });
  const admin = new Redis(server.url);
  admin.on('error', () => {});
  await eventually(async () => String(await admin.client('LIST')).includes('bzpopmin'), 'it to wait');
  return {
    worker,
    /** Every connection but ours breaks, and is made anew in a moment. */
    breakAll: () => admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'),
    letGo: () => [connection, admin].forEach((one) => one.disconnect()),
  };
}

test.each([0, 50, 100, 102, 110])('a worker lets go %s ms after its connections broke', async (ms) => {
  const { worker, breakAll, letGo } = await waiting();
  await breakAll();
  await pause(ms);
  await worker.close();
  letGo();
});

test('a worker lets go while Redis is away', async () => {
  const { worker, letGo } = await waiting();
  await server.kill();
  await worker.close();
  letGo();
});

test('a job in hand is finished first, whatever becomes of the connections', async () => {
  let [begun, done] = [false, false];
  const { worker, breakAll, letGo } = await waiting(async () => {
    begun = true;
    await pause(3_000);
    done = true;
  });
  const redis = openRedis(server.url, log);
  await redisReady(redis, 3_000);
  const queue = openQueue<object>('emails', redis, { tries: 1, backoff: 0 });
  await queue.add('one', {});
  await eventually(() => begun, 'the job to begin');
  await breakAll();
  await worker.close();
  expect(done).toBe(true);
  letGo();
  await queue.close();
  redis.disconnect();
});

test('jobs that the release before has queued are done beside those of this one', async () => {
  const before = new BullQueue('letters', { connection: { url: server.url } });
  await before.add('letters', { word: 'old' }, { jobId: 'one' });
  await before.add('letters', { word: 'late' }, { jobId: 'two', delay: 300 });
  const done: unknown[] = [];
  const connection = openBlockingRedis(server.url, log);
  const run = async (job: unknown): Promise<void> => void done.push(job);
  const worker = startWorker('letters', connection, { run }, { concurrency: 2, log });
  const redis = openRedis(server.url, log);
  await redisReady(redis, 3_000);
  const queue = openQueue<object>('letters', redis, { tries: 1, backoff: 0 });
  await queue.add('one', { word: 'new' });
  await eventually(() => done.length === 3, 'all jobs');
  expect(done).toEqual(expect.arrayContaining([{ word: 'old' }, { word: 'late' }, { word: 'new' }]));
  await worker.close();
  await queue.close();
  await before.close();
  for (const one of [connection, redis]) one.disconnect();
});
