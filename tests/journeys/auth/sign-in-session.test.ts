import { beforeAll, describe, expect, test } from '@jest/globals';
import { days, hours, minutes } from '../../../src/kernel/clock.ts';
import { type TestHouse, houseOfThisFile } from '../../support/house.ts';
import { joining, sessionsOf, typeCode } from '../../support/joining.ts';
import { whileLocked } from '../../support/locks.ts';
import { copyOf, isIn, sidOf } from '../../support/security.ts';
import { type Page, type Visitor, encodeForm, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('session id', () => {
  beforeAll(() => house.empty());

  test('joining changes the session’s id, and the old one opens nothing', async () => {
    const { ann, code } = await joining(house);
    const before = copyOf(house, ann);
    await typeCode(ann, code);
    expect(ann.sessionCookie).not.toBe(before.sessionCookie);
    expect((await before.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
    expect((await sessionsOf(house)).has(sidOf(before))).toBe(false);
    expect((await sessionsOf(house)).has(sidOf(ann))).toBe(true);
  });

  test('so does signing in', async () => {
    const { username, password } = await visitor(house).signUp();
    const ann = visitor(house);
    await ann.token();
    const before = copyOf(house, ann);
    await ann.signIn(username, password);
    expect(ann.sessionCookie).not.toBe(before.sessionCookie);
    expect((await before.get('/profile')).status).toBe(303);
    expect((await ann.get('/profile')).status).toBe(200);
  });

  test('signing out leaves nothing behind: the cookie is taken back and the old id is dead', async () => {
    const ann = visitor(house);
    await ann.signUp();
    const before = copyOf(house, ann);
    const page = await ann.post('/logout');
    expect([page.redirectedTo, page.header('cache-control')]).toEqual(['/login', 'no-store']);
    expect(ann.sessionCookie).toBeUndefined();
    expect((await sessionsOf(house)).has(sidOf(before))).toBe(false);
    expect((await before.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
    expect((await ann.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
  });

  test('an id that somebody planted is never adopted', async () => {
    const { username, password } = await visitor(house).signUp();
    for (const planted of [
      's:planted-id-planted-id-planted-id.forged',
      'planted',
      's:.x',
      '%00',
      's%3Aplanted',
    ]) {
      const ann = visitor(house);
      ann.cookies.set('sid', encodeURIComponent(planted));
      await ann.get('/login');
      const given = ann.sessionCookie;
      expect(given).not.toContain('planted');
      await ann.signIn(username, password);
      expect(ann.sessionCookie).not.toBe(given);
      expect((await ann.get('/profile')).status).toBe(200);
    }
    expect([...(await sessionsOf(house)).keys()].join()).not.toContain('planted');
  });

  test('an id that was real and has ended is not adopted either', async () => {
    const ann = visitor(house);
    const { username, password } = await ann.signUp();
    const old = ann.sessionCookie!;
    await ann.post('/logout');
    const bob = visitor(house);
    bob.cookies.set('sid', old);
    await bob.get('/login');
    expect(bob.sessionCookie).not.toBe(old);
    await bob.signIn(username, password);
    expect(bob.sessionCookie).not.toBe(old);
  });

  test('the form token of before is dead after every change of rights', async () => {
    const ann = visitor(house);
    const early = await ann.token();
    const { username, password } = await ann.signUp();
    const post = (path: string, _csrf: string) => ann.send('post', path, encodeForm({ _csrf }));
    expect((await post('/logout', early)).status).toBe(403);
    expect((await ann.get('/profile')).status).toBe(200);

    const signedIn = await ann.token();
    await ann.post('/logout');
    const stale = await ann.send(
      'post',
      '/login',
      encodeForm({ _csrf: signedIn, identifier: username, password }),
    );
    expect(stale.status).toBe(403);

    const fresh = await ann.token();
    await ann.signIn(username, password);
    expect((await post('/logout', fresh)).status).toBe(403);
  });

  test('two browsers of one person are two sessions, and one signing out leaves the other', async () => {
    const ann = visitor(house);
    const { username, password } = await ann.signUp();
    const phone = visitor(house);
    await phone.signIn(username, password);
    await phone.post('/logout');
    expect((await ann.get('/profile')).status).toBe(200);
  });

  test('a session of a person who is gone ends at its next page', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const before = sidOf(ann);
    await house.stores.sql('DELETE FROM "User" WHERE "username" = $1', [username]);
    expect((await ann.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
    expect((await sessionsOf(house)).has(before)).toBe(false);
    expect((await ann.get('/login')).status).toBe(200);
  });
});

describe('session life', () => {
  beforeAll(() => house.empty());

  const signedIn = async (remember = false): Promise<Visitor> => {
    const { username, password } = await visitor(house).signUp();
    const who = visitor(house);
    await who.signIn(username, password, remember ? { remember: 'on' } : {});
    return who;
  };
  /** Comes back so often that only the absolute limit can end the session. */
  const comeBack = async (who: Visitor, every: number, times: number): Promise<void> => {
    for (let n = 0; n < times; n++) {
      house.clock.pass(every);
      expect({ visit: n, in: await isIn(who) }).toEqual({ visit: n, in: true });
    }
  };

  test('a day without a visit ends a session', async () => {
    const [kept, lost] = [await signedIn(), await signedIn()];
    house.clock.pass(hours(24) - 1);
    expect(await isIn(kept)).toBe(true);
    house.clock.pass(1);
    expect(await isIn(lost)).toBe(false);
  });

  test('seven days end it, however often one comes back', async () => {
    const ann = await signedIn();
    await comeBack(ann, hours(20), 8);
    house.clock.pass(hours(8) - 1);
    expect(await isIn(ann)).toBe(true);
    house.clock.pass(1);
    expect(await isIn(ann)).toBe(false);
  });

  test('"keep me signed in" lasts fourteen days without a visit', async () => {
    const [kept, lost] = [await signedIn(true), await signedIn(true)];
    house.clock.pass(days(14) - 1);
    expect(await isIn(kept)).toBe(true);
    house.clock.pass(1);
    expect(await isIn(lost)).toBe(false);
  });

  test('and thirty days in all', async () => {
    const ann = await signedIn(true);
    await comeBack(ann, days(10), 2);
    house.clock.pass(days(10) - 1);
    expect(await isIn(ann)).toBe(true);
    house.clock.pass(1);
    expect(await isIn(ann)).toBe(false);
  });

  test('the cookie outlives the browser only for who asked for it', async () => {
    const { username, password } = await visitor(house).signUp();
    const cookieFor = async (fields: Record<string, string>) => {
      const answer = await visitor(house).signIn(username, password, fields);
      return String(answer.header('set-cookie')).split(',sid=')[1] ?? '';
    };
    expect(await cookieFor({})).not.toMatch(/Expires|Max-Age/i);
    const remembered = /Expires=([^;]+)/.exec(await cookieFor({ remember: 'on' }))?.[1];
    const lifetime = new Date(remembered ?? 0).getTime() - Date.now();
    expect(Math.round(lifetime / days(1))).toBe(30);
  });

  test('an anonymous session lives thirty minutes from its last request', async () => {
    const [kept, lost] = [visitor(house), visitor(house)];
    await kept.token();
    await lost.token();
    house.clock.pass(minutes(30) - 1);
    // Empty fields: the door was passed, only the form is wrong.
    expect((await kept.post('/login')).status).toBe(422);
    house.clock.pass(1);
    expect((await lost.post('/login')).status).toBe(403);
    house.clock.pass(minutes(30) - 2);
    expect((await kept.post('/login')).status).toBe(422);
  });

  test('Redis keeps a session no longer than its limits say', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const [id] = [...(await sessionsOf(house))].find(([, s]) => s.username === username)!;
    const ttl = await house.stores.redis.ttl(`sess:${id}`);
    expect(ttl).toBeLessThanOrEqual(24 * 3600);
    expect(ttl).toBeGreaterThan(24 * 3600 - 60);
  });

  test('a session that ended is not in Redis any more after its next request', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const mine = async () => [...(await sessionsOf(house)).values()].filter((s) => s.username === username);
    expect(await mine()).toHaveLength(1);
    house.clock.pass(days(1));
    await ann.get('/');
    expect(await mine()).toHaveLength(0);
  });

  test('a joined person’s session has the limits of any other', async () => {
    const ann = visitor(house);
    await ann.signUp();
    house.clock.pass(hours(24));
    expect(await isIn(ann)).toBe(false);
  });
});

describe('ended session', () => {
  beforeAll(() => house.empty());

  const sessionIds = async (at: TestHouse): Promise<Set<string>> => new Set((await sessionsOf(at)).keys());

  test('a slow request cannot bring back a session that was signed out meanwhile', async () => {
    const ann = visitor(house);
    await ann.signUp();
    const token = await ann.token();
    // So long after the last request that the slow one will want to note that it was here.
    house.clock.pass(minutes(5));
    const slow = copyOf(house, ann);
    let page: Promise<Page> | undefined;
    await whileLocked(house, 'User', async (waiting) => {
      page = slow.get('/profile');
      await waiting();
      expect((await ann.send('post', '/logout', `_csrf=${encodeURIComponent(token)}`)).redirectedTo).toBe(
        '/login',
      );
      expect((await sessionIds(house)).size).toBe(0);
    });
    expect((await page!).status).toBe(200);
    expect((await sessionIds(house)).size).toBe(0);
    expect((await slow.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
  });

  test('nor can one give a pending sign-up back to the session before joining', async () => {
    const { ann, person, code } = await joining(house);
    const slow = copyOf(house, ann);
    await slow.get('/sign-up/code');
    house.clock.pass(minutes(5));
    let page: Promise<Page> | undefined;
    const before = await sessionIds(house);
    await whileLocked(house, 'User', async (waiting) => {
      page = slow.post('/sign-up', { ...person, username: `${String(person.username)}x` });
      await waiting();
      await slow.post('/logout');
    });
    await page!;
    const after = await sessionIds(house);
    expect([...after].filter((id) => before.has(id))).toEqual([]);
    expect((await typeCode(ann, code)).redirectedTo).toBe('/sign-up/code');
    expect((await ann.get('/sign-up/code')).redirectedTo).toBe('/sign-up');
  });
});
