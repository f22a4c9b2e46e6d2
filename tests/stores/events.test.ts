import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createEventStore } from '../../src/events/events.store.ts';
import { eventType, type Subscription, subscription } from '../../src/events/event-type.ts';
import { relayPolicy } from '../../src/events/policy.ts';
import { recordSql } from '../../src/events/record.sql.ts';
import { createRelay, watchEvents } from '../../src/events/relay.jobs.ts';
import { createWake } from '../../src/events/wake.ts';
import { days, hours, minutes, seconds } from '../../src/kernel/clock.ts';
import { systemRandom, uuidv7 } from '../../src/kernel/ids.ts';
import { openQueue } from '../../src/platform/queue/queue.ts';
import { startWorker } from '../../src/platform/queue/worker.ts';
import { type Db, openDb, Prisma } from '../../src/platform/stores/db.ts';
import { openBlockingRedis, openRedis } from '../../src/platform/stores/redis.ts';
import { createLog } from '../../src/platform/watching/log.ts';
import { noMetrics } from '../../src/platform/watching/metrics.ts';
import { duringRequest, requestId } from '../../src/platform/watching/request-id.ts';
import { eventually } from '../support/captured.ts';
import { together } from '../support/many.ts';
import { atOnce, twoNodes } from '../support/nodes.ts';

const { stores, clock, nodes, of } = await twoNodes();
const { db } = nodes[0];
const log = createLog('silent');

const planted = eventType('garden.planted', 'treeId');
const felled = eventType('garden.felled', 'treeId');
const somebody = '01978a00-0000-7000-8000-000000000000';

/** What subscribers have written, in their own transactions. No rule keeps the same from being written twice. */
beforeAll(() =>
  stores.sql('CREATE TABLE "Told" ("n" SERIAL, "subscriber" TEXT, "userId" UUID, "treeId" UUID)'),
);
interface Told {
  subscriber: string;
  userId: string;
  treeId: string;
}
const told = () => stores.sql<Told>('SELECT "subscriber", "userId", "treeId" FROM "Told" ORDER BY "n"');
const toldTo = async (subscriber: string) =>
  (await told()).filter((one) => one.subscriber === subscriber).map(({ treeId }) => treeId);
const waiting = () =>
  stores.sql<{ tries: number; name: string }>('SELECT * FROM "RecordedEvent" ORDER BY "id"');

const newId = () => uuidv7(clock.now(), systemRandom);
async function record(userId = somebody, type = planted, at: Db = db, request?: string): Promise<string> {
  const treeId = newId();
  await at.run(recordSql(type, { userId, treeId }, { at: clock.now(), request }));
  return treeId;
}

/** Writes down what it hears; `before` and `after` stand around that, in the same transaction. */
function writes(
  subscriber: string,
  { before = async (_treeId: string) => {}, after = async (_treeId: string) => {}, types = [planted] } = {},
): Subscription {
  return subscription(subscriber, types, async ({ ids: { userId, treeId } }, tx) => {
    await before(treeId);
    await tx.$executeRaw`INSERT INTO "Told" ("subscriber", "userId", "treeId") VALUES (${subscriber}, ${userId}::uuid, ${treeId}::uuid)`;
    await after(treeId);
  });
}
function relayAt(at: Db, ...subscriptions: Subscription[]) {
  return createRelay({ store: createEventStore(at), subscriptions, duringRequest, clock, log });
}
const relay = (...subscriptions: Subscription[]) => relayAt(db, ...subscriptions);
const fails = async (): Promise<void> => {
  throw new Error('not today');
};

describe('a fact', () => {
  test('is recorded where its statement makes it true, and nowhere else', async () => {
    const one = recordSql(
      planted,
      { userId: somebody, treeId: newId() },
      { at: clock.now() },
      Prisma.sql`FROM (SELECT WHERE false) none`,
    );
    await db.run(one);
    await expect(
      db.$transaction(async (tx) => {
        await tx.$executeRaw(recordSql(planted, { userId: somebody, treeId: newId() }, { at: clock.now() }));
        throw new Error('the rest went wrong');
      }),
    ).rejects.toThrow('the rest went wrong');
    expect(await waiting()).toEqual([]);
  });

  test('is handed to everybody who listens, with its ids, and is gone then', async () => {
    const trees = [await record(), await record(somebody, felled)];
    await relay(writes('squirrels'), writes('owls', { types: [planted, felled] })).pass();
    expect([await toldTo('squirrels'), await toldTo('owls')]).toEqual([[trees[0]], trees]);
    expect([await waiting(), await stores.sql('SELECT FROM "HandledEvent"')]).toEqual([[], []]);
  });

  test('is handled as part of the request that caused it', async () => {
    const requests: (string | undefined)[] = [];
    await record(somebody, planted, db, 'request-7');
    await record();
    await relay(writes('owls', { after: async () => void requests.push(requestId()) })).pass();
    expect(requests).toEqual(['request-7', undefined]);
  });

  test('whose ids are none is handed to nobody, and waits', async () => {
    await db.run(recordSql(planted, { userId: somebody, treeId: 'an oak' }, { at: clock.now() }));
    await relay(writes('owls')).pass();
    expect([await told(), (await waiting()).length]).toEqual([[], 1]);
  });

  test('that nobody listens to waits for a release that does, for a week', async () => {
    await record(somebody, felled);
    const mine = relay(writes('owls'));
    clock.pass(days(7) - 1);
    await mine.pass();
    await mine.clean();
    expect(await waiting()).toMatchObject([{ name: 'garden.felled', tries: 0 }]);
    clock.pass(1);
    await mine.clean();
    expect(await waiting()).toEqual([]);
  });

  test('that somebody listens to is never given up', async () => {
    await record();
    const owls = relay(writes('owls', { before: fails }));
    clock.pass(days(30));
    await owls.pass();
    await owls.clean();
    expect(await waiting()).toHaveLength(1);
  });

  test('has one subscriber of a name', () => {
    expect(() => relay(writes('owls'), writes('owls'))).toThrow(
      'two subscribers of garden.planted are called owls',
    );
    expect(() => relay(writes('owls'), writes('owls', { types: [felled] }))).not.toThrow();
  });
});

describe('once:', () => {
  test('fifty facts at once, recorded and handed on by two processes with relays of their own', async () => {
    const subscriptions = [writes('owls'), writes('squirrels')];
    const relays = of((node) => relayAt(node.db, ...subscriptions));
    const everything = await atOnce(50, async (n) => {
      const treeId = await record(newId(), planted, nodes[n % 2]!.db);
      await relays(n).pass();
      return treeId;
    });
    await relays(0).pass();
    for (const name of ['owls', 'squirrels'])
      expect((await toldTo(name)).toSorted()).toEqual(everything.toSorted());
    expect(await waiting()).toEqual([]);
  });

  test('one fact, that fifty relays were woken for', async () => {
    const treeId = await record();
    const relays = of((node) => relayAt(node.db, writes('owls')));
    await atOnce(50, (n) => relays(n).pass());
    expect(await toldTo('owls')).toEqual([treeId]);
  });

  test('of fifty at the very same fact one does the work', async () => {
    await record();
    const fact = (await createEventStore(db).claim(['garden.planted'], clock.now()))!;
    const at = of((node) => createEventStore(node.db));
    await atOnce(50, (n) => at(n).once(fact.id, 'owls', (tx) => writes('owls').handle(fact, tx)));
    expect(await toldTo('owls')).toHaveLength(1);
  });

  test('a relay that was killed after the work, and before it said so, is not repeated', async () => {
    const treeId = await record();
    const killed = createEventStore(nodes[1].db);
    const fact = (await killed.claim(['garden.planted'], clock.now()))!;
    await killed.once(fact.id, 'owls', (tx) => writes('owls').handle(fact, tx));

    clock.pass(relayPolicy.firstPause);
    await relay(writes('owls'), writes('squirrels')).pass();
    expect([await toldTo('owls'), await toldTo('squirrels')]).toEqual([[treeId], [treeId]]);
    expect(await waiting()).toEqual([]);
  });

  test('one that was killed in the midst of the work has done nothing; another one does it half a minute later', async () => {
    const treeId = await record();
    const dying = openDb(stores.databaseUrl, 1, noMetrics, 6);
    const killed = createEventStore(dying);
    const fact = (await killed.claim(['garden.planted'], clock.now()))!;
    const broken = killed.once(fact.id, 'owls', async (tx) => {
      await writes('owls').handle(fact, tx);
      const [me] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS "pid"`;
      await stores.sql('SELECT pg_terminate_backend($1)', [me!.pid]);
    });
    await expect(broken).rejects.toThrow();
    await dying.$disconnect();

    const other = relay(writes('owls'));
    clock.pass(relayPolicy.firstPause - 1);
    await other.pass();
    expect(await told()).toEqual([]);
    clock.pass(1);
    await other.pass();
    expect(await toldTo('owls')).toEqual([treeId]);
  });

  test('one that comes back when all is done finds nothing to do', async () => {
    const treeId = await record();
    const late = createEventStore(nodes[1].db);
    const fact = (await late.claim(['garden.planted'], clock.now()))!;
    clock.pass(relayPolicy.firstPause);
    await relay(writes('owls')).pass();
    await late.once(fact.id, 'owls', (tx) => writes('owls').handle(fact, tx));
    expect(await toldTo('owls')).toEqual([treeId]);
  });
});

describe('a subscriber that fails', () => {
  test('has written nothing, is asked again, and keeps no other from hearing of it', async () => {
    const treeId = await record();
    let isBroken = true;
    const owls = writes('owls', { after: async () => (isBroken ? fails() : undefined) });
    const both = relay(owls, writes('squirrels'));
    await both.pass();
    expect(await told()).toEqual([{ subscriber: 'squirrels', userId: somebody, treeId }]);
    isBroken = false;
    clock.pass(relayPolicy.firstPause);
    await both.pass();
    expect([await toldTo('owls'), await toldTo('squirrels')]).toEqual([[treeId], [treeId]]);
    expect(await waiting()).toEqual([]);
  });

  test('is asked after ever longer pauses, of an hour at most', async () => {
    await record();
    let asked = 0;
    const one = relay(writes('owls', { before: async () => (asked++, fails()) }));
    await one.pass();
    const pauses = [
      seconds(30),
      minutes(1),
      minutes(2),
      minutes(4),
      minutes(8),
      minutes(16),
      minutes(32),
      hours(1),
      hours(1),
    ];
    for (const [n, ms] of pauses.entries()) {
      clock.pass(ms - 1);
      await one.pass();
      expect(asked).toBe(n + 1);
      clock.pass(1);
      await one.pass();
      expect(asked).toBe(n + 2);
    }
  });

  test('of one fact hears of those of other people at once', async () => {
    const poison = await record(newId());
    const others = await Promise.all([record(newId()), record(newId())]);
    await relay(
      writes('owls', { before: async (treeId) => (treeId === poison ? fails() : undefined) }),
    ).pass();
    expect((await toldTo('owls')).toSorted()).toEqual(others.toSorted());
  });

  test('hears of the same person’s later facts once it was asked five times', async () => {
    const poison = await record();
    const later = [await record(), await record()];
    const one = relay(
      writes('owls', { before: async (treeId) => (treeId === poison ? fails() : undefined) }),
    );
    for (const ms of [0, seconds(30), minutes(1), minutes(2)]) {
      clock.pass(ms);
      await one.pass();
      expect(await told()).toEqual([]);
    }
    clock.pass(minutes(4));
    await one.pass();
    expect(await toldTo('owls')).toEqual(later);
  });
});

test('a person’s facts are handed on in their order, by whichever relay', async () => {
  const people = Array.from({ length: 5 }, newId);
  const trees = new Map<string, string[]>(people.map((one) => [one, []]));
  for (let n = 0; n < 8; n++)
    for (const one of people) trees.get(one)!.push(await record(one, n % 2 ? felled : planted));
  const slow = writes('owls', { types: [planted, felled], before: () => pause(Math.random() * 5) });
  const relays = of((node) => relayAt(node.db, slow));
  await together(6, (n) => relays(n).pass());
  await relays(0).pass();
  const heard = await told();
  for (const one of people)
    expect(heard.filter(({ userId }) => userId === one).map(({ treeId }) => treeId)).toEqual(trees.get(one));
});

describe('waking', () => {
  const { redis } = nodes[0];

  test('a relay hears of a fact by a job, and of one that Redis forgot by looking', async () => {
    const queue = openQueue<object>('events', redis, { tries: 1, backoff: 0 });
    const wake = createWake({ queue, random: systemRandom, log });
    const one = relay(writes('owls'));
    const connection = openBlockingRedis(stores.redisUrl, log);
    const worker = startWorker('events', connection, one.handler, { concurrency: 1, log });
    const woken = await record();
    await wake();
    await eventually(async () => (await toldTo('owls')).length === 1, 'the first');
    await worker.close();
    connection.disconnect();

    const forgotten = await record();
    await wake();
    await redis.flushdb();
    const looking = one.look(20);
    await eventually(async () => (await toldTo('owls')).length === 2, 'the second');
    await looking.close();
    expect(await toldTo('owls')).toEqual([woken, forgotten]);
    await queue.close();
  });

  test('where the queue is away, whoever recorded a fact does not hear of it', async () => {
    const gone = openRedis(stores.redisUrl, log);
    const queue = openQueue<object>('events', gone, { tries: 1, backoff: 0 });
    gone.disconnect();
    await createWake({ queue, random: systemRandom, log })();
    await queue.close();
  });

  test('a relay that closes leaves what is due to others', async () => {
    await together(5, () => record(newId()));
    const one = relay(writes('owls', { before: () => pause(20) }));
    const looking = one.look(1);
    await eventually(async () => (await told()).length > 0, 'a first');
    await looking.close();
    const done = (await told()).length;
    await pause(60);
    expect((await told()).length).toBe(done);
    await relay(writes('owls')).pass();
    expect(await told()).toHaveLength(5);
  });
});

test('how many wait, and since when, is to be seen', async () => {
  const gauges = new Map<string, () => Promise<number>>();
  watchEvents(
    createEventStore(db),
    { ...noMetrics, sharedGauge: (name, _, read) => void gauges.set(name, read) },
    clock,
  );
  const read = async () => [
    await gauges.get('events_waiting')!(),
    await gauges.get('events_oldest_seconds')!(),
  ];
  expect(await read()).toEqual([0, 0]);
  await record();
  clock.pass(seconds(40));
  await record();
  expect(await read()).toEqual([2, 40]);
});
