import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../support/captured.ts';
import { freePort } from '../support/free-port.ts';
import { answers, run, type Run } from '../support/process.ts';
import { createTestStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await createTestStores();
});
afterAll(() => stores.drop());

/** The web processes that were started, by process id, oldest first. */
const started = (site: Run): number[] =>
  [...site.output().matchAll(/"process":(\d+),"msg":"web process started"/g)].map(([, pid]) => Number(pid));
const listening = (site: Run): number => site.output().match(/"msg":"listening"/g)?.length ?? 0;
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('several processes serve one port; one that dies is replaced, and all stop cleanly', async () => {
  const port = await freePort();
  const site = run('main', stores, { PORT: String(port), WEB_CONCURRENCY: '2' });
  const live = `http://localhost:${port}/health/live`;
  await eventually(() => listening(site) === 2, `two processes: ${site.output()}`);
  expect(await answers(live)).toBe(200);

  const [first] = started(site);
  process.kill(first!, 'SIGKILL');
  await eventually(() => listening(site) === 3, `a third process: ${site.output()}`);
  expect(site.output()).toContain('web process died');
  expect(await answers(live)).toBe(200);

  site.child.kill('SIGTERM');
  expect(await site.exit).toBe(0);
  expect(started(site).filter(isAlive)).toEqual([]);
  expect(await answers(live)).toBeNull();
});

const read = async (port: number): Promise<{ counted: number; silent: number; ms: number }> => {
  const since = performance.now();
  const answer = await fetch(`http://localhost:${port}/metrics`);
  expect(answer.status).toBe(200);
  const text = await answer.text();
  const valueOf = (line: RegExp): number => Number(line.exec(text)?.[1] ?? 0);
  return {
    counted: valueOf(/^http_request_duration_seconds_count\{.*route="\/health\/live".*\} (\d+)$/m),
    silent: valueOf(/^web_processes_silent (\d+)$/m),
    ms: performance.now() - since,
  };
};

test('metrics are those of all processes: one that hangs is left out, and one that died is not forgotten', async () => {
  const [port, metricsPort] = [await freePort(), await freePort()];
  const site = run('main', stores, {
    PORT: String(port),
    METRICS_PORT: String(metricsPort),
    WEB_CONCURRENCY: '2',
  });
  await eventually(() => listening(site) === 2, `two processes: ${site.output()}`);
  for (let n = 0; n < 10; n++) expect(await answers(`http://localhost:${port}/health/live`)).toBe(200);
  expect(await read(metricsPort)).toMatchObject({ counted: 10, silent: 0 });

  const [first, second] = started(site);
  process.kill(second!, 'SIGSTOP');
  const without = await read(metricsPort);
  expect(without.silent).toBe(1);
  expect(without.ms).toBeLessThan(4_500);
  process.kill(second!, 'SIGCONT');
  await eventually(async () => (await read(metricsPort)).counted === 10, 'both again');

  process.kill(first!, 'SIGKILL');
  await eventually(() => site.output().includes('web process died'), 'the end of the first');
  expect((await read(metricsPort)).counted).toBe(10);
  await eventually(() => listening(site) === 3, `a third process: ${site.output()}`);
  expect((await read(metricsPort)).counted).toBe(10);
  site.child.kill('SIGTERM');
  expect(await site.exit).toBe(0);
});

test('with DRAIN_DELAY readiness says that it is closing, while pages are still served', async () => {
  const port = await freePort();
  const site = run('main', stores, { PORT: String(port), DRAIN_DELAY: '2' });
  const at = (path: string) => answers(`http://localhost:${port}${path}`);
  await eventually(async () => (await at('/health/ready')) === 200, `the site: ${site.output()}`);
  site.child.kill('SIGTERM');
  await eventually(async () => (await at('/health/ready')) === 503, 'readiness to turn');
  expect(await at('/login')).toBe(200);
  expect(await site.exit).toBe(0);
});

test('when the port is taken, the whole command ends and says so', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const site = run('main', stores, { PORT: String(port), WEB_CONCURRENCY: '2' });
  expect(await site.exit).toBe(1);
  expect(site.output()).toContain(`Port ${port} is in use`);
  taken.close();
});

test('when the supervisor is killed, its processes end by themselves', async () => {
  const port = await freePort();
  const site = run('main', stores, { PORT: String(port), WEB_CONCURRENCY: '2' });
  await eventually(() => listening(site) === 2, `two processes: ${site.output()}`);
  site.child.kill('SIGKILL');
  await eventually(() => started(site).every((pid) => !isAlive(pid)), 'the processes to end');
});
