import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createServer } from 'node:net';
import { eventually } from '../../support/captured.ts';
import { freePort } from '../../support/free-port.ts';
import { type Run, answers, run } from '../../support/process.ts';
import { type TestStores, createTestStores } from '../../support/stores.ts';

describe('process', () => {
  let stores: TestStores;
  beforeAll(async () => {
    stores = await createTestStores();
  });
  afterAll(() => stores.drop());

  test('asked to stop, the site finishes a request in hand, closes and exits with 0', async () => {
    const port = await freePort();
    const site = run('main', stores, { PORT: String(port) });
    const base = `http://localhost:${port}`;
    await eventually(
      async () => (await answers(`${base}/health/ready`)) === 200,
      `the site: ${site.output()}`,
    );
    const inHand = request(`${base}/login`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        'Content-Length': 1,
        Expect: '100-continue',
      },
    });
    inHand.flushHeaders();
    await once(inHand, 'continue');
    site.child.kill('SIGTERM');
    await eventually(async () => (await answers(`${base}/health/live`)) === null, 'the door to close');
    inHand.end('x');
    const [answer] = (await once(inHand, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(403);
    answer.resume();
    expect(await site.exit).toBe(0);
    expect(await answers(`${base}/health/live`)).toBeNull();
    expect(site.output()).not.toMatch(/unhandled|at \w+ \(/i);
  });

  test('the worker stops as cleanly', async () => {
    const worker = run('worker', stores, {});
    await eventually(() => worker.output().includes('worker started'), 'the worker');
    worker.child.kill('SIGTERM');
    expect(await worker.exit).toBe(0);
  });

  test('production refuses to boot on a careless configuration and lists every fault at once', async () => {
    const site = run('main', stores, {
      NODE_ENV: 'production',
      PUBLIC_URL: 'http://chatlink.example',
      SESSION_SECRET: 'changeme',
    });
    expect(await site.exit).toBe(1);
    for (const key of ['SESSION_SECRET', 'OTP_KEYS', 'SMTP_URL', 'MAIL_FROM', 'PUBLIC_URL', 'ABUSE_EMAIL'])
      expect(site.output()).toContain(key);
    expect(site.output()).not.toContain('changeme');
  });

  test('a port in use is said in one line', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const site = run('main', stores, { PORT: String(port) });
    expect(await site.exit).toBe(1);
    expect(site.output()).toContain(`Port ${port} is in use`);
    taken.close();
  });
});

/** Milliseconds: `scrape_timeout`, unless somebody says otherwise. */
const PROMETHEUS_WAITS = 10_000;

describe('many processes', () => {
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

  test('several processes serve one port and count together: one that hangs is left out, one that died is replaced and not forgotten', async () => {
    const [port, metricsPort] = [await freePort(), await freePort()];
    const site = run('main', stores, {
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
      WEB_CONCURRENCY: '2',
    });
    const live = `http://localhost:${port}/health/live`;
    await eventually(() => listening(site) === 2, `two processes: ${site.output()}`);
    for (let n = 0; n < 10; n++) expect(await answers(live)).toBe(200);
    // A process that starts, or a busy machine, may keep one from saying in time what it counts.
    const all = async () => {
      const { counted, silent } = await read(metricsPort);
      return counted === 10 && silent === 0;
    };
    await eventually(all, 'both to count together');

    const [first, second] = started(site);
    process.kill(second!, 'SIGSTOP');
    const without = await read(metricsPort);
    expect(without.silent).toBe(1);
    expect(without.ms).toBeLessThan(PROMETHEUS_WAITS);
    process.kill(second!, 'SIGCONT');
    await eventually(all, 'both again');

    process.kill(first!, 'SIGKILL');
    await eventually(() => site.output().includes('web process died'), 'the end of the first');
    await eventually(all, 'what the dead one had counted');
    await eventually(() => listening(site) === 3, `a third process: ${site.output()}`);
    await eventually(all, 'a third that has counted nothing');
    expect(await answers(live)).toBe(200);

    site.child.kill('SIGTERM');
    expect(await site.exit).toBe(0);
    expect(started(site).filter(isAlive)).toEqual([]);
    expect(await answers(live)).toBeNull();
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
});
