import { expect, test } from '@jest/globals';
import { systemClock } from '../../../src/kernel/clock.ts';
import { eventually } from '../../support/captured.ts';
import { freePort } from '../../support/free-port.ts';
import { houseOfThisFile, type TestHouse } from '../../support/house.ts';
import { socketsOf } from '../../support/live/sockets.ts';
import { answers, run } from '../../support/process.ts';

const house = await houseOfThisFile();
const { open, member } = socketsOf(house);

test('a process of production hears of a sign-out elsewhere, and tells its sockets when it is asked to stop', async () => {
  // A process has no other clock.
  house.clock.set(systemClock.now().toISOString());
  const port = await freePort();
  const site = run('main', house.stores, {
    PORT: String(port),
    PUBLIC_URL: house.config.publicUrl.origin,
    TRUSTED_PROXY_HOPS: '1',
    WORKER: 'separate',
  });
  const there = { ...house, server: { address: () => ({ port }) } } as unknown as TestHouse;
  const ready = async () => (await answers(`http://127.0.0.1:${port}/health/ready`)) === 200;
  await eventually(ready, `the site: ${site.output()}`);

  const [ann, ben] = [await member(), await member()];
  const [anns, bens] = [await open(ann.who, there), await open(ben.who, there)];
  const closed = anns.closed();
  await ann.who.post('/logout');
  const since = performance.now();
  expect(await closed).toBe('signed-out');
  expect(performance.now() - since).toBeLessThan(1_000);

  const stopping = performance.now();
  site.child.kill('SIGTERM');
  expect(await bens.closed()).toBe('restart');
  expect(await site.exit).toBe(0);
  expect(performance.now() - stopping).toBeLessThan(5_000);
  expect(site.output()).not.toMatch(/unhandled|at \w+ \(/i);
});
