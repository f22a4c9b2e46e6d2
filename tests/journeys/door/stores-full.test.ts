import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { startRedis } from '../../../bin/lib/stores/servers.mjs';
import { createLog } from '../../../src/platform/watching/log.ts';
import { schedule } from '../../../src/platform/queue/schedule.ts';
import { openBlockingRedis } from '../../../src/platform/stores/redis.ts';
import { eventually } from '../../support/captured.ts';
import { openTestHouse, portOf } from '../../support/house.ts';
import { joining, typeCode } from '../../support/joining.ts';
import { whileLocked } from '../../support/locks.ts';
import { repeatedly } from '../../support/many.ts';
import { atTheForm, expectShortBreath, readyAgain } from '../../support/outage.ts';
import { type ShakyHouse, openOnOwnPostgres, openOnOwnRedis } from '../../support/own-stores.ts';
import { newFolder, restartable } from '../../support/restartable.ts';
import { type Page, textOf, visitor } from '../../support/visitor.ts';

const log = createLog('silent');

describe('a timed job', () => {
  const EVERY = 300;
  const opened = async () => {
    const dir = newFolder('redis');
    // What is not written down is lost when it ends: it starts again empty.
    const server = await restartable((port) =>
      startRedis(port ? { dir, port, throwaway: true } : { dir, throwaway: true }),
    );
    const connection = openBlockingRedis(server.url, log);
    let runs = 0;
    const job = schedule('timed', connection, EVERY, async () => void runs++, { log });
    const runsOn = async () => {
      const before = runs;
      await eventually(() => runs > before + 2, 'three more runs');
    };
    await runsOn();
    const close = async () => {
      await job.close();
      connection.disconnect();
      await server.goAway('stop');
    };
    return { server, connection, runsOn, close };
  };

  test('comes back after all of Redis was emptied under it', async () => {
    const { connection, runsOn, close } = await opened();
    await connection.flushall();
    await runsOn();
    await connection.flushall();
    await runsOn();
    await close();
  });

  test('comes back with a Redis that starts again empty', async () => {
    const { server, connection, runsOn, close } = await opened();
    for (const how of ['kill', 'stop'] as const) {
      await server.goAway(how);
      await server.comeBack();
      await runsOn();
    }
    expect(await connection.keys('bull:{timed}:repeat*')).not.toEqual([]);
    await close();
  });

  test('keeps its moment however often it is announced, and runs once for all who announce it', async () => {
    const dir = newFolder('redis');
    const server = await startRedis({ dir, throwaway: true });
    const connections = await repeatedly(4, async () => openBlockingRedis(server.url, log));
    const began = performance.now();
    const moments: number[] = [];
    const jobs = connections.map((connection) =>
      schedule('timed', connection, 500, async () => void moments.push(performance.now()), { log }),
    );
    const announcing = setInterval(() => connections.forEach((one) => one.emit('ready')), 20);
    await eventually(() => moments.length >= 6, 'six runs');
    clearInterval(announcing);
    // The first run comes at once, the second at a multiple of the pause; all may come late, the first one too.
    expect(moments[5]! - began).toBeGreaterThan(4 * 500);
    for (const job of jobs) await job.close();
    for (const connection of connections) connection.disconnect();
    await server.stop();
  });
});

test('the cleaning of a house comes back after all of Redis was emptied under it', async () => {
  const shaky = await openOnOwnRedis({ replaced: { announcedEvery: 200 } });
  const { redis } = shaky.house.stores;
  const planned = () => redis.zcard('bull:{cleanup}:repeat');
  await eventually(async () => (await planned()) === 1, 'the cleaning');
  await redis.flushall();
  await eventually(async () => (await planned()) === 1, 'the cleaning again');
  await shaky.close();
});

describe('a Redis that answers and takes no writes', () => {
  let shaky: ShakyHouse;
  let admin: Redis;
  beforeAll(async () => {
    shaky = await openOnOwnRedis();
    admin = new Redis(shaky.house.stores.redisUrl);
  });
  const heal = async () => {
    await admin.config('SET', 'maxmemory', '0');
    await admin.replicaof('NO', 'ONE');
  };
  afterEach(heal);
  afterAll(async () => {
    admin.disconnect();
    await shaky.close();
  });

  test.each<[string, () => Promise<unknown>]>([
    ['full', () => admin.config('SET', 'maxmemory', '1')],
    ['a replica', () => admin.replicaof('127.0.0.1', '1')],
  ])(
    '(%s) is away: readiness and pages say so, no form is given out in vain, and all heals by itself',
    async (_, break_) => {
      const { house } = shaky;
      const member = visitor(house);
      const { username, password } = await member.signUp();
      await member.get('/profile');
      const waiting = await atTheForm(house);
      await break_();

      const health = await visitor(house).get('/health/ready');
      expect([health.status, health.header('retry-after')]).toEqual([503, '5']);
      const newcomer = visitor(house);
      for (const path of ['/login', '/sign-up', '/password/forgot']) {
        const page = await newcomer.get(path);
        expectShortBreath(page, path);
        expect(page.html).not.toContain('_csrf');
      }
      expect(newcomer.cookies.size).toBe(0);
      expectShortBreath(await waiting.signIn(username, password), 'signing in');
      expectShortBreath(await member.post('/logout'), 'signing out');
      // What needs nothing to be stored is there.
      expect((await visitor(house).get('/')).status).toBe(200);
      expect((await member.get('/profile')).status).toBe(200);

      await heal();
      await readyAgain(house);
      expect((await newcomer.signIn(username, password)).redirectedTo).toBe('/people');
      expect((await waiting.signIn(username, password)).redirectedTo).toBe('/people');
      expect((await member.post('/logout')).status).toBe(303);
    },
  );

  test('a member whose page gives out the first token of a new session gets it stored, or is told', async () => {
    const { house } = shaky;
    const member = visitor(house);
    const { username, password } = await member.signUp();
    const again = visitor(house);
    expect((await again.signIn(username, password)).redirectedTo).toBe('/people');
    // As the release before signed people in: without a token until a page is looked at.
    const key = `sess:${/^s%3A([\w-]+)\./.exec(again.sessionCookie!)![1]}`;
    const { csrfSecret, ...stored } = JSON.parse((await admin.get(key))!);
    expect(csrfSecret).toBeDefined();
    await admin.set(key, JSON.stringify(stored), 'KEEPTTL');
    await admin.config('SET', 'maxmemory', '1');
    expectShortBreath(await again.get('/profile'), 'the first page');
    await heal();
    expect((await again.get('/profile')).status).toBe(200);
    expect((await again.post('/logout')).status).toBe(303);
  });
});

test('who joined while the sessions went away is told that the account is there', async () => {
  const shaky = await openOnOwnRedis();
  const { house } = shaky;
  const { ann, person, code } = await joining(house);
  let pressed: Promise<Page> | undefined;
  await whileLocked(house, 'User', async (waiting) => {
    pressed = typeCode(ann, code);
    await waiting();
    await shaky.goAway('kill');
  });
  const page = await pressed!;
  expectShortBreath(page, 'the code');
  expect(textOf(page.html)).toContain("Your account is ready, but we couldn't sign you in.");
  await shaky.comeBack();
  await readyAgain(house);
  const again = visitor(house);
  expect((await again.signIn(String(person.username), String(person.password))).redirectedTo).toBe('/people');
  await shaky.close();
});

test('a Postgres that answers and takes no writes is away, until it takes them again', async () => {
  const shaky = await openOnOwnPostgres();
  const { house } = shaky;
  const set = async (value: 'on' | 'off') => {
    await house.stores.sql(`ALTER SYSTEM SET default_transaction_read_only = ${value}`);
    await house.stores.sql('SELECT pg_reload_conf()');
  };
  const machine = visitor(house, { ip: '127.0.0.1' });
  const states = async () => JSON.parse((await machine.get('/health/ready')).html) as object;
  const member = visitor(house);
  const { username, password } = await member.signUp();
  const guest = await atTheForm(house);
  expect(await states()).toMatchObject({ status: 'ok', postgres: 'ok' });
  await set('on');
  await eventually(
    async () => ((await states()) as { postgres: string }).postgres === 'down',
    'readiness to turn',
  );
  expectShortBreath(await guest.signIn(username, password), 'signing in');
  expect((await member.get('/profile')).status).toBe(200);
  await set('off');
  await readyAgain(house);
  expect((await guest.signIn(username, password)).redirectedTo).toBe('/people');
  await shaky.close();
});

test('strangers hear whether the site is ready, and not which store is away', async () => {
  const shaky = await openOnOwnRedis();
  const { house } = shaky;
  const health = async (ip: string, headers: Record<string, string> = {}) => {
    const who = visitor(house, { ip });
    who.headers = headers;
    const page = await who.get('/health/ready');
    return { status: page.status, ...(JSON.parse(page.html) as object) };
  };
  const body = { closing: false };
  expect(await health('203.0.113.9')).toEqual({ ...body, status: 'ok' });
  expect(await health('127.0.0.1')).toEqual({
    ...body,
    status: 'ok',
    postgres: 'ok',
    redis: 'ok',
    media: 'ok',
  });
  await shaky.goAway('stop');
  for (const ip of ['203.0.113.9', '10.0.0.1', '::1, 203.0.113.9', 'unknown'])
    expect(await health(ip, { Host: 'anything' })).toEqual({ ...body, status: 'unavailable' });
  expect(await health('[::1]:4711')).toMatchObject({ redis: 'down', postgres: 'ok' });
  await shaky.comeBack();
  await readyAgain(house);
  await shaky.close();
});

test('a proxy on this very machine that is not counted on makes nobody a neighbour', async () => {
  const house = await openTestHouse({ env: { TRUSTED_PROXY_HOPS: '0' } });
  const far = await visitor(house, { ip: '203.0.113.9' }).get('/health/ready');
  expect(JSON.parse(far.html)).toEqual({ status: 'ok', closing: false });
  const near = await fetch(`http://127.0.0.1:${portOf(house)}/health/ready`);
  expect(await near.json()).toMatchObject({ status: 'ok', redis: 'ok' });
  await house.close();
});
