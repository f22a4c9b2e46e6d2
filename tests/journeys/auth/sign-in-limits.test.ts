import { beforeAll, describe, expect, test } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import { hours, minutes, seconds } from '../../../src/kernel/clock.ts';
import { type TestHouse, houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, newMobile } from '../../support/joining.ts';
import { throttleKey } from '../../support/limits.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { type Page, type Visitor, newPerson, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('network', () => {
  beforeAll(() => house.empty());

  const right = 'lantern-tandem-42';
  const wrong = 'lantern-tandem-43';

  let names = 0;
  /** Each try is for somebody else. */
  const tryFrom = (ip: string, name = `stranger_${++names}`, password = wrong): Promise<Page> =>
    visitor(house, { ip }).signIn(name, password);

  test('a network has thirty wrong passwords in ten minutes, for whomever', async () => {
    const ip = '203.0.113.20';
    expect(statuses(await repeatedly(30, () => tryFrom(ip)))).toEqual({ 422: 30 });
    const refused = await tryFrom(ip);
    expect([refused.status, refused.header('retry-after')]).toEqual([429, '600']);
    expect((await tryFrom('203.0.113.21')).status).toBe(422);
    house.clock.pass(minutes(10) - 1);
    expect((await tryFrom(ip)).header('retry-after')).toBe('1');
    house.clock.pass(1);
    expect((await tryFrom(ip)).status).toBe(422);
  });

  test('of fifty at once, thirty are looked at', async () => {
    const ip = '203.0.113.30';
    const visitors = await together(50, async () => {
      const who = visitor(house, { ip });
      await who.token();
      return who;
    });
    const pages = await Promise.all(visitors.map((who, n) => who.signIn(`someone_${n}`, wrong)));
    expect(statuses(pages)).toEqual({ 422: 30, 429: 20 });
  });

  test('a success counts nothing, and forgives the network nothing', async () => {
    const ip = '203.0.113.40';
    const { username } = await visitor(house).signUp();
    await repeatedly(29, () => tryFrom(ip));
    for (let n = 0; n < 3; n++) expect((await tryFrom(ip, username, right)).redirectedTo).toBe('/people');
    expect((await tryFrom(ip)).status).toBe(422);
    expect((await tryFrom(ip, username, right)).status).toBe(429);
  });

  test('a try that one identifier’s wait refused is not counted against the network', async () => {
    const ip = '203.0.113.50';
    await repeatedly(5, () => tryFrom(ip, 'one_name'));
    expect(statuses(await repeatedly(10, () => tryFrom(ip, 'one_name')))).toEqual({ 429: 10 });
    expect(await house.stores.redis.zcard(`limit:failed-sign-ins:${ip}`)).toBe(5);
  });

  test('a whole /64 of IPv6 is one network', async () => {
    const pages = await repeatedly(31, (n) => tryFrom(`2001:db8:1:2:${n + 1}::${n + 1}`));
    expect(statuses(pages)).toEqual({ 422: 30, 429: 1 });
    expect((await tryFrom('2001:db8:1:3::1')).status).toBe(422);
  });
});

describe('throttle', () => {
  beforeAll(() => house.empty());

  const right = 'lantern-tandem-42';
  const wrong = 'lantern-tandem-43';
  /** Each try comes from another session and another network. */
  const tryOn = (identifier: string, password = wrong): Promise<Page> =>
    visitor(house).signIn(identifier, password);

  test('five wrong passwords are free, then the waits are one, five, fifteen and sixty minutes', async () => {
    const { username } = await visitor(house).signUp();
    expect(statuses(await repeatedly(5, () => tryOn(username)))).toEqual({ 422: 5 });
    for (const wait of [1, 5, 15, 60, 60]) {
      const refused = await tryOn(username, right);
      expect([refused.status, refused.header('retry-after')]).toEqual([429, String(wait * 60)]);
      house.clock.pass(minutes(wait) - 1);
      const early = await tryOn(username, right);
      expect([early.status, early.header('retry-after')]).toEqual([429, '1']);
      house.clock.pass(1);
      expect((await tryOn(username)).status).toBe(422);
    }
  });

  test('the page says how long to wait, and the right password works after it', async () => {
    const { username } = await visitor(house).signUp();
    await repeatedly(5, () => tryOn(username));
    const page = await tryOn(username, right);
    expect(page.html).toContain('Too many tries. Please wait 1 minute, then try again.');
    house.clock.pass(minutes(1));
    expect((await tryOn(username, right)).redirectedTo).toBe('/people');
  });

  test('tries that are refused do not lengthen the wait', async () => {
    const { username } = await visitor(house).signUp();
    await repeatedly(5, () => tryOn(username));
    await repeatedly(20, () => tryOn(username));
    house.clock.pass(minutes(1));
    expect((await tryOn(username, right)).redirectedTo).toBe('/people');
  });

  test('of fifty wrong passwords at once exactly five are looked at', async () => {
    const { username } = await visitor(house).signUp();
    const visitors = await together(50, async () => {
      const who = visitor(house);
      await who.token();
      return who;
    });
    const pages = await Promise.all(visitors.map((who) => who.signIn(username, wrong)));
    expect(statuses(pages)).toEqual({ 422: 5, 429: 45 });
    expect(await house.stores.redis.hget(throttleKey(`username:${username}`), 'failures')).toBe('5');
  });

  test('somebody unknown is throttled just the same', async () => {
    const pages = await repeatedly(7, () => tryOn('nobody_at_all'));
    expect(pages.map((page) => page.status)).toEqual([422, 422, 422, 422, 422, 429, 429]);
  });

  test('the throttle is the same at another instance and in another session', async () => {
    const { username } = await visitor(house).signUp();
    await repeatedly(5, () => tryOn(username));
    await withAnother(house, {}, async (second) => {
      expect((await visitor(second).signIn(username, right)).status).toBe(429);
    });
  });

  test('a success clears what was counted', async () => {
    const { username } = await visitor(house).signUp();
    await repeatedly(4, () => tryOn(username));
    expect((await tryOn(username, right)).redirectedTo).toBe('/people');
    expect(statuses(await repeatedly(5, () => tryOn(username)))).toEqual({ 422: 5 });
    expect((await tryOn(username)).status).toBe(429);
  });

  test('numbers that end alike share one count, and who has one of them does not clear the guesses for another', async () => {
    const [owner, thief] = ['+4915123456789', '+436603456789'];
    for (const mobile of [owner, thief]) await visitor(house).signUp(byMobile(mobile));
    await repeatedly(4, () => tryOn(owner));
    for (let n = 0; n < 3; n++) expect((await tryOn(thief, right)).redirectedTo).toBe('/people');
    expect(statuses(await repeatedly(2, () => tryOn(owner)))).toEqual({ 422: 1, 429: 1 });
  });

  test('failures are forgotten after a day without any', async () => {
    const { username } = await visitor(house).signUp();
    await repeatedly(4, () => tryOn(username));
    house.clock.pass(hours(24));
    expect(statuses(await repeatedly(5, () => tryOn(username)))).toEqual({ 422: 5 });
  });

  test('spellings of one identifier share one count', async () => {
    const { username, email } = await visitor(house).signUp();
    for (const [plain, other] of [
      [username, username.toUpperCase()],
      [email, email.toUpperCase()],
    ] as const) {
      await repeatedly(3, () => tryOn(plain));
      await repeatedly(2, () => tryOn(` ${other} `));
      expect((await tryOn(plain)).status).toBe(429);
    }
  });

  test('spellings of one number share one count, with its country and without', async () => {
    const mobile = newMobile();
    await visitor(house).signUp(byMobile(mobile));
    const national = mobile.slice(3);
    for (const spelling of [mobile, `0049${national}`, `0${national}`, `+49-${national}`, national])
      expect((await tryOn(spelling)).status).toBe(422);
    for (const spelling of [mobile, national, `(0${national.slice(0, 4)}) ${national.slice(4)}`])
      expect((await tryOn(spelling)).status).toBe(429);
  });

  test('one identifier’s failures are not another’s', async () => {
    const [ann, bob] = [await visitor(house).signUp(), await visitor(house).signUp()];
    await repeatedly(6, () => tryOn(ann.username));
    house.clock.pass(seconds(1));
    expect((await tryOn(bob.username, right)).redirectedTo).toBe('/people');
  });
});

describe('hashing', () => {
  beforeAll(() => house.empty());

  const narrow = { replaced: { hashQueue: { concurrency: 1, waiting: 1 } } };
  const closed = { replaced: { hashQueue: { concurrency: 0, waiting: 0 } } };

  const ready = (at: TestHouse, count: number): Promise<Visitor[]> =>
    together(count, async () => {
      const who = visitor(at);
      await who.token();
      return who;
    });

  test('when too many sign in at once, those beyond the queue hear 503 and when to come back', async () => {
    await withAnother(house, narrow, async (busy) => {
      const visitors = await ready(busy, 20);
      const pages = await Promise.all(visitors.map((who, n) => who.signIn(`crowd_${n}`, 'wrong-password')));
      const counts = statuses(pages);
      expect(Object.keys(counts).sort()).toEqual(['422', '503']);
      expect(counts['422']).toBeGreaterThanOrEqual(2);
      const turnedAway = pages.find((page) => page.status === 503);
      expect(Number(turnedAway?.header('retry-after'))).toBeGreaterThan(0);
      expect(turnedAway?.html).toContain('A lot of people are signing in right now.');
    });
  });

  test('being turned away costs neither the identifier nor the network an attempt', async () => {
    await withAnother(house, closed, async (full) => {
      const who = visitor(full, { ip: '203.0.113.60' });
      for (let n = 0; n < 8; n++)
        expect((await who.signIn('patient_one', 'whatever-it-is')).status).toBe(503);
    });
    const counted = await house.stores.redis.hget(throttleKey('username:patient_one'), 'failures');
    expect(Number(counted ?? 0)).toBe(0);
    expect(await house.stores.redis.zcard('limit:failed-sign-ins:203.0.113.60')).toBe(0);
  });

  test('a full queue leaves every other page quick, and sign-up says the same', async () => {
    await withAnother(house, closed, async (full) => {
      const who = visitor(full);
      expect((await who.get('/')).status).toBe(200);
      expect((await who.get('/sign-up')).status).toBe(200);
      const person = newPerson();
      const page = await who.post('/sign-up', person);
      expect([page.status, Number(page.header('retry-after')) > 0]).toEqual([503, true]);
      // The same form goes through where there is room.
      expect((await who.at(house).post('/sign-up', person)).redirectedTo).toBe('/sign-up/code');
    });
  });

  test('a form that 503 turned away has sent nothing and used up nothing', async () => {
    await withAnother(house, closed, async (full) => {
      const who = visitor(full, { ip: '203.0.113.61' });
      const person = newPerson();
      await who.post('/sign-up', person);
      const rows = await house.stores.sql('SELECT FROM "RegistrationOtp" WHERE "destination" = $1', [
        person.email,
      ]);
      expect(rows).toHaveLength(0);
      expect(await house.stores.redis.zcard('limit:sends:203.0.113.61')).toBe(0);
    });
  });

  test('an unknown identifier stands in line for a hash as a known one does', async () => {
    const { username } = await visitor(house).signUp();
    await withAnother(house, closed, async (full) => {
      for (const identifier of [username, 'nobody_knows_me', 'nobody@example.com', '+4915120000001', '???'])
        expect((await visitor(full).signIn(identifier, 'x')).status).toBe(503);
    });
  });

  test('a hash with outdated parameters is replaced at the next sign-in, and only then', async () => {
    const { username, password } = await visitor(house).signUp();
    const stored = async () =>
      (await house.stores.sql('SELECT "passwordHash" FROM "User" WHERE "username" = $1', [username]))[0]!
        .passwordHash as string;
    const today = await stored();
    await visitor(house).signIn(username, password);
    expect(await stored()).toBe(today);

    const weaker = await hash(password, { algorithm: 2, memoryCost: 4_096, timeCost: 1, parallelism: 1 });
    await house.stores.sql('UPDATE "User" SET "passwordHash" = $2 WHERE "username" = $1', [username, weaker]);
    expect((await visitor(house).signIn(username, 'wrong-password')).status).toBe(422);
    expect(await stored()).toBe(weaker);
    expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/people');
    expect(await stored()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/people');
  });

  test('a password beyond 512 bytes is wrong, whoever it is for', async () => {
    const { username } = await visitor(house).signUp();
    const page = await visitor(house).signIn(username, 'lantern-tandem-42'.padEnd(513, ' '));
    expect(page.status).toBe(422);
  });
});
