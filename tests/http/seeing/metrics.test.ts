import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/captured.ts';
import { freePort } from '../../support/free-port.ts';
import { Queue as BullQueue } from 'bullmq';
import { openQueue } from '../../../src/platform/queue.ts';
import { clean } from '../../support/cleaning.ts';
import { changeMobile } from '../../support/contacts.ts';
import { grownBy, samplesOf } from '../../support/counts.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, joining, newMobile, typeCode, wrongCode } from '../../support/joining.ts';
import { repeatedly } from '../../support/many.ts';
import { jpegOf } from '../../support/pictures.ts';
import { forgot } from '../../support/recovering.ts';
import { settled } from '../../support/security.ts';
import { upload } from '../../support/uploading.ts';
import { fillLimit } from '../../support/limits.ts';
import { answers, run } from '../../support/process.ts';
import { createTestStores, type TestStores } from '../../support/stores.ts';
import { visitor } from '../../support/visitor.ts';

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
  const told = await lines('limiter_refusals_total');
  // Whoever is alarmed by the first refusal has a zero before it.
  expect(told).toContain('limiter_refusals_total{limit="sms-everywhere"} 0');
  expect(told.filter((line) => !line.endsWith(' 0'))).toEqual([
    'limiter_refusals_total{limit="failed-sign-ins"} 1',
  ]);
});

test('hashes, connections, queues and the event loop are to be seen', async () => {
  await visitor(house).signIn('somebody_else', 'wrong-password');
  expect(valueOf((await lines('password_hash_wait_seconds_count'))[0])).toBeGreaterThan(0);
  expect(valueOf((await lines('db_pool_connections '))[0])).toBeGreaterThan(0);
  for (const name of ['nodejs_eventloop_lag_seconds ', 'queue_messages_waiting ', 'password_hash_waiting '])
    expect(await lines(name)).toHaveLength(1);
  for (const name of ['pictures', 'uploads'])
    expect(await lines(`${name}_running `)).toEqual([`${name}_running 0`]);
});

test('every queue tells how many wait and since when, and how old and how long jobs were', async () => {
  for (const queue of ['messages', 'security', 'pictures', 'exports'])
    for (const what of ['waiting', 'delayed', 'oldest_seconds'])
      expect(await lines(`queue_${queue}_${what} `)).toEqual([`queue_${queue}_${what} 0`]);

  const ann = visitor(house);
  await ann.signUp();
  await upload(ann, 'avatar', await jpegOf());
  await ann.post('/settings/account/export', { currentPassword: 'lantern-tandem-42' });
  await clean(house);
  for (const queue of ['messages', 'security', 'pictures', 'exports', 'cleanup'])
    for (const what of ['age', 'duration'])
      await eventually(
        async () => (await lines(`job_${what}_seconds_count{queue="${queue}",outcome="done"}`)).length > 0,
        `${what} of a job of ${queue}`,
      );
});

test('a job that fails is counted with each of its tries', async () => {
  const queue = openQueue<object>('security', house.stores.redis, { tries: 2, backoff: 10 });
  const tries = await grownBy(house, 'job_age_seconds_count', async () => {
    await queue.add('broken', { kind: 'announce', eventId: 'no id at all' });
    await eventually(
      async () => (await house.stores.redis.zscore('bull:security:failed', 'broken')) !== null,
      'the job to be given up',
    );
  });
  await queue.close();
  expect(tries).toMatchObject({ 'failed security': 1, 'given-up security': 1 });
});

test('the oldest job that waits is to be seen although no worker lives', async () => {
  await withAnother(house, { env: { METRICS_PORT: '0' } }, async (other) => {
    const { redis } = house.stores;
    const queue = openQueue<object>('exports', redis, { tries: 1, backoff: 0 });
    const bull = new BullQueue('exports', { connection: redis });
    await bull.pause();
    await bull.add('exports', {}, { jobId: 'old', timestamp: 1 });
    const oldest = async () =>
      (await samplesOf(other)).find(({ name }) => name === 'queue_exports_oldest_seconds')!.value;
    expect(await oldest()).toBeGreaterThan(1e9);
    await bull.remove('old');
    await bull.resume();
    expect(await oldest()).toBe(0);
    await queue.close();
    await bull.close();
  });
});

/** What a label may say; whatever else a library's own metrics have, its words are the library's. */
const words: Record<string, RegExp> = {
  method: /^(GET|POST|HEAD|PUT)$/,
  route: /^(\(none\)|\/|(\/:?[A-Za-z-]+)+(\.json)?)$/,
  status: /^[2-5]\d\d$/,
  limit: /^[a-z-]+$/,
  event: /^(sent|undelivered|verified|wrong|spent)$/,
  purpose: /^(registration|passwordReset|contactChange)$/,
  channel: /^(email|mobile|by-name)$/,
  country: /^([A-Z]{2}|none)$/,
  failure: /^(refused|deferred|outage)$/,
  outcome: /^(done|failed|given-up|ok|throttled)$/,
  queue: /^(messages|security|pictures|exports|cleanup)$/,
  le: /^(\+Inf|[\d.]+)$/,
  kind: /^(minor|major|incremental|weakcb)$/,
  type: /^[A-Za-z]+$/,
  space: /^[a-z_]+$/,
  version: /^v[\d.]+$/,
  major: /^\d+$/,
  minor: /^\d+$/,
  patch: /^\d+$/,
};

test('no label holds a name, an address, a number or an id, whatever was done', async () => {
  const who = visitor(house);
  const { username, email } = await who.signUp();
  const mobile = newMobile();
  const { username: second } = await visitor(house).signUp(byMobile(mobile));
  const joined = await joining(house);
  await typeCode(joined.ann, wrongCode(joined.code));
  for (const identifier of [email, mobile, username, second, 'lantern-tandem-42'])
    await forgot(visitor(house), identifier);
  await repeatedly(6, () => visitor(house).startSignUp({ email }));
  await changeMobile(house, who);
  await upload(who, 'photo', await jpegOf(), { alt: 'a lantern' });
  await who.get(`/people/${second}`);
  await who.get('/password/link/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
  await who.get(`/${username}?token=${email}`);
  await settled(house);

  const samples = await samplesOf(house);
  const strange = samples.flatMap(({ name, labels }) =>
    Object.entries(labels).flatMap(([key, text]) =>
      words[key]?.test(text) ? [] : [`${name} ${key}=${text}`],
    ),
  );
  expect(strange).toEqual([]);
  expect(samples.filter(({ name }) => name === 'one_time_codes_total').length).toBeGreaterThanOrEqual(8);
  const text = await house.house.metrics!.metrics();
  for (const secret of [username, second, email, mobile.slice(1), 'lantern', '203.0.113', '@', '+49'])
    expect(text).not.toContain(secret);
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
