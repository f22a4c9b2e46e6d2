import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Queue as BullQueue } from 'bullmq';
import { readFileSync, readdirSync } from 'node:fs';
import { parse } from 'yaml';
import { DeliveryDeferred, DeliveryRefused } from '../../../src/platform/messages/delivery.ts';
import { openQueue } from '../../../src/platform/queue/queue.ts';
import { eventually } from '../../support/captured.ts';
import { clean } from '../../support/cleaning.ts';
import { changeMobile, member } from '../../support/contacts.ts';
import { grownBy, samplesOf } from '../../support/counts.ts';
import { freePort } from '../../support/free-port.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, joining, newMobile, resend, typeCode, wrongCode } from '../../support/joining.ts';
import { fillLimit } from '../../support/limits.ts';
import { repeatedly, together } from '../../support/many.ts';
import { jpegOf } from '../../support/pictures.ts';
import { answers, run } from '../../support/process.ts';
import { readQuery } from '../../support/promql.ts';
import { forgot, recovering } from '../../support/recovering.ts';
import { alsoReachedBy, typeResetCode } from '../../support/resetting.ts';
import { settled } from '../../support/security.ts';
import { type TestStores, createTestStores } from '../../support/stores.ts';
import { upload } from '../../support/uploading.ts';
import { newPerson, visitor } from '../../support/visitor.ts';

const house1 = await houseOfThisFile({ env: { METRICS_PORT: '0' } });
const house2 = await houseOfThisFile({
  env: { METRICS_PORT: '0' },
  replaced: { retry: { tries: 2, backoff: 10 } },
});
const house3 = await houseOfThisFile({ env: { METRICS_PORT: '0' }, jobs: false });

describe('metrics', () => {
  const house = house1;
  const lines = async (start: string): Promise<string[]> =>
    (await house.house.metrics!.metrics()).split('\n').filter((line) => line.startsWith(start));
  const valueOf = (line = ''): number => Number(line.split(' ').at(-1));

  test('requests are counted by route template and status, never by address', async () => {
    const ann = visitor(house);
    const { username } = await ann.join();
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
    for (const queue of ['messages', 'security', 'events', 'pictures', 'exports'])
      for (const what of ['waiting', 'delayed', 'oldest_seconds'])
        expect(await lines(`queue_${queue}_${what} `)).toEqual([`queue_${queue}_${what} 0`]);

    const ann = visitor(house);
    const { username, password } = await ann.join();
    await visitor(house).signIn(username, password);
    await upload(ann, 'avatar', await jpegOf());
    await ann.post('/settings/account/export', { currentPassword: 'lantern-tandem-42' });
    await clean(house);
    for (const queue of ['messages', 'security', 'events', 'pictures', 'exports', 'cleanup'])
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
        async () => (await house.stores.redis.zscore('bull:{security}:failed', 'broken')) !== null,
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
      const bull = new BullQueue('{exports}', { connection: redis });
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
    queue: /^(looks|alerts|messages|security|events|pictures|exports|cleanup)$/,
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
    const { username, email } = await who.join();
    const mobile = newMobile();
    const { username: second } = await visitor(house).join(byMobile(mobile));
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
    await eventually(
      async () => (await answers(`${base}/health/ready`)) === 200,
      `the site: ${site.output()}`,
    );
    for (let n = 0; n < 6; n++) await fetch(`${base}/login`, { headers: { Connection: 'close' } });
    expect(await answers(`${base}/metrics`)).toBe(404);

    const text = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text();
    const seen =
      /http_request_duration_seconds_count\{method="GET",route="\/login",status="200"\} (\d+)/.exec(text);
    expect(Number(seen?.[1])).toBe(6);
    expect(await answers(`http://127.0.0.1:${metrics}/login`)).toBe(404);
    site.child.kill('SIGTERM');
    expect(await site.exit).toBe(0);
  });
});

describe('codes', () => {
  const house = house2;
  afterEach(() => {
    house.outbox.failure = null;
  });

  const grown = async (metric: string, act: () => Promise<unknown>) => {
    await settled(house);
    return grownBy(house, metric, async () => {
      await act();
      await settled(house);
    });
  };
  /** What happened to codes: by channel, country, event and purpose. */
  const codes = (act: () => Promise<unknown>) => grown('one_time_codes_total', act);
  const failures = (act: () => Promise<unknown>) => grown('delivery_failures_total', act);

  test('a sign-up by mail: sent, wrong, sent again, verified', async () => {
    const counted = await codes(async () => {
      const { ann, to, code } = await joining(house);
      await typeCode(ann, wrongCode(code));
      await resend(ann);
      await typeCode(ann, await house.outbox.nextCode(to));
    });
    expect(counted).toEqual({
      'email none sent registration': 2,
      'email none wrong registration': 1,
      'email none verified registration': 1,
    });
  });

  test('a number is counted by its country, and so is who joins with it', async () => {
    const join = async () => {
      const to = newMobile();
      await visitor(house).join({ ...byMobile(to) });
    };
    expect(await codes(join)).toEqual({
      'mobile DE sent registration': 1,
      'mobile DE verified registration': 1,
    });
    expect(await grownBy(house, 'accounts_created_total', join)).toEqual({ 'mobile DE': 1 });
  });

  test('a code that several presses bring is verified once', async () => {
    const { ann, code } = await joining(house);
    expect(await codes(() => together(4, () => typeCode(ann, code)))).toEqual({
      'email none verified registration': 1,
    });
  });

  test('resets and new contacts are counted as such', async () => {
    const { email, ann } = await member(house);
    const reset = await codes(async () => {
      const { who, code } = await recovering(house, email, email);
      await typeResetCode(who, wrongCode(code));
      await typeResetCode(who, code);
    });
    expect(reset).toEqual({
      'email none sent passwordReset': 1,
      'email none wrong passwordReset': 1,
      'email none verified passwordReset': 1,
    });
    expect(await codes(async () => changeMobile(house, ann))).toEqual({
      'mobile DE sent contactChange': 1,
      'mobile DE verified contactChange': 1,
    });
  });

  test('a spent budget is counted, of sends and of guesses', async () => {
    const email = String(newPerson().email);
    const sends = await codes(() => repeatedly(6, () => visitor(house).startSignUp({ email })));
    expect(sends).toEqual({ 'email none sent registration': 5, 'email none spent registration': 1 });

    const to = String(newPerson().email);
    const guesses = await codes(() =>
      repeatedly(3, async () => {
        const { ann, code } = await joining(house, { email: to });
        await repeatedly(4, () => typeCode(ann, wrongCode(code)));
      }),
    );
    expect(guesses).toEqual({
      'email none sent registration': 3,
      'email none wrong registration': 10,
      'email none spent registration': 2,
    });
  });

  test('counts tell no account: known and unknown addresses, numbers and names are counted alike', async () => {
    const { email, username } = await member(house);
    const phone = newMobile();
    const byPhone = await member(house, { ...byMobile(phone) });
    const walk = (identifier: string) =>
      codes(async () => {
        const who = visitor(house);
        await forgot(who, identifier);
        await settled(house);
        await typeResetCode(who, '000000');
      });
    expect(await walk(email)).toEqual(await walk('nobody@example.com'));
    expect(await walk(phone)).toEqual(await walk(newMobile()));
    const unknown = await walk('nobody_has_this');
    expect(unknown).toEqual({ 'by-name none sent passwordReset': 1, 'by-name none wrong passwordReset': 1 });
    expect(await walk(username)).toEqual(unknown);
    expect(await walk(byPhone.username)).toEqual(unknown);
  });

  test('an address that has an account counts like a new one where somebody joins with it', async () => {
    const { email } = await member(house);
    const walk = (address: string) =>
      codes(async () => {
        const ann = visitor(house);
        await ann.startSignUp({ email: address });
        await settled(house);
        await typeCode(ann, '000000');
      });
    expect(await walk(email)).toEqual(await walk(String(newPerson().email)));
  });

  test('what is not delivered is counted by channel, and by why', async () => {
    const undelivered = async (failure: Error, changes = {}) => {
      house.outbox.failure = () => failure;
      await visitor(house).startSignUp(changes);
      await settled(house);
      house.outbox.failure = null;
    };
    const refused = () => undelivered(new DeliveryRefused('no such mailbox'));
    expect(await failures(refused)).toEqual({ 'email refused': 1 });
    expect(await codes(refused)).toEqual({ 'email none undelivered registration': 1 });
    // Two tries.
    expect(await failures(() => undelivered(new DeliveryDeferred('mailbox full')))).toEqual({
      'email deferred': 2,
    });
    const text = byMobile(newMobile());
    expect(await failures(() => undelivered(new Error('ECONNREFUSED'), text))).toEqual({
      'mobile outage': 2,
    });
  });

  test('an outage shows no decoy: what would have been sent fails alike', async () => {
    const { email, username } = await member(house);
    await alsoReachedBy(house, username, { phone: newMobile() });
    const asked = (identifier: string) => async () => {
      house.outbox.failure = () => new Error('ECONNREFUSED');
      await forgot(visitor(house), identifier);
      await settled(house);
      house.outbox.failure = null;
    };
    const known = [await failures(asked(email)), await codes(asked(email))];
    expect(known).toEqual([{ 'email outage': 2 }, { 'email none undelivered passwordReset': 1 }]);
    expect([await failures(asked('noone@example.com')), await codes(asked('none@example.com'))]).toEqual(
      known,
    );
  });

  test('news that does not leave is counted as well', async () => {
    const { username, password } = await member(house);
    house.outbox.failure = () => new DeliveryRefused('no such mailbox');
    expect(await failures(() => visitor(house).signIn(username, password))).toEqual({ 'email refused': 1 });
  });

  test('sign-ins are counted: right, wrong, and turned away', async () => {
    const { username, password } = await member(house);
    const counted = await grownBy(house, 'sign_ins_total', async () => {
      const who = visitor(house);
      await repeatedly(6, () => who.signIn(username, 'not-the-password'));
      await repeatedly(2, () => who.signIn('nobody_at_all', 'not-the-password'));
      await visitor(house).signIn((await member(house)).username, password);
    });
    expect(counted).toEqual({ failed: 7, throttled: 1, ok: 1 });
  });
});

describe('dashboards', () => {
  const house = house3;
  interface Metric {
    name: string;
    type: string;
  }
  /** Every name that the site exports, and every label beside those that Prometheus adds. */
  const exported = house.house.metrics!.getMetricsAsArray() as unknown as (Metric & {
    labelNames: string[];
  })[];
  const names = new Set(
    exported.flatMap(({ name, type }) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
  const labels = new Set([...exported.flatMap(({ labelNames }) => labelNames), 'le', 'job', 'instance']);
  /** Values that are words of ours; src/platform/watching/metrics.ts has them as types. */
  const values: Record<string, string[]> = {
    event: ['sent', 'undelivered', 'verified', 'wrong', 'spent'],
    channel: ['email', 'mobile', 'by-name'],
    failure: ['refused', 'deferred', 'outage'],
    outcome: ['done', 'failed', 'given-up'],
    queue: ['messages', 'security', 'events', 'pictures', 'exports', 'reports', 'looks', 'alerts', 'cleanup'],
    // Names of limits, as they stand before the first colon of a key.
    limit: readdirSync('src/features', { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) => [...readFileSync(`src/features/${path}`, 'utf8').matchAll(/key: ['`]([a-z-]+)/g)])
      .map(([, name]) => name!),
  };

  const faultsOf = (queries: string[]): string[] =>
    queries
      .map(readQuery)
      .flatMap((query) => [
        ...(query.valid && query.metrics.length > 0 ? [] : [`no PromQL: ${query.text}`]),
        ...query.metrics.filter((name) => !names.has(name)).map((name) => `no metric: ${name}`),
        ...query.labels.filter((name) => !labels.has(name)).map((name) => `no label: ${name}`),
        ...query.values
          .filter(([label, value]) => values[label] && !values[label].includes(value))
          .map(([label, value]) => `no ${label}: ${value}`),
      ]);

  test('the check finds a misspelt metric, label, value or query', () => {
    expect(
      faultsOf([
        'sum(rate(http_request_seconds_count[5m]))',
        'sum by (path) (http_request_duration_seconds_count)',
        'sum(one_time_codes_total{event=~"sent|delivered"})',
        'sum(limiter_refusals_total{limit="sms-all"})',
        'sum(sign_ins_total',
      ]),
    ).toEqual([
      'no metric: http_request_seconds_count',
      'no label: path',
      'no event: delivered',
      'no limit: sms-all',
      'no PromQL: sum(sign_ins_total',
    ]);
  });

  interface Panel {
    id: number;
    type: string;
    title: string;
    datasource?: { type: string; uid: string };
    gridPos: { x: number; y: number; w: number; h: number };
    targets?: { refId: string; expr: string; datasource: { uid: string } }[];
  }
  const dashboard = JSON.parse(readFileSync('deploy/grafana/chatlink.json', 'utf8')) as {
    schemaVersion: number;
    uid: string;
    title: string;
    templating: { list: { name: string; type: string; query: unknown }[] };
    panels: Panel[];
  };
  const graphs = dashboard.panels.filter(({ type }) => type !== 'row');

  test('the dashboard asks for nothing that the site does not export', () => {
    const queries = graphs.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    expect(queries.length).toBeGreaterThan(40);
    expect(faultsOf(queries)).toEqual([]);
  });

  test('the dashboard shows every metric of ours', () => {
    const shown = new Set(
      graphs.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => readQuery(expr).metrics)),
    );
    const ours = exported.filter(({ name }) => !/^(process|nodejs)_/.test(name));
    expect(ours.length).toBeGreaterThan(20);
    expect(
      ours.filter(({ name }) => ![...shown].some((s) => s.replace(/_(bucket|count|sum)$/, '') === name)),
    ).toEqual([]);
  });

  test('the dashboard has the shape that Grafana wants', () => {
    expect(dashboard).toMatchObject({ schemaVersion: 39, uid: 'chatlink', title: 'ChatLink' });
    expect(dashboard.templating.list[0]).toMatchObject({
      name: 'datasource',
      type: 'datasource',
      query: 'prometheus',
    });
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { datasource, targets = [], title } of graphs) {
      expect(title).not.toBe('');
      expect(datasource).toEqual({ type: 'prometheus', uid: '${datasource}' });
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
      for (const target of targets) expect(target.datasource.uid).toBe('${datasource}');
    }
  });

  test('no panel lies on another, and none sticks out', () => {
    const taken = new Set<string>();
    for (const { gridPos, title } of dashboard.panels) {
      expect([title, gridPos.x + gridPos.w <= 24]).toEqual([title, true]);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect([title, taken.has(`${x}/${y}`)]).toEqual([title, false]);
          taken.add(`${x}/${y}`);
        }
    }
  });

  interface Rule {
    alert: string;
    expr: string;
    for?: string;
    labels: { severity: string };
    annotations: { summary: string; description: string };
  }
  const { groups } = parse(readFileSync('deploy/prometheus/alerts.yaml', 'utf8')) as {
    groups: { name: string; rules: Rule[] }[];
  };
  const rules = groups.flatMap((group) => group.rules);

  test('no alarm listens for something that the site does not export', () => {
    expect(rules.length).toBeGreaterThan(10);
    expect(faultsOf(rules.map(({ expr }) => expr))).toEqual([]);
  });

  test('every alarm has a name of its own, says how urgent it is and what to look at', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    const operations = readFileSync('docs/operations.md', 'utf8');
    for (const rule of rules) {
      expect(
        Object.keys(rule).filter((k) => !['alert', 'expr', 'for', 'labels', 'annotations'].includes(k)),
      ).toEqual([]);
      expect(rule.alert).toMatch(/^ChatLink[A-Z]\w+$/);
      expect(['page', 'ticket']).toContain(rule.labels.severity);
      expect(rule.for ?? '1m').toMatch(/^\d+m$/);
      expect(rule.annotations.summary.length).toBeGreaterThan(10);
      expect(rule.annotations.description.length).toBeGreaterThan(20);
      expect(operations).toContain(rule.alert);
    }
  });
});
