import { beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { days, hours, minutes, seconds } from '../../../src/kernel/clock.ts';
import { sitePathsOf } from '../../../src/web/session/site-paths.ts';
import { eventually } from '../../support/captured.ts';
import { right } from '../../support/devices.ts';
import { type TestHouse, houseOfThisFile, withAnother } from '../../support/house.ts';
import { sessionsOf } from '../../support/joining.ts';
import { whileLocked } from '../../support/locks.ts';
import { statuses, together } from '../../support/many.ts';
import { memberRoutes, routesOf } from '../../support/member-routes.ts';
import { another } from '../../support/recovering.ts';
import {
  alsoOn,
  copyOf,
  eventsOf,
  handleOfTheOther,
  isIn,
  revoke,
  revokeOthers,
  sessionsIn,
  sessionsSeenBy,
  settled,
  sidOf,
} from '../../support/security.ts';
import { encodeMultipart, filePart, multipartType, picturesOf } from '../../support/uploading.ts';
import { userAgents } from '../../support/user-agents.ts';
import { type Page, type Visitor, encodeForm, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const { formPage } = sitePathsOf(house.house);

describe('sessions list', () => {
  beforeAll(() => house.empty());

  test('a person sees where they are signed in: this device first, then the newest sign-in', async () => {
    const ann = visitor(house);
    ann.headers = { 'User-Agent': userAgents['Safari on Mac'] };
    const { username } = await ann.signUp();
    const names = Object.keys(userAgents) as (keyof typeof userAgents)[];
    for (const name of names) {
      house.clock.pass(minutes(1));
      await alsoOn(house, username, { userAgent: userAgents[name] });
    }
    const [here, ...others] = await sessionsSeenBy(ann);
    const ago = (n: number) => (n === 1 ? '1 minute ago' : n === 0 ? 'just now' : `${n} minutes ago`);
    expect(here).toEqual({
      device: 'Safari on Mac',
      isThisOne: true,
      times: `Signed in ${ago(names.length)} · Active now`,
      handle: null,
    });
    expect(others).toEqual(
      names.toReversed().map((device, n) => ({
        device,
        isThisOne: false,
        times: `Signed in ${ago(n)} · Last seen ${ago(n)}`,
        handle: expect.stringMatching(/^[\w-]{22}$/),
      })),
    );
  });

  test('seen from another of them, that one is this device', async () => {
    const ann = visitor(house);
    ann.headers = { 'User-Agent': userAgents['Firefox on Linux'] };
    const { username } = await ann.signUp();
    const phone = await alsoOn(house, username, { userAgent: userAgents['Safari on iPhone'] });
    const seen = (await sessionsSeenBy(phone)).map(({ device, isThisOne }) => [device, isThisOne]);
    expect(seen).toEqual([
      ['Safari on iPhone', true],
      ['Firefox on Linux', false],
    ]);
  });

  test('ages are rough, and a visit is noted to the minute', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const phone = await alsoOn(house, username);
    const times = async () => (await sessionsSeenBy(ann))[1]?.times;
    house.clock.pass(minutes(1) - 1);
    await phone.get('/profile');
    house.clock.pass(1);
    expect(await times()).toBe('Signed in 1 minute ago · Last seen 1 minute ago');
    await phone.get('/profile');
    expect(await times()).toBe('Signed in 1 minute ago · Last seen just now');
    house.clock.pass(hours(2) - seconds(1));
    expect(await times()).toBe('Signed in 2 hours ago · Last seen 1 hour ago');
  });

  test.each([
    ['none', undefined],
    ['nonsense', '%s %n ${jndi:ldap://evil.example} ../../etc/passwd'],
    ['markup', '<img src=x onerror=alert(1)>'],
    ['what every object has', 'constructor/1.0 (x)'],
    ['ten thousand characters', `${userAgents['Firefox on Linux']} ${'evil '.repeat(2_000)}`],
  ])('a browser that says %s of itself is an unknown device', async (_, userAgent) => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    await alsoOn(house, username, { userAgent: userAgent ?? ' ' });
    const { status, html } = await ann.get('/settings/security');
    expect([status, sessionsIn(html)[1]?.device]).toEqual([200, 'An unknown device']);
    for (const raw of ['evil.example', 'evil evil', 'onerror', 'etc/passwd', 'constructor', '<img src=x'])
      expect(html).not.toContain(raw);
  });

  test('nobody sees anybody else’s', async () => {
    const [ann, ben] = [visitor(house), visitor(house)];
    await ann.signUp();
    await ben.signUp();
    expect(await sessionsSeenBy(ann)).toHaveLength(1);
    expect(await sessionsSeenBy(ben)).toHaveLength(1);
  });

  test('the page names sessions by handles, which open nothing', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const phone = await alsoOn(house, username);
    const { html } = await ann.get('/settings/security');
    for (const who of [ann, phone]) expect(html).not.toContain(sidOf(who));
    const handle = sessionsIn(html)[1]!.handle!;
    const eve = visitor(house);
    for (const cookie of [handle, `s%3A${handle}`, phone.sessionCookie!.replace(sidOf(phone), handle)]) {
      eve.cookies.set('sid', cookie);
      expect((await eve.get('/settings/security')).redirectedTo).toBe('/login?next=%2Fsettings%2Fsecurity');
    }
  });
});

describe('sessions revoke', () => {
  beforeAll(() => house.empty());

  const kinds = async (username: string) => (await eventsOf(house, username)).map(({ kind }) => kind);
  const isKept = async (who: Visitor) => (await sessionsOf(house)).has(sidOf(who));
  /** Presses a button whose session isn't there. */
  const endNothing = async (who: Visitor, handle: string): Promise<void> => {
    expect([handle, (await revoke(who, handle)).redirectedTo]).toEqual([handle, '/settings/security']);
    expect((await who.get('/settings/security')).html).toContain('That device has already been signed out.');
  };

  test('one that is signed out by its owner is dead at its next request, and only that one', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const phone = await alsoOn(house, username);
    const page = await revoke(ann, await handleOfTheOther(ann));
    expect(page.redirectedTo).toBe('/settings/security');
    expect((await ann.get('/settings/security')).html).toContain('That device has been signed out.');
    expect(await isKept(phone)).toBe(false);
    expect((await phone.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
    expect(await isIn(ann)).toBe(true);
    expect(await sessionsSeenBy(ann)).toHaveLength(1);
  });

  test('the one with the button is ended, not one beside it', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const others: Visitor[] = [];
    for (let n = 0; n < 3; n++) {
      house.clock.pass(1);
      others.push(await alsoOn(house, username));
    }
    // Newest first, so the second button is of the second of three.
    const handle = (await sessionsSeenBy(ann))[2]!.handle!;
    await revoke(ann, handle);
    expect(await Promise.all(others.map(isIn))).toEqual([true, false, true]);
  });

  test('it is dead at every other instance as well', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    await withAnother(house, {}, async (second) => {
      const phone = await alsoOn(house, username, { at: second });
      expect(await isIn(phone)).toBe(true);
      await revoke(ann, await handleOfTheOther(ann));
      expect((await phone.get('/settings/security')).redirectedTo).toBe('/login?next=%2Fsettings%2Fsecurity');
    });
  });

  test('all others at once: this one stays, and says how many', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const others = [await alsoOn(house, username), await alsoOn(house, username, { remember: 'on' })];
    const stranger = visitor(house);
    await stranger.signUp();
    expect((await revokeOthers(ann)).redirectedTo).toBe('/settings/security');
    expect((await ann.get('/settings/security')).html).toContain('signed out everywhere else (2 places)');
    expect(await Promise.all([ann, ...others, stranger].map(isIn))).toEqual([true, false, false, true]);
    expect((await ann.get('/settings/security')).html).not.toContain('revoke-others');
  });

  test('a handle that is not of an own other session changes nothing, and all of them are answered alike', async () => {
    const [ann, ben] = [visitor(house), visitor(house)];
    const [{ username }, other] = [await ann.signUp(), await ben.signUp()];
    const phone = await alsoOn(house, username);
    const tablet = await alsoOn(house, other.username);
    const foreign = await handleOfTheOther(ben);
    const [mine] = (await sessionsSeenBy(phone)).filter(({ isThisOne }) => !isThisOne);
    const before = await kinds(username);
    // The second is of the very session that asks: signing out is another button.
    for (const handle of [foreign, mine!.handle!, sidOf(phone), sidOf(tablet), 'A'.repeat(22), '__proto__'])
      await endNothing(ann, handle);
    for (const handle of ['x'.repeat(5_000), '%00', '..%2f..', '%E0%A4%A'])
      expect([303, 400, 404]).toContain((await revoke(ann, handle)).status);
    expect(await Promise.all([ann, ben, phone, tablet].map(isIn))).toEqual([true, true, true, true]);
    expect(await kinds(username)).toEqual(before);
  });

  test('a session that has ended already is said to be so, and a button of yesterday ends nothing newer', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const phone = await alsoOn(house, username);
    const handle = await handleOfTheOther(ann);
    await phone.post('/logout');
    const again = await alsoOn(house, username);
    await endNothing(ann, handle);
    expect(await isIn(again)).toBe(true);
  });

  test('looking at the addresses ends nothing', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const phone = await alsoOn(house, username);
    const handle = await handleOfTheOther(ann);
    for (const path of [`/settings/sessions/${handle}/revoke`, '/settings/sessions/revoke-others']) {
      const page = await ann.get(path);
      expect([page.status, page.redirectedTo]).toEqual([303, '/settings/security']);
      expect((await ann.send('post', path, '_csrf=made-up')).status).toBe(403);
    }
    expect(await isIn(phone)).toBe(true);
  });
});

describe('sessions races', () => {
  beforeAll(() => house.empty());

  const right = 'lantern-tandem-42';

  /**
   * Lets `end` happen while a request of the session that it ends is in hand, at an instance that has read the session
   * and is going to save it: its last visit is so long ago that it notes this one.
   */
  const whileItIsAsked = async (
    at: TestHouse,
    phone: Visitor,
    end: () => Promise<Page>,
  ): Promise<{ slow: Page; sid: string }> => {
    const sid = sidOf(phone);
    house.clock.pass(minutes(5));
    let slow: Promise<Page> | undefined;
    // The profile's languages are read by that page only: everybody else goes on.
    await whileLocked(house, 'UserLanguage', async (waiting) => {
      slow = copyOf(at, phone).get('/profile');
      await waiting();
      expect((await end()).redirectedTo).toBe('/settings/security');
      expect((await sessionsOf(house)).has(sid)).toBe(false);
    });
    return { slow: await slow!, sid };
  };

  const isOver = async (phone: Visitor, { slow, sid }: { slow: Page; sid: string }): Promise<void> => {
    expect(slow.status).toBe(200);
    expect((await sessionsOf(house)).has(sid)).toBe(false);
    expect((await phone.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
  };

  test('a request in hand at another instance does not bring a session back that is signed out meanwhile', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const phone = await alsoOn(house, username);
    const handle = await handleOfTheOther(ann);
    await withAnother(house, {}, async (second) => {
      await isOver(phone, await whileItIsAsked(second, phone, () => revoke(ann, handle)));
    });
    expect(await isIn(ann)).toBe(true);
  });

  test('nor one that is signed out with all others', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const phone = await alsoOn(house, username);
    await ann.token();
    await isOver(phone, await whileItIsAsked(house, phone, () => revokeOthers(ann)));
  });

  test('nor one that a new password ends', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const phone = await alsoOn(house, username);
    const change = () =>
      ann.post('/settings/password', {
        currentPassword: right,
        password: another,
        passwordConfirmation: another,
      });
    await ann.token();
    const { slow, sid } = await whileItIsAsked(house, phone, change);
    expect(slow.status).toBe(303);
    expect((await sessionsOf(house)).has(sid)).toBe(false);
    expect(await isIn(phone)).toBe(false);
  });

  test('fifty presses of one button end one session and are told once; nobody sees a fault', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const phone = await alsoOn(house, username);
    const handle = await handleOfTheOther(ann);
    expect(statuses(await together(50, () => revoke(ann, handle)))).toEqual({ 303: 50 });
    expect([await isIn(phone), await isIn(ann)]).toEqual([false, true]);
    const kinds = (await eventsOf(house, username)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'session_revoked')).toHaveLength(1);
  });

  test('of two browsers that sign each other out at once, over two instances, at most one is left', async () => {
    const laptop = visitor(house);
    const { username } = await laptop.signUp();
    await withAnother(house, {}, async (second) => {
      const phone = await alsoOn(house, username, { at: second });
      await Promise.all([laptop.token(), phone.token()]);
      const pages = await Promise.all([revokeOthers(laptop), revokeOthers(phone)]);
      for (const { status } of pages) expect([303, 403]).toContain(status);
      expect([await isIn(laptop), await isIn(phone)].filter(Boolean).length).toBeLessThanOrEqual(1);
    });
  });
});

describe('sessions ended', () => {
  beforeAll(() => house.empty());

  /** How many sessions a person sees from a browser that signs in just for that. */
  const seenFromANewOne = async (username: string): Promise<number> => {
    const who = await alsoOn(house, username);
    const count = (await sessionsSeenBy(who)).length;
    await who.post('/logout');
    return count - 1;
  };
  /** How many of a person's sessions Redis still holds: its own clock does not stand in the test's hand. */
  const held = async (username: string): Promise<number> =>
    [...(await sessionsOf(house)).values()].filter((session) => session.username === username).length;

  test('a session that nobody used for a day is not listed', async () => {
    const { username } = await visitor(house).signUp();
    house.clock.pass(hours(24) - 1);
    expect(await seenFromANewOne(username)).toBe(1);
    house.clock.pass(1);
    expect([await seenFromANewOne(username), await held(username)]).toEqual([0, 1]);
  });

  test('nor is one that was used every day and is seven days old', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    for (let n = 0; n < 8; n++) {
      house.clock.pass(hours(20));
      expect(await isIn(ann)).toBe(true);
    }
    house.clock.pass(hours(8) - 1);
    expect(await seenFromANewOne(username)).toBe(1);
    house.clock.pass(1);
    expect([await seenFromANewOne(username), await held(username)]).toEqual([0, 1]);
  });

  test('one that is to be kept is listed for fourteen days without a visit', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    await ann.post('/logout');
    await alsoOn(house, username, { remember: 'on' });
    house.clock.pass(days(14) - 1);
    expect(await seenFromANewOne(username)).toBe(1);
    house.clock.pass(1);
    expect(await seenFromANewOne(username)).toBe(0);
  });

  test('nor is one of before a new password, whatever Redis still holds', async () => {
    const { username } = await visitor(house).signUp();
    await house.stores.sql(
      'UPDATE "User" SET "securityVersion" = "securityVersion" + 1 WHERE "username" = $1',
      [username],
    );
    expect([await seenFromANewOne(username), await held(username)]).toEqual([0, 1]);
  });

  test('nor one that was signed out', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    await ann.post('/logout');
    expect(await seenFromANewOne(username)).toBe(0);
  });
});

describe('old sessions', () => {
  beforeAll(() => house.empty());

  const routes = memberRoutes({ username: 'ann_lee', handle: 'A'.repeat(22) });
  const names = routes.map(({ method, route }) => `${method.toUpperCase()} ${route}`);

  test('the walk knows every route of signed-in people that there is', () => {
    const all = routesOf(house);
    expect(all).toContain('GET /login');
    const forMembers = all.filter((name) =>
      /^\w+ \/(profile|people|welcome|settings|media|chats|report|appeal|safety\/parted)\b/.test(name),
    );
    expect(names.toSorted()).toEqual(forMembers.toSorted());
  });

  test('visitors are sent to sign in from every one of them, and nothing may be kept of the answer', async () => {
    for (const { method, path } of routes) {
      const page = method === 'get' ? await visitor(house).get(path) : await visitor(house).post(path, {});
      const back = method === 'get' ? path : formPage(path)!;
      const why = method === 'get' ? '' : '&why=signed-out';
      const to = `/login?next=${encodeURIComponent(back)}${why}`;
      expect([path, page.status, page.redirectedTo]).toEqual([path, 303, to]);
      expect([path, page.header('cache-control')]).toEqual([path, 'no-store']);
    }
  });

  test('pages of signed-in people are not kept by any cache', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    for (const { method, path } of memberRoutes({ username, handle: 'A'.repeat(22) })) {
      const page = method === 'get' ? await ann.get(path) : await ann.post(path, { currentPassword: 'x' });
      expect([path, page.status < 500, page.header('cache-control')]).toEqual([path, true, 'no-store']);
    }
  });

  test.each(names)('%s ends a session of before a new password, and does nothing for it', async (name) => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const old: Visitor = await alsoOn(house, username);
    await old.token();
    await house.stores.sql(
      'UPDATE "User" SET "securityVersion" = "securityVersion" + 1 WHERE "username" = $1',
      [username],
    );
    const fresh = await alsoOn(house, username);
    const tablet = await alsoOn(house, username);
    await settled(house);
    const handle = await handleOfTheOther(fresh);
    const person = () => house.stores.sql('SELECT * FROM "User" WHERE "username" = $1', [username]);
    const before = [await person(), await eventsOf(house, username), house.outbox.messages.length];

    const { method, path, fields } = memberRoutes({ username, handle })[names.indexOf(name)]!;
    const sid = sidOf(old);
    const replay = copyOf(house, old);
    const body = encodeForm({ _csrf: await old.token(), ...fields });
    const page = method === 'get' ? await old.get(path) : await old.send('post', path, body);
    const to = `/login?next=${encodeURIComponent(method === 'get' ? path : formPage(path)!)}`;
    expect([page.status, page.redirectedTo, page.header('cache-control')]).toEqual([303, to, 'no-store']);

    await settled(house);
    expect([await person(), await eventsOf(house, username), house.outbox.messages.length]).toEqual(before);
    expect([await isIn(fresh), await isIn(tablet), await isIn(old)]).toEqual([true, true, false]);
    expect((await sessionsOf(house)).has(sid)).toBe(false);
    expect((await old.get('/login')).html).toContain('Welcome back');
    expect((await replay.get('/settings/security')).redirectedTo).toBe('/login?next=%2Fsettings%2Fsecurity');
  });

  test('who was signed out by a new password elsewhere is told so at the door', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    await house.stores.sql(
      'UPDATE "User" SET "securityVersion" = "securityVersion" + 1 WHERE "username" = $1',
      [username],
    );
    const { redirectedTo } = await ann.get('/settings/security');
    expect((await ann.get(redirectedTo!)).html).toContain('You&#39;ve been signed out. Sign in to continue.');
    expect((await ann.get('/login')).html).not.toContain('You&#39;ve been signed out.');
  });
});

describe('ended meanwhile', () => {
  beforeAll(() => house.empty());

  test('whoever signs out while a new password is being written stays signed out', async () => {
    const ann = visitor(house);
    const { username, email } = await ann.signUp();
    await ann.token();
    const slow = copyOf(house, ann);
    await slow.get('/settings/password');

    // The row is held, so that the change waits before its last step.
    const holder = new pg.Client(house.stores.databaseUrl);
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM "User" WHERE "username" = $1 FOR UPDATE', [username]);
    const next = 'meadow-trumpet-93';
    const change = slow.post('/settings/password', {
      currentPassword: right,
      password: next,
      passwordConfirmation: next,
    });
    await eventually(async () => {
      const [waits] = await house.stores.sql<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_stat_activity WHERE "wait_event_type" = 'Lock' AND "datname" = current_database()`,
      );
      return waits!.n > 0;
    }, 'the change at the lock');
    await ann.post('/logout');
    await holder.query('COMMIT');
    await holder.end();

    expect((await change).redirectedTo).toBe('/login');
    expect([await isIn(slow), await isIn(ann)]).toEqual([false, false]);
    expect((await visitor(house).signIn(email, next)).status).toBe(303);
  });

  test('a picture whose sender was signed out on its way is not kept', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const token = { name: '_csrf', content: await ann.token() };
    const body = encodeMultipart([
      token,
      filePart('photo', Buffer.alloc(100_000, 1)),
      { name: 'alt', content: '' },
    ]);
    await ann.get('/');
    const sending = request({
      port: (house.server.address() as AddressInfo).port,
      method: 'POST',
      path: '/settings/photos',
      headers: {
        Host: house.host,
        Cookie: [...ann.cookies].map((pair) => pair.join('=')).join('; '),
        'Content-Type': multipartType,
        'Content-Length': body.length,
      },
    });
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
    sending.write(body.subarray(0, 60_000));
    await pause(100);
    await ann.post('/logout');
    sending.end(body.subarray(60_000));
    const [answer] = await answered;
    answer.resume();
    expect([answer.statusCode, answer.headers.location]).toEqual([303, expect.stringMatching(/^\/login/)]);
    expect(await picturesOf(house, username)).toEqual([]);
  });
});

describe('redis flushed', () => {
  beforeAll(() => house.empty());

  const routes = memberRoutes({ username: 'ann_lee', handle: 'A'.repeat(22) });
  const names = routes.map(({ method, route }) => `${method.toUpperCase()} ${route}`);

  test.each(names)('after Redis lost everything, %s leads to the door', async (name) => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    await alsoOn(house, username);
    const handle = await handleOfTheOther(ann);
    const token = await ann.token();
    await house.stores.redis.flushdb();

    const { method, path, fields } = memberRoutes({ username, handle })[names.indexOf(name)]!;
    const page =
      method === 'get'
        ? await ann.get(path)
        : await ann.send('post', path, encodeForm({ _csrf: token, ...fields }));
    const back = method === 'get' ? path : formPage(path)!;
    const why = method === 'get' ? '' : '&why=signed-out';
    const to = `/login?next=${encodeURIComponent(back)}${why}`;
    expect([page.status, page.redirectedTo]).toEqual([303, to]);
    expect(await isIn(ann)).toBe(false);
  });

  test('a press of "Sign out" is a form like any other: its token is lost, and its person is out already', async () => {
    const ann = visitor(house);
    await ann.signUp();
    const token = await ann.token();
    await house.stores.redis.flushdb();
    expect((await ann.send('post', '/logout', encodeForm({ _csrf: token }))).status).toBe(403);
    expect(await isIn(ann)).toBe(false);
  });

  test('everybody is signed out everywhere, and comes in again, with nothing of before in the list', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const phone = await alsoOn(house, username, { remember: 'on' });
    await house.stores.redis.flushdb();
    expect([await isIn(ann), await isIn(phone)]).toEqual([false, false]);
    expect((await ann.signIn(username, 'lantern-tandem-42')).redirectedTo).toBe('/people');
    expect(await sessionsSeenBy(ann)).toHaveLength(1);
    expect(await isIn(phone)).toBe(false);
  });

  test('a list that is lost alone shows no session but signs nobody out, and fills again', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const keys = await house.stores.redis.keys('sessions-of:*');
    await house.stores.redis.del(...keys);
    expect((await ann.get('/settings/security')).status).toBe(200);
    const phone = await alsoOn(house, username);
    const devices = (await sessionsSeenBy(phone)).map(({ isThisOne }) => isThisOne);
    expect(devices).toEqual([true]);
  });
});
