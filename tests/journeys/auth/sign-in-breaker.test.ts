import { beforeAll, describe, expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { eventually } from '../../support/captured.ts';
import { browserWith, member, right, wrong } from '../../support/devices.ts';
import { type TestHouse, houseOfThisFile, withAnother } from '../../support/house.ts';
import { fillLimit, throttleKey } from '../../support/limits.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { type Page, type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('breaker raised', () => {
  beforeAll(() => house.empty());

  const ten = minutes(10);

  let names = 0;
  const fresh = (): string => `target_${++names}`;
  const addresses = { used: 0 };
  const freshIp = (): string => `198.51.${Math.floor(++addresses.used / 250)}.${(addresses.used % 250) + 1}`;
  const tryOn = (identifier: string, ip = freshIp(), password = wrong): Promise<Page> =>
    visitor(house, { ip }).signIn(identifier, password);
  const answer = (page: Page) => [page.status, page.header('retry-after')];
  /** So many strangers' failures of this moment, and none from before. */
  const strangersFailed = async (count: number): Promise<void> => {
    house.clock.pass(ten);
    await fillLimit(house, 'sign-in-strangers', count);
  };

  test('with 999 failures of strangers a mistake is free', async () => {
    await strangersFailed(999);
    const [name, ip] = [fresh(), freshIp()];
    expect((await tryOn(name, ip)).status).toBe(422);
    // That was the thousandth: it has begun no wait, but the next one does.
    expect((await tryOn(fresh(), ip)).status).toBe(422);
    expect(answer(await tryOn(fresh(), ip))).toEqual([429, '60']);
  });

  test('with 1,000 the second try on a name waits a minute, wherever it comes from', async () => {
    await strangersFailed(1_000);
    const { username } = await member(house);
    for (const name of [fresh(), username, 'nobody@example.com', '+4915120000009', '???']) {
      expect((await tryOn(name)).status).toBe(422);
      for (const password of [wrong, right])
        expect(answer(await tryOn(name, freshIp(), password))).toEqual([429, '60']);
    }
  });

  test('and the second try from an address waits a minute, whomever it is for', async () => {
    await strangersFailed(1_000);
    const { username } = await member(house);
    const ip = freshIp();
    expect((await tryOn(fresh(), ip)).status).toBe(422);
    for (const name of [fresh(), username]) expect(answer(await tryOn(name, ip, right))).toEqual([429, '60']);
    house.clock.pass(minutes(1) - 1);
    expect(answer(await tryOn(username, ip, right))).toEqual([429, '1']);
    house.clock.pass(1);
    expect((await tryOn(username, ip, right)).redirectedTo).toBe('/people');
  });

  test.each(['name', 'address'])(
    'the waits of one %s grow: one, five, fifteen, sixty minutes',
    async (kind) => {
      const [name, ip] = [fresh(), freshIp()];
      const again = () => (kind === 'name' ? tryOn(name) : tryOn(fresh(), ip));
      await strangersFailed(1_000);
      for (const wait of [1, 5, 15, 60, 60]) {
        expect((await again()).status).toBe(422);
        expect(answer(await again())).toEqual([429, String(wait * 60)]);
        house.clock.pass(minutes(wait) - 1);
        await fillLimit(house, 'sign-in-strangers', 1_000);
        expect(answer(await again())).toEqual([429, '1']);
        house.clock.pass(1);
      }
    },
  );

  test('whoever knows the password comes in at the first try', async () => {
    await strangersFailed(1_000);
    const { username } = await member(house);
    expect((await tryOn(username, freshIp(), right)).redirectedTo).toBe('/people');
  });

  test('known devices feel nothing, not even where strangers wait by name and by address', async () => {
    await strangersFailed(1_000);
    const { username, device } = await member(house);
    const ip = freshIp();
    await tryOn(username, ip);
    expect((await tryOn(username, ip, right)).status).toBe(429);
    const mine = (password: string) => browserWith(house, device, { ip }).signIn(username, password);
    expect(statuses(await repeatedly(4, () => mine(wrong)))).toEqual({ 422: 4 });
    expect((await mine(right)).redirectedTo).toBe('/people');
  });

  test('after ten minutes it is over by itself', async () => {
    await strangersFailed(1_000);
    house.clock.pass(ten - 1);
    const [late, early] = [fresh(), fresh()];
    expect((await tryOn(late)).status).toBe(422);
    expect(answer(await tryOn(late))).toEqual([429, '60']);
    house.clock.pass(1);
    const ip = freshIp();
    expect(statuses(await repeatedly(5, () => tryOn(early, ip)))).toEqual({ 422: 5 });
  });

  test('two instances share what was counted and what is waited for', async () => {
    await strangersFailed(1_000);
    await withAnother(house, {}, async (second) => {
      const [name, ip] = [fresh(), freshIp()];
      expect((await visitor(second, { ip }).signIn(name, wrong)).status).toBe(422);
      expect(answer(await tryOn(name))).toEqual([429, '60']);
      expect(answer(await tryOn(fresh(), ip))).toEqual([429, '60']);
    });
  });
});

describe('breaker places', () => {
  beforeAll(() => house.empty());

  const { redis } = house.stores;
  const counted = (): Promise<number> => redis.zcard('limit:sign-in-strangers');
  const strangersFailed = async (count: number): Promise<void> => {
    house.clock.pass(minutes(10));
    await redis.del('limit:sign-in-strangers');
    await fillLimit(house, 'sign-in-strangers', count);
  };
  /** So many browsers that hold a form, each in a network of its own unless told otherwise. */
  const browsers = (count: number, ip?: string, at = house): Promise<Visitor[]> =>
    together(count, async () => {
      const who = visitor(at, ip ? { ip } : {});
      await who.token();
      return who;
    });

  test('a stranger’s mistake takes a place, a success gives it back, and a known device never had one', async () => {
    await strangersFailed(10);
    const { username, device } = await member(house);
    await visitor(house).signIn(username, right);
    expect(await counted()).toBe(10);
    await visitor(house).signIn(username, wrong);
    expect(await counted()).toBe(11);
    await browserWith(house, device).signIn(username, wrong);
    await browserWith(house, device).signIn(username, right);
    expect(await counted()).toBe(11);
  });

  test('a try that a wait refused takes no place', async () => {
    await strangersFailed(10);
    const name = 'much_tried';
    for (let n = 0; n < 8; n++) await visitor(house).signIn(name, wrong);
    expect(await counted()).toBe(15);
  });

  test('nor does one that found the hash queue full', async () => {
    await strangersFailed(1_000);
    const full = { replaced: { hashQueue: { concurrency: 0, waiting: 0 } } };
    const ip = '198.51.100.7';
    await withAnother(house, full, async (crowded) => {
      for (let n = 0; n < 3; n++)
        expect((await visitor(crowded, { ip }).signIn('patient', right)).status).toBe(503);
    });
    expect((await visitor(house, { ip }).signIn('patient', wrong)).status).toBe(422);
    expect(await redis.hget(throttleKey('username:patient'), 'failures')).toBe('1');
  });

  test('while it is raised, a success frees its address as well', async () => {
    await strangersFailed(1_000);
    const { username } = await member(house);
    const ip = '198.51.100.8';
    for (let n = 0; n < 3; n++)
      expect((await visitor(house, { ip }).signIn(username, right)).redirectedTo).toBe('/people');
    expect((await visitor(house, { ip }).signIn('somebody_else', wrong)).status).toBe(422);
  });

  test('of fifty at once, over two instances, it counts no more than its thousand', async () => {
    await strangersFailed(980);
    await withAnother(house, {}, async (second) => {
      const crowd = [...(await browsers(25)), ...(await browsers(25, undefined, second))];
      const pages = await Promise.all(crowd.map((who, n) => who.signIn(`crowd_${n}`, wrong)));
      expect(statuses(pages)).toEqual({ 422: 50 });
    });
    expect(await counted()).toBe(1_000);
  });

  test('of fifty at once on one name, one is looked at, and the others’ addresses do not wait for it', async () => {
    await strangersFailed(1_000);
    const crowd = await browsers(50);
    const pages = await Promise.all(crowd.map((who) => who.signIn('one_target', wrong)));
    expect(statuses(pages)).toEqual({ 422: 1, 429: 49 });
    const refused = crowd.filter((_, n) => pages[n]!.status === 429).slice(0, 5);
    const later = await Promise.all(refused.map((who, n) => who.signIn(`elsewhere_${n}`, wrong)));
    expect(statuses(later)).toEqual({ 422: 5 });
  });

  test('of fifty at once from one address, one is looked at, and the others’ names do not wait for it', async () => {
    await strangersFailed(1_000);
    const ip = '198.51.100.9';
    const crowd = await browsers(50, ip);
    const pages = await Promise.all(crowd.map((who, n) => who.signIn(`of_many_${n}`, wrong)));
    expect(statuses(pages)).toEqual({ 422: 1, 429: 49 });
    expect(await redis.zcard(`limit:failed-sign-ins:${ip}`)).toBe(1);
    const spared = pages.flatMap((page, n) => (page.status === 429 ? [`of_many_${n}`] : [])).slice(0, 5);
    const later = await Promise.all(spared.map((name) => visitor(house).signIn(name, wrong)));
    expect(statuses(later)).toEqual({ 422: 5 });
  });
});

describe('breaker crowd', () => {
  let username: string;
  beforeAll(async () => {
    await house.empty();
    ({ username } = await member.signUp());
  });

  const member = visitor(house);
  const crowd = (at: TestHouse): Promise<Visitor[]> =>
    together(200, async () => {
      const who = visitor(at);
      await who.token();
      return who;
    });
  /** What has nothing to do with passwords answers as ever. */
  const othersAreServed = async (at: TestHouse): Promise<void> => {
    for (let n = 0; n < 5; n++) {
      expect((await visitor(at).get('/health/live')).status).toBe(200);
      expect((await member.at(at).get('/profile')).status).toBe(200);
    }
  };

  test('two hundred sign-ins at once are looked at or told when to come back, and all other pages are served', async () => {
    await withAnother(house, { replaced: { hashQueue: { concurrency: 2, waiting: 10 } } }, async (busy) => {
      const visitors = await crowd(busy);
      const answers = Promise.all(
        visitors.map((who, n) => who.signIn(n === 0 ? username : `crowd_${n}`, wrong)),
      );
      await othersAreServed(busy);
      const pages = await answers;
      const { 422: looked = 0, 503: turnedAway = 0, ...others } = statuses(pages);
      expect([others, looked + turnedAway]).toEqual([{}, 200]);
      expect(looked).toBeGreaterThanOrEqual(12);
      expect(turnedAway).toBeGreaterThan(0);
      for (const page of pages.filter(({ status }) => status === 503))
        expect(Number(page.header('retry-after'))).toBeGreaterThan(0);
      // The queue is empty again: nothing of the crowd is left in it.
      expect((await visitor(busy).signIn(username, right)).redirectedTo).toBe('/people');
    });
  });

  test('no more wait for a hash than the queue has places', async () => {
    // Nobody is ever served here, so who has a place in the line stays in it. What the crowd before counted is over.
    house.clock.pass(minutes(10));
    await withAnother(house, { replaced: { hashQueue: { concurrency: 0, waiting: 12 } } }, async (stuck) => {
      const visitors = await crowd(stuck);
      const pages: Page[] = [];
      for (const [n, who] of visitors.entries())
        void who.signIn(`line_${n}`, wrong).then(
          (page) => pages.push(page),
          () => {},
        );
      // Who waits for a hash holds a place among the site's failures; who is turned away holds none.
      const held = () => house.stores.redis.zcard('limit:sign-in-strangers');
      await eventually(async () => pages.length >= 188 && (await held()) === 12, '188 answers');
      await othersAreServed(stuck);
      expect([statuses(pages), await held()]).toEqual([{ 503: 188 }, 12]);
    });
  });

  test('so it is in a house as it is built', async () => {
    const visitors = await crowd(house);
    const answers = Promise.all(visitors.map((who, n) => who.signIn(`town_${n}`, wrong)));
    await othersAreServed(house);
    const pages = await answers;
    const { 422: looked = 0, 503: turnedAway = 0, ...others } = statuses(pages);
    expect([others, looked + turnedAway]).toEqual([{}, 200]);
  });
});
