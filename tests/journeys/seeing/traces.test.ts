import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/captured.ts';
import { freePort } from '../../support/free-port.ts';
import { wrongCode } from '../../support/joining.ts';
import { Collector, type Span } from '../../support/otlp.ts';
import { type Run, answers, houseAt, run } from '../../support/process.ts';
import { forgot } from '../../support/recovering.ts';
import { type TestStores, createTestStores } from '../../support/stores.ts';
import { newPerson, visitor } from '../../support/visitor.ts';

/** Tells at its end how many modules of OpenTelemetry a process has loaded, but for those few that prom-client always loads. */
const probe = `import Module from 'node:module';
process.on('exit', () => console.log('otel modules:',
  Object.keys(Module._cache).filter((path) => path.includes('@opentelemetry') && !path.includes('@opentelemetry/api/')).length));`;
const NODE_OPTIONS = `--import data:text/javascript,${encodeURIComponent(probe)}`;
const LINK = 'QWxhZGRpbjpvcGVuIHNlc2FtZTpvcGVu';

let stores: TestStores;
const collector = new Collector();
let endpoint = '';
const running: Run[] = [];
beforeAll(async () => {
  stores = await createTestStores();
  endpoint = await collector.open();
});
afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await Promise.all(running.map(({ exit }) => exit));
  collector.close();
  await stores.drop();
});

async function begin(env: Record<string, string>): Promise<{ port: number; site: Run }> {
  const port = await freePort();
  const site = run('main', stores, { PORT: `${port}`, NODE_OPTIONS, MEDIA_DIR: stores.mediaDir, ...env });
  running.push(site);
  const ready = `http://127.0.0.1:${port}/health/ready`;
  await eventually(async () => (await answers(ready)) === 200, `the site: ${site.output()}`);
  return { port, site };
}
async function stop({ child, exit }: Run): Promise<void> {
  child.kill('SIGTERM');
  expect(await exit).toBe(0);
}

function named(name: string): Span[] {
  return collector.spans.filter((span) => span.name === name);
}
function within(root: Span): Span[] {
  return collector.spans.filter(({ trace }) => trace === root.trace);
}
function systems(spans: Span[]): Set<string | undefined> {
  return new Set(spans.map(({ attributes }) => attributes['db.system.name']).filter(Boolean));
}

test('a request, its statements, its Redis commands and its jobs are one trace, over two processes', async () => {
  const OTEL = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_BSP_SCHEDULE_DELAY: '100' };
  const { port, site } = await begin({ WORKER: 'separate', ...OTEL });
  const worker = run('worker', stores, { NODE_OPTIONS, PORT: `${port}`, ...OTEL });
  running.push(worker);
  const house = houseAt(port);

  const ann = visitor(house);
  ann.headers = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
  const person = newPerson();
  const [email, username] = [String(person.email), String(person.username)];
  expect((await ann.post('/sign-up', person)).redirectedTo).toBe('/sign-up/code');
  const code = await house.outbox.nextCode(email);
  await ann.post('/sign-up/code', { code: wrongCode(code) });
  expect((await ann.post('/sign-up/code', { code })).redirectedTo).toBe('/welcome');
  await ann.get(`/people/${username}?from=${username}`);
  const { status } = await ann.get(`/password/link/${LINK}`);
  expect(status).toBeLessThan(500);
  await ann.get(`/nowhere/${username}`);
  await forgot(visitor(house), email);
  await visitor(house).signIn(username, 'not-the-password');
  const cookies = [...ann.cookies.values()];
  await stop(worker);
  await stop(site);

  const [form] = named('POST /sign-up');
  const all = within(form!);
  expect(systems(all)).toEqual(new Set(['postgresql', 'redis']));
  // Every span but the first has its parent in the trace.
  expect(all.filter(({ parent }) => parent === undefined)).toEqual([form]);
  expect(all.every(({ parent }) => !parent || all.some(({ id }) => id === parent))).toBe(true);
  const job = all.find(({ name }) => name === 'messages')!;
  expect(job).toMatchObject({
    service: 'chatlink-worker',
    kind: 5,
    attributes: { 'chatlink.queue': 'messages' },
  });
  expect(systems(all.filter(({ service }) => service === 'chatlink-worker'))).toContain('postgresql');
  expect(job.attributes['chatlink.request']).toBe(form!.attributes['chatlink.request']);
  expect(site.output()).toContain(`"id":"${job.attributes['chatlink.request']}"`);
  const insert = all.find(({ name }) => name === 'postgresql INSERT' || name === 'postgresql WITH')!;
  expect(insert.attributes['db.query.text']).toMatch(/INSERT INTO "RegistrationOtp"[\s\S]*\$1/);

  // A trace that a client chose is not believed.
  expect(collector.spans.filter(({ trace }) => trace.startsWith('0af76519'))).toEqual([]);
  const routes = new Set(collector.spans.filter(({ kind }) => kind === 2).map(({ name }) => name));
  for (const route of ['GET /people/:username', 'GET /password/link/:token', 'GET (none)', 'POST /login'])
    expect(routes).toContain(route);
  expect([...routes].filter((name) => /health|assets/.test(name))).toEqual([]);

  const sent = collector.bodies.join('\n');
  const password = String(person.password);
  const secrets = [
    email,
    email.split('@')[0]!,
    username,
    password,
    'not-the-password',
    code,
    LINK,
    ...cookies,
  ];
  for (const secret of [...secrets, ...cookies.map(decodeURIComponent), 'sess:', '127.0.0.1:54', '@example'])
    expect(sent).not.toContain(secret);
  expect(sent).not.toMatch(/[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-/);
  for (const { output } of [site, worker]) expect(output()).toMatch(/otel modules: [1-9]/);
});

test('a collector that is away is said once, and takes nothing with it', async () => {
  collector.status = 400;
  const { port, site } = await begin({
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_BSP_SCHEDULE_DELAY: '50',
  });
  const said = () => site.output().split('traces cannot be sent').length - 1;
  expect(await answers(`http://127.0.0.1:${port}/login`)).toBe(200);
  await eventually(() => said() > 0, 'the word');
  for (let n = 0; n < 3; n++) expect(await answers(`http://127.0.0.1:${port}/login`)).toBe(200);
  collector.status = 200;
  const before = collector.bodies.length;
  await eventually(async () => {
    await answers(`http://127.0.0.1:${port}/login`);
    return collector.bodies.length > before && site.output().includes('traces can be sent again');
  }, 'traces to be sent again');
  expect(said()).toBe(1);
  await stop(site);
});

test('without an endpoint nothing of OpenTelemetry is loaded, and no job carries a trace', async () => {
  const { port, site } = await begin({});
  const jobs = async () => new Set(await stores.redis.keys('bull:{messages}:registration-*'));
  const before = await jobs();
  await visitor(houseAt(port)).join();
  const [made] = [...(await jobs())].filter((key) => !before.has(key));
  const data = JSON.parse((await stores.redis.hget(made!, 'data'))!) as object;
  expect(data).toMatchObject({ purpose: 'registration', cause: { request: expect.any(String) } });
  expect(JSON.stringify(data)).not.toContain('trace');
  await stop(site);
  expect(site.output()).toContain('otel modules: 0');
});
