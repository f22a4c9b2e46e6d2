import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../support/captured.ts';
import { freePort } from '../support/free-port.ts';
import { answers, run } from '../support/process.ts';
import { createTestStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await createTestStores();
});
afterAll(() => stores.drop());

test('asked to stop, the site finishes a request in hand, closes and exits with 0', async () => {
  const port = await freePort();
  const site = run('main', stores, { PORT: String(port) });
  const base = `http://localhost:${port}`;
  await eventually(async () => (await answers(`${base}/health/ready`)) === 200, `the site: ${site.output()}`);
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
  for (const key of ['SESSION_SECRET', 'OTP_KEYS', 'SMTP_URL', 'MAIL_FROM', 'PUBLIC_URL'])
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
