import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../support/captured.ts';
import { freePort } from '../support/free-port.ts';
import { houseOfThisFile } from '../support/house.ts';
import { fillLimit } from '../support/limits.ts';
import { answers, run } from '../support/process.ts';
import { createTestStores, type TestStores } from '../support/stores.ts';
import { visitor } from '../support/visitor.ts';

const house = await houseOfThisFile({ env: { METRICS_PORT: '0' } });
const lines = async (start: string): Promise<string[]> =>
  (await house.house.metrics!.metrics()).split('\n').filter((line) => line.startsWith(start));
const valueOf = (line = ''): number => Number(line.split(' ').at(-1));

test('requests are counted by route template and status, never by address', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  await ann.get(`/people/${username}`);
  await ann.get('/people/nobody_here');
  await ann.get('/no/such/page?token=secret');
  const counted = await lines('http_request_duration_seconds_count');
  expect(counted).toContain(
    'http_request_duration_seconds_count{method="GET",route="/people/:username",status="200"} 1',
  );
  expect(counted).toContain(
    'http_request_duration_seconds_count{method="GET",route="/people/:username",status="404"} 1',
  );
  expect(counted).toContain(
    'http_request_duration_seconds_count{method="GET",route="(none)",status="404"} 1',
  );
});

test('what a limit refuses is counted by its name', async () => {
  await fillLimit(house, 'failed-sign-ins:203.0.113.9', 30);
  await visitor(house, { ip: '203.0.113.9' }).signIn('somebody', 'wrong-password');
  expect(await lines('limiter_refusals_total')).toEqual([
    'limiter_refusals_total{limit="failed-sign-ins"} 1',
  ]);
});

test('hashes, connections, queues and the event loop are to be seen', async () => {
  await visitor(house).signIn('somebody_else', 'wrong-password');
  expect(valueOf((await lines('password_hash_wait_seconds_count'))[0])).toBeGreaterThan(0);
  expect(valueOf((await lines('db_pool_connections '))[0])).toBeGreaterThan(0);
  for (const name of ['nodejs_eventloop_lag_seconds ', 'queue_messages_waiting ', 'password_hash_waiting '])
    expect(await lines(name)).toHaveLength(1);
  await eventually(
    async () => (await lines('job_age_seconds_count{queue="messages",outcome="done"}')).length > 0,
    'a job',
  );
});

test('no label holds a name, an address, a number or an id', async () => {
  const { username, email } = await visitor(house).signUp();
  const text = await house.house.metrics!.metrics();
  for (const secret of [username, email, '203.0.113', '@', '+49']) expect(text).not.toContain(secret);
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
});

let stores: TestStores;
beforeAll(async () => {
  stores = await createTestStores();
});
afterAll(() => stores.drop());

test.each(['1', '2'])('/metrics stands on its own port only, for %s processes together', async (count) => {
  const [port, metrics] = [await freePort(), await freePort()];
  const site = run('main', stores, { PORT: `${port}`, METRICS_PORT: `${metrics}`, WEB_CONCURRENCY: count });
  const base = `http://127.0.0.1:${port}`;
  await eventually(async () => (await answers(`${base}/health/ready`)) === 200, `the site: ${site.output()}`);
  for (let n = 0; n < 6; n++) await fetch(`${base}/login`, { headers: { Connection: 'close' } });
  expect(await answers(`${base}/metrics`)).toBe(404);

  const text = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text();
  const seen = /http_request_duration_seconds_count\{method="GET",route="\/login",status="200"\} (\d+)/.exec(
    text,
  );
  expect(Number(seen?.[1])).toBe(6);
  expect(await answers(`http://127.0.0.1:${metrics}/login`)).toBe(404);
  site.child.kill('SIGTERM');
  expect(await site.exit).toBe(0);
});
