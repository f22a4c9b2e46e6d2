import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { type CapturedMessage, eventually } from '../../support/captured.ts';
import { right } from '../../support/devices.ts';
import { freePort } from '../../support/free-port.ts';
import { type Run, answers, houseAt, run } from '../../support/process.ts';
import { another } from '../../support/recovering.ts';
import { type TestStores, createTestStores } from '../../support/stores.ts';
import { visitor } from '../../support/visitor.ts';

let stores: TestStores;
let port: number;
const running: Run[] = [];
beforeAll(async () => {
  stores = await createTestStores();
  port = await freePort();
  const site = begin('main');
  const ready = `http://localhost:${port}/health/ready`;
  await eventually(async () => (await answers(ready)) === 200, `the site: ${site.output()}`);
});
afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await Promise.all(running.map(({ exit }) => exit));
  await stores.drop();
});

function begin(entry: 'main' | 'worker'): Run {
  const one = run(entry, stores, { PORT: `${port}`, WORKER: 'separate' });
  running.push(one);
  return one;
}
async function worker(): Promise<Run> {
  const one = begin('worker');
  await eventually(() => one.output().includes('worker started'), `a worker: ${one.output()}`);
  return one;
}
async function kill({ child, exit }: Run): Promise<void> {
  child.kill('SIGKILL');
  await exit;
}

async function member() {
  const ann = visitor(houseAt(port));
  return { ann, ...(await ann.join()) };
}
async function changePassword({ ann }: Awaited<ReturnType<typeof member>>): Promise<void> {
  const page = await ann.post('/settings/password', {
    currentPassword: right,
    password: another,
    passwordConfirmation: another,
  });
  expect(page.redirectedTo).toBe('/settings/security');
}
async function newsTo(address: string): Promise<CapturedMessage[]> {
  const outbox = await fetch(`http://localhost:${port}/dev/outbox.json`);
  return ((await outbox.json()) as CapturedMessage[]).filter(
    ({ to, subject }) => to === address && subject?.includes('password was changed'),
  );
}
const waiting = () => stores.sql<{ tries: number }>('SELECT "tries" FROM "RecordedEvent"');
async function empty(...lists: string[]): Promise<void> {
  await eventually(
    async () => {
      const counts = await Promise.all(lists.map((list) => stores.redis.llen(`bull:${list}`)));
      return counts.every((count) => count === 0);
    },
    `nothing in ${lists.join(', ')}`,
  );
}
const sent = () => empty('{security}:wait', '{security}:active');
/** All jobs are done, and all that is due is handed on. */
async function quiet(): Promise<void> {
  await eventually(async () => (await waiting()).length === 0, 'no fact to wait');
  // What woke a worker that was killed stays active for a while.
  await empty('{events}:wait');
  await sent();
}

test('a new password that no worker heard of, and Redis has forgotten, is told once, by one of two workers', async () => {
  const first = await worker();
  const someone = await member();
  await kill(first);
  await changePassword(someone);
  expect(await waiting()).toEqual([{ tries: 0 }]);
  await stores.redis.flushdb();

  const two = await Promise.all([worker(), worker()]);
  await eventually(async () => (await newsTo(someone.email)).length > 0, 'the news');
  await quiet();
  expect(await newsTo(someone.email)).toHaveLength(1);
  await Promise.all(two.map(kill));
});

/** Any number that nobody else locks. */
const GATE = 20_260_616;

test('a worker that is killed when it has told, and before it said so, tells nothing twice', async () => {
  await stores.sql(`
    CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock_shared(${GATE}); RETURN OLD; END $$`);
  await stores.sql(
    `CREATE TRIGGER "gate" BEFORE DELETE ON "RecordedEvent" FOR EACH ROW EXECUTE FUNCTION wait_at_gate()`,
  );
  const keeper = new pg.Client({ connectionString: stores.ownerUrl });
  await keeper.connect();
  await keeper.query('SELECT pg_advisory_lock($1)', [GATE]);
  const first = await worker();
  const someone = await member();
  await changePassword(someone);
  await eventually(async () => (await newsTo(someone.email)).length > 0, 'the news');
  expect(await stores.sql('SELECT "subscriber" FROM "HandledEvent"')).toEqual([
    { subscriber: 'auth.notices' },
  ]);
  // An email that went out before its job was ticked off goes out again: mail is sent at least once.
  await sent();
  await kill(first);
  await keeper.end();

  // As if half a minute had passed.
  await stores.sql('UPDATE "RecordedEvent" SET "dueAt" = now()');
  const second = await worker();
  await quiet();
  expect(await newsTo(someone.email)).toHaveLength(1);
  await kill(second);
});
