import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { expect, test } from '@jest/globals';
import { seconds } from '../../../src/kernel/clock.ts';
import { houseOfThisFile, portOf } from '../../support/house.ts';
import { socketsOf } from '../../support/live/sockets.ts';
import { livePath } from '../../support/live/upgrade.ts';

const house = await houseOfThisFile();
const { member } = socketsOf(house);
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of the heap, when all that is garbage has gone. */
async function heap(): Promise<number> {
  for (let n = 0; n < 4; n++) {
    collect();
    await pause(50);
  }
  return process.memoryUsage().heapUsed;
}

/** In bytes: 3 KB that Node and its WebSocket take by themselves, and 14 KB. */
const EACH = 17 * 1024;

test('two thousand who come back at once are served within ten seconds, and an idle socket weighs little', async () => {
  const cookies: string[] = [];
  for (let n = 0; n < 200; n++) {
    const { who } = await member();
    cookies.push(...Array.from({ length: 10 }, () => `sid=${who.sessionCookie}`));
  }
  const crowd = async (): Promise<{ took: number; end: () => Promise<void> }> => {
    const workerData = {
      port: portOf(house),
      host: house.host,
      origin: house.config.publicUrl.origin,
      path: livePath,
      cookies,
    };
    const worker = new Worker(join(import.meta.dirname, '../../support/live/crowd.mjs'), { workerData });
    const [took] = (await once(worker, 'message')) as [number];
    return { took, end: async () => void (await worker.terminate()) };
  };
  // What is compiled and cached once is not theirs.
  await (await crowd()).end();
  await pause(1_000);
  const before = await heap();
  const { took, end } = await crowd();
  const each = ((await heap()) - before) / cookies.length;
  await end();
  expect(took).toBeLessThan(seconds(10));
  expect(each).toBeLessThan(EACH);
});
