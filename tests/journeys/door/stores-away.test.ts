import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { eventually } from '../../support/captured.ts';
import { clean } from '../../support/cleaning.ts';
import { right } from '../../support/devices.ts';
import { type Gate, openGate } from '../../support/gate.ts';
import { type TestHouse, openTestHouse, withAnother } from '../../support/house.ts';
import { typeCode } from '../../support/joining.ts';
import {
  atTheForm,
  countsIn,
  expectShortBreath,
  expectStillFull,
  expectToGoOn,
  gatherCrowd,
  nextFailedJob,
  readyAgain,
} from '../../support/outage.ts';
import { type ShakyHouse, openOnOwnPostgres, openOnOwnRedis } from '../../support/own-stores.ts';
import { rushThrough } from '../../support/rush.ts';
import { settled } from '../../support/security.ts';
import { type TestStores, createTestStores } from '../../support/stores.ts';
import { type Page, visitor } from '../../support/visitor.ts';

describe('stores away', () => {
  let stores: TestStores;
  let gates: { postgres: Gate; redis: Gate };
  let house: TestHouse;

  beforeAll(async () => {
    stores = await createTestStores();
    gates = { postgres: await openGate(stores.databaseUrl), redis: await openGate(stores.redisUrl) };
    house = await openTestHouse({
      stores: { ...stores, databaseUrl: gates.postgres.url, redisUrl: gates.redis.url },
    });
  });
  afterAll(async () => {
    await house.close();
    await gates.postgres.close();
    await gates.redis.close();
    await stores.drop();
  });

  const isShortBreath = (page: Page) => {
    expect(page.status).toBe(503);
    expect(page.header('retry-after')).toMatch(/^\d+$/);
    expect(page.html).not.toMatch(/ECONN|Prisma|ioredis|at \w+ \(/);
  };
  const readyAgain = () =>
    eventually(async () => (await visitor(house).get('/health/ready')).status === 200, 'ready');

  for (const [name, other] of [
    ['postgres', 'redis'],
    ['redis', 'postgres'],
  ] as const) {
    for (const way of ['cut', 'hold'] as const) {
      test(`${name} away (${way}): nobody gets in, the page says so, and service returns by itself`, async () => {
        const member = visitor(house);
        const { username, password } = await member.signUp();
        const joining = visitor(house);
        const { person } = await joining.startSignUp();
        const code = await house.outbox.nextCode(String(person.email));
        const stranger = visitor(house);
        await stranger.token();

        gates[name][way]();
        const [health, ...turnedAway] = await Promise.all([
          visitor(house, { ip: '127.0.0.1' }).get('/health/ready'),
          member.get('/profile'),
          joining.post('/sign-up/code', { code }),
          stranger.signIn(username, password),
        ]);
        turnedAway.forEach(isShortBreath);
        expect(health.status).toBe(503);
        expect(JSON.parse(health.html)).toMatchObject({ [name]: 'down', [other]: 'ok' });
        expect((await stranger.get('/health/live')).status).toBe(200);

        gates[name].open();
        await readyAgain();
        expect((await member.get('/profile')).status).toBe(200);
        const welcome = await eventually(async () => {
          const page = await joining.post('/sign-up/code', { code });
          return page.status === 503 ? null : page;
        }, 'the code page');
        expect(welcome.redirectedTo).toBe('/welcome');
        expect((await stranger.signIn(username, password)).redirectedTo).toBe('/people');
      });
    }
  }

  test('a sign-up that could not be remembered sends no code', async () => {
    const ann = visitor(house);
    await ann.token();
    gates.redis.cut();
    const { page, person } = await ann.startSignUp();
    isShortBreath(page);
    gates.redis.open();
    await readyAgain();
    expect(house.outbox.to(String(person.email))).toHaveLength(0);
  });
});

describe('postgres', () => {
  let shaky: ShakyHouse;
  beforeAll(async () => {
    shaky = await openOnOwnPostgres();
  });
  // Where a test failed, the next one finds the store there.
  afterEach(() => shaky.comeBack());
  afterAll(() => shaky.close());

  test.each(['stop', 'kill'] as const)(
    'Postgres goes away (%s) and comes back: nobody got in, nothing that was counted is lost, everybody goes on',
    async (how) => {
      const { house } = shaky;
      const crowd = await gatherCrowd(house);
      const before = await countsIn(house);
      await shaky.goAway(how);
      for (const [step, { act }] of Object.entries(crowd.steps)) expectShortBreath(await act(), step);
      expectShortBreath(await crowd.member.get('/profile'), 'a page of a member');

      await shaky.comeBack();
      await readyAgain(house);
      expect(await countsIn(house)).toEqual(before);
      await expectToGoOn(house, crowd);
      await expectStillFull(house, crowd.full);
    },
  );

  test('Postgres is killed in the middle of a rush: nobody sees a fault of ours, and everybody gets in once', () =>
    rushThrough(shaky.house, async () => {
      await shaky.goAway('kill');
      await shaky.comeBack();
      await readyAgain(shaky.house);
    }));
});

describe('postgres messages', () => {
  let shaky: ShakyHouse;
  beforeAll(async () => {
    // Jobs wait until a test opens a second house, which works on them.
    shaky = await openOnOwnPostgres({
      jobs: false,
      replaced: { retry: { tries: 10, backoff: 100 } },
    });
  });
  // Where a test failed, the next one finds the store there.
  afterEach(() => shaky.comeBack());
  afterAll(() => shaky.close());
  const lastTry = { replaced: { retry: { tries: 1, backoff: 10 } } };

  /** The worker finds no database at first; afterwards it goes on with `work`. */
  const workWithoutDatabase = (work: () => Promise<void>): Promise<void> => {
    const failed = nextFailedJob(shaky.house);
    return withAnother(shaky.house, { jobs: true }, async () => {
      await failed();
      await shaky.comeBack();
      await readyAgain(shaky.house);
      await work();
    });
  };

  test('a code whose worker finds no database leaves when it is back', async () => {
    const { house } = shaky;
    const ann = await atTheForm(house);
    const { person } = await ann.startSignUp();
    await shaky.goAway('stop');
    await workWithoutDatabase(async () => {
      const code = await house.outbox.nextCode(String(person.email));
      expect((await typeCode(ann, code)).redirectedTo).toBe('/welcome');
    });
  });

  test('a code that was given up while the database was away leaves after all, or its page says that it did not', () =>
    withAnother(shaky.house, lastTry, async (hasty) => {
      const ann = await atTheForm(hasty);
      await ann.startSignUp();
      await shaky.goAway('kill');
      await workWithoutDatabase(async () => {
        const truth = /Your email has been sent|That&#39;s our fault, not your address/;
        await eventually(async () => truth.test((await ann.get('/sign-up/code')).html), 'the truth');
      });
    }));

  test('news of a new device that was given up while the database was away goes out with the next cleaning', async () => {
    const { house } = shaky;
    const member = await withAnother(house, { jobs: true }, async () => {
      const joined = await visitor(house).join();
      await settled(house);
      return joined;
    });
    await withAnother(house, lastTry, async (hasty) => {
      expect((await visitor(hasty).signIn(member.username, right)).redirectedTo).toBe('/people');
    });
    await shaky.goAway('stop');
    await workWithoutDatabase(async () => {
      house.clock.pass(minutes(10));
      await clean(house);
      await settled(house);
      expect(house.outbox.to(member.email).map(({ subject }) => subject)).toEqual([
        expect.stringContaining('code'),
        expect.stringContaining('new device'),
      ]);
    });
  });
});

describe('redis', () => {
  let shaky: ShakyHouse;
  beforeAll(async () => {
    shaky = await openOnOwnRedis({ replaced: { retry: { tries: 10, backoff: 100 } } });
  });
  // Where a test failed, the next one finds the store there.
  afterEach(() => shaky.comeBack());
  afterAll(() => shaky.close());

  test.each(['stop', 'kill'] as const)(
    'Redis goes away (%s) and comes back: nobody got in, nothing that was counted is lost, everybody goes on',
    async (how) => {
      const { house } = shaky;
      const crowd = await gatherCrowd(house);
      const before = await countsIn(house);
      await shaky.goAway(how);
      for (const [step, { act }] of Object.entries(crowd.steps)) expectShortBreath(await act(), step);
      expectShortBreath(await crowd.member.get('/profile'), 'a page of a member');

      await shaky.comeBack();
      await readyAgain(house);
      expect(await countsIn(house)).toEqual(before);
      await expectToGoOn(house, crowd);
      await expectStillFull(house, crowd.full);
    },
  );

  test('Redis is killed in the middle of a rush: nobody sees a fault of ours, and everybody gets in once', () =>
    rushThrough(shaky.house, async () => {
      await shaky.goAway('kill');
      await shaky.comeBack();
      await readyAgain(shaky.house);
    }));

  test('a code that waits in the queue outlives a Redis that is killed', async () => {
    const { house } = shaky;
    house.outbox.failure = () => new Error('421 try later');
    const failed = nextFailedJob(house);
    const ann = await atTheForm(house);
    const { person } = await ann.startSignUp();
    await failed();
    await shaky.goAway('kill');
    house.outbox.failure = null;
    await shaky.comeBack();
    const code = await house.outbox.nextCode(String(person.email));
    await readyAgain(house);
    expect((await typeCode(ann, code)).redirectedTo).toBe('/welcome');
  });
});
