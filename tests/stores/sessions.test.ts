import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import type { Request } from 'express';
import type { SessionData } from 'express-session';
import { sessionPolicy, signInPolicy } from '../../src/features/auth/policy.ts';
import { minutes } from '../../src/kernel/clock.ts';
import { openRedis } from '../../src/platform/stores/redis.ts';
import { createLog } from '../../src/platform/watching/log.ts';
import { SessionStore } from '../../src/platform/stores/session-store.ts';
import { prepareSession } from '../../src/web/session/session.ts';
import { listenToCommands } from '../support/commands.ts';
import { repeatedly, tally, together } from '../support/many.ts';
import { twoNodes } from '../support/nodes.ts';

const { stores, clock, of } = await twoNodes();
const prepare = prepareSession(sessionPolicy, clock);
const store = of(({ redis }) => new SessionStore(redis, prepare, signInPolicy.sessions));

function fresh(userId = 'ann', more: Partial<SessionData> = {}) {
  return { cookie: { originalMaxAge: null }, userId, ...more } as SessionData;
}
async function signIn(sid: string, userId?: string): Promise<void> {
  return store(0).set(sid, fresh(userId));
}

/** A session as a request of this node has it in hand: read, and about to be saved with a change. */
async function loaded(n: number, sid: string): Promise<SessionData> {
  const data = await new Promise<SessionData>((resolve, reject) => {
    void store(n).get(sid, (err, found) => (found ? resolve(found) : reject(err ?? new Error('no session'))));
  });
  const request = { sessionID: sid, sessionStore: store(n) } as unknown as Request;
  return Object.assign(store(n).createSession(request, data), { seenAt: clock.now().getTime() + 1 });
}
async function openOf(userId = 'ann') {
  return [...(await store(1).sessionsOf(userId)).keys()].sort();
}
async function indexOf(userId = 'ann') {
  return (await stores.redis.smembers(`sessions-of:${userId}`)).sort();
}

describe('what has ended', () => {
  test('stays ended, whatever fifty requests save that were on their way', async () => {
    await signIn('one');
    const inHand = await together(50, (n) => loaded(n, 'one'));
    const saves = inHand.map((data, n) => () => store(n).set('one', data));
    const half = saves.splice(25);
    await Promise.all([
      ...saves.map((save) => save()),
      store(0).endOwn('one'),
      ...half.map((save) => save()),
    ]);
    expect(await store(1).isOpen('one')).toBe(false);
    expect(await store(1).endedLately('one')).toBe(true);
    expect(await openOf()).toEqual([]);
  });

  test('stays ended where another session ended it', async () => {
    await signIn('one');
    await signIn('two');
    const inHand = await together(50, (n) => loaded(n, 'two'));
    await Promise.all([store(0).end('ann', ['two']), ...inHand.map((data, n) => store(n).set('two', data))]);
    expect(await store(0).isOpen('two')).toBe(false);
    expect(await openOf()).toEqual(['one']);
  });

  test('ended once: of fifty sign-outs at once one has ended it', async () => {
    await signIn('one');
    expect(tally((await together(50, (n) => store(n).endOwn('one'))).map(String))).toEqual({
      true: 1,
      false: 49,
    });
  });

  test('while it is open, every save is kept', async () => {
    await signIn('one');
    const inHand = await loaded(1, 'one');
    await store(1).set('one', Object.assign(inHand, { device: 'Firefox' }));
    expect((await store(0).sessionsOf('ann')).get('one')).toMatchObject({ device: 'Firefox' });
  });
});

describe('a person’s sessions', () => {
  test('fifty at once on two nodes are all listed', async () => {
    await together(50, (n) => store(n).set(`s${n}`, fresh()));
    expect(await openOf()).toHaveLength(50);
    expect(await indexOf()).toEqual(await openOf());
  });

  test('fifty ends of the same sessions count each of them once', async () => {
    const sids = Array.from({ length: 20 }, (_, n) => `s${n}`);
    await together(20, (n) => store(n).set(sids[n]!, fresh()));
    await signIn('other', 'ben');
    const ended = await together(50, (n) => store(n).end('ann', sids));
    expect(ended.reduce((sum, one) => sum + one, 0)).toBe(20);
    expect(await openOf()).toEqual([]);
    expect(await indexOf()).toEqual([]);
    expect(await openOf('ben')).toEqual(['other']);
  });

  test('signing in while others are listed and ended loses no session', async () => {
    await together(20, (n) => store(n).set(`old${n}`, fresh()));
    const old = await openOf();
    await together<unknown>(60, (n) => {
      if (n % 3 === 0) return store(n).set(`new${n}`, fresh());
      return n % 3 === 1 ? store(n).sessionsOf('ann') : store(n).end('ann', old);
    });
    expect(await openOf()).toHaveLength(20);
    expect((await openOf()).every((sid) => sid.startsWith('new'))).toBe(true);
  });

  test('of more than fifty the newest stay, one after the other', async () => {
    await repeatedly(60, (n) => {
      clock.pass(1);
      return store(n).set(`s${String(n).padStart(2, '0')}`, fresh());
    });
    const newest = Array.from({ length: 50 }, (_, n) => `s${n + 10}`);
    expect(await openOf()).toEqual(newest);
    expect(await indexOf()).toEqual(newest);
  });

  test('of sixty at once on two nodes, too', async () => {
    const name = (n: number) => `s${String(n).padStart(2, '0')}`;
    await together(60, (n) => store(n).set(name(n), fresh('ann', { bornAt: clock.now().getTime() + n })));
    const left = await openOf();
    // Whoever signs in stays, even as one of the oldest: then one fewer of the others does.
    expect(left.length).toBeLessThanOrEqual(50);
    expect(left).toEqual(expect.arrayContaining(Array.from({ length: 49 }, (_, n) => name(n + 11))));
  });

  test('and of fifty more at once, fifty stay, among them none that is older than one that went', async () => {
    await repeatedly(50, (n) => {
      clock.pass(1);
      return store(n).set(`old${n}`, fresh());
    });
    clock.pass(1);
    await together(50, (n) => store(n).set(`new${n}`, fresh()));
    const left = await openOf();
    expect(left).toHaveLength(50);
    expect(left.every((sid) => sid.startsWith('new'))).toBe(true);
  });
});

test('Redis keeps a session as long as its life, and lets one go that is over', async () => {
  await signIn('one');
  const { idle } = sessionPolicy.signedIn;
  expect(await stores.redis.ttl('sess:one')).toBeGreaterThan(idle / 1000 - 60);
  const inHand = await loaded(1, 'one');
  clock.pass(idle - 1);
  await store(1).set('one', Object.assign(inHand, { seenAt: clock.now().getTime() - idle + 1 }));
  expect(await store(0).isOpen('one')).toBe(true);
  await store(1).set('one', Object.assign(inHand, { seenAt: clock.now().getTime() - idle }));
  expect(await store(0).isOpen('one')).toBe(false);
});

/** A store on a connection of its own, and what that sends. `user`: of Redis, with its password. */
async function withOwn(
  work: (own: SessionStore, heard: ReturnType<typeof listenToCommands>) => Promise<void>,
  user?: { name: string; password: string },
): Promise<void> {
  const url = new URL(stores.redisUrl);
  url.searchParams.set('connectionName', 'heard');
  if (user) Object.assign(url, { username: user.name, password: user.password });
  const redis = openRedis(url.href, createLog('silent', { write: () => {} }));
  try {
    await once(redis, 'ready');
    await work(new SessionStore(redis, prepare, signInPolicy.sessions), listenToCommands('heard'));
  } finally {
    redis.disconnect();
  }
}

test('a save is one command; only a session that begins is listed in two trips', () =>
  withOwn(async (own, heard) => {
    expect(await heard.during(() => own.set('one', fresh()))).toEqual(['set', 'eval', 'expire']);
    expect(await heard.during(() => own.set('two', { cookie: {} } as SessionData))).toEqual(['set']);
    const inHand = own.createSession(
      { sessionID: 'one' } as Request,
      fresh('ann', { seenAt: minutes(1) + clock.now().getTime() }),
    );
    expect(await heard.during(() => own.set('one', inHand))).toEqual(['set']);
    expect(await heard.during(() => own.endOwn('one'))).toEqual(['eval']);
  }));

describe('a session and its place in the list never part:', () => {
  test('one that cannot be listed does not begin', async () => {
    await stores.redis.set('sessions-of:ann', 'no list');
    await expect(signIn('one')).rejects.toThrow('WRONGTYPE');
    expect(await store(1).isOpen('one')).toBe(false);
  });

  test('nor does it stay where the store went away meanwhile', async () => {
    const [name, password] = ['breaks-off', 'a-password'];
    const rights = ['on', `>${password}`, '~sess:*', '+@all', '-eval', '-expire', '-del'];
    await stores.redis.call('ACL', 'SETUSER', name, ...rights);
    try {
      await withOwn(
        async (own) => {
          await expect(own.set('one', fresh())).rejects.toThrow('NOPERM');
          expect(await stores.redis.ttl('sess:one')).toBeLessThanOrEqual(60);
          await own.set('visitor', { cookie: {} } as SessionData);
          expect(await stores.redis.ttl('sess:visitor')).toBeGreaterThan(60);
        },
        { name, password },
      );
    } finally {
      await stores.redis.call('ACL', 'DELUSER', name);
    }
  });

  test('however often the list is read and struck while fifty begin', async () => {
    let begun = false;
    const struck = (async () => {
      while (!begun) await store(1).sessionsOf('ann');
    })();
    await together(50, (n) => store(n).set(`s${n}`, fresh()));
    begun = true;
    await struck;
    expect(await openOf()).toHaveLength(50);
    expect(await indexOf()).toEqual(await openOf());
  });
});
