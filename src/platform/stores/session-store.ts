import { RedisStore } from 'connect-redis';
import type { Request } from 'express';
import type { SessionData } from 'express-session';
import session from 'express-session';
import type { Redis } from 'ioredis';

type Callback = (err?: unknown) => void;

const PREFIX = 'sess:';

/** Seconds in which a request may still be on its way with the cookie of a session that has just ended. */
const REMEMBERED = 30;
/** In braces: what a Redis Cluster places it by, so that it lies beside the session. */
function endedKey(sid: string): string {
  return `ended:{${PREFIX}${sid}}`;
}

/** Which sessions a person has: a set of session ids, so that they can be listed and ended. */
function indexKey(userId: string): string {
  return `sessions-of:${userId}`;
}
/** Longer than any session lives, in seconds. */
const INDEX_KEPT = 31 * 24 * 3600;

/** Why a session ends: its visitor wants it to, or its account has another password by now. */
export type SessionEnd = 'own' | 'outdated';

/**
 * KEYS: a session, the mark that it has ended. ARGV: how long that stays, in seconds; why it ends. Of several requests of one
 * session one may set a new password and find that another has cleared the outdated session away: for that one it was there.
 */
const endScript = `
local before = redis.call('GET', KEYS[2])
if before ~= 'own' then redis.call('SET', KEYS[2], ARGV[2], 'EX', ARGV[1]) end
local there = redis.call('DEL', KEYS[1])
if before == 'outdated' then return 1 end
return there
`;

/** A new session that is not in the list of its person yet ends by itself so soon, in seconds. */
const UNLISTED = 60;

/** KEYS: the list of a person. ARGV: a session's id; how long the list is kept. Answers how long the list is. */
const listScript = `
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[2])
return redis.call('SCARD', KEYS[1])
`;

/** What is written for a session that is saved now, and for how many seconds; 0 or less ends it. */
export type Prepare = (data: SessionData) => { stored: SessionData; seconds: number };

/**
 * connect-redis, with one promise more: a session that was ended stays ended. A slow request that read the session
 * before a sign-out may not write it back afterwards, so what was loaded is only ever saved over something that
 * still exists (`SET … XX`).
 */
export class SessionStore extends RedisStore {
  readonly #redis: Redis;
  readonly #prepare: Prepare;
  readonly #perPerson: number;
  /** Session objects of this process that Redis already holds, as they were written; '' where they were read. */
  readonly #stored = new WeakMap<object, string>();

  /** `perPerson`: of more sessions only the newest are kept. */
  constructor(redis: Redis, prepare: Prepare, perPerson: number) {
    super({ client: redis, prefix: PREFIX });
    this.#redis = redis;
    this.#prepare = prepare;
    this.#perPerson = perPerson;
    // Lives are kept by `seenAt`. express-session sends a page in two pieces where a store has this, be it idle.
    Object.defineProperty(this, 'touch', { value: undefined });
  }

  /** connect-redis answers a second time where what follows its first answer throws. */
  override async get(sid: string, done?: (err: unknown, data?: SessionData | null) => void) {
    let data: SessionData | null;
    try {
      const value = await this.#redis.get(this.prefix + sid);
      data = value === null ? null : (JSON.parse(value) as SessionData);
    } catch (err) {
      return done?.(err);
    }
    done?.(null, data);
  }

  override createSession(req: Request, data: SessionData): session.Session & SessionData {
    const loaded = super.createSession(req, data);
    this.#stored.set(loaded, '');
    return loaded;
  }

  /**
   * Ends a session by its visitor's own act, and remembers that for a while: a second press of the same button still
   * comes with its cookie. False: it had ended before, by its visitor or from elsewhere.
   */
  async endOwn(sid: string, why: SessionEnd = 'own'): Promise<boolean> {
    return (await this.#redis.eval(endScript, 2, this.prefix + sid, endedKey(sid), REMEMBERED, why)) === 1;
  }

  /** Whether a session is still there. */
  async isOpen(sid: string): Promise<boolean> {
    return (await this.#redis.exists(this.prefix + sid)) === 1;
  }

  /** Whether a session of this id was ended a moment ago. */
  async endedLately(sid: string): Promise<boolean> {
    return (await this.#redis.exists(endedKey(sid))) === 1;
  }

  /** A person's sessions by id, as they are stored now. */
  async sessionsOf(userId: string): Promise<Map<string, SessionData>> {
    const sids = await this.#redis.smembers(indexKey(userId));
    if (sids.length === 0) return new Map();
    const values = await Promise.all(sids.map((sid) => this.#redis.get(this.prefix + sid)));
    const gone = sids.filter((_, n) => values[n] === null);
    if (gone.length > 0) await this.#redis.srem(indexKey(userId), ...gone);
    return new Map(
      sids.flatMap((sid, n) => (values[n] ? [[sid, JSON.parse(values[n]) as SessionData] as const] : [])),
    );
  }

  /**
   * Ends sessions of a person, wherever they are open: their next request finds nothing. Answers how many this call
   * ended; of parallel callers each session counts for one.
   */
  async end(userId: string, sids: readonly string[]): Promise<number> {
    if (sids.length === 0) return 0;
    const ended = await Promise.all(sids.map((sid) => this.#redis.del(this.prefix + sid)));
    await this.#redis.srem(indexKey(userId), ...sids);
    return ended.reduce((sum, one) => sum + one, 0);
  }

  /**
   * A signed-in session is there before it is in the list, or whoever reads the list meanwhile would strike it; and none
   * stays that is not listed, wherever this breaks off.
   */
  async #create(sid: string, userId: string | undefined, [key, value, seconds]: [string, string, number]) {
    if (!userId) return void (await this.#redis.set(key, value, 'EX', seconds));
    await this.#redis.set(key, value, 'EX', Math.min(seconds, UNLISTED));
    try {
      const listed = this.#redis.eval(listScript, 1, indexKey(userId), sid, INDEX_KEPT);
      const [length] = await Promise.all([listed, this.#redis.expire(key, seconds)]);
      if (Number(length) > this.#perPerson) await this.#endOldest(userId, sid);
    } catch (err) {
      await this.#redis.del(key);
      throw err;
    }
  }

  /** The list may hold sessions that ended by themselves: those go first, as they are read. `but` is the newest. */
  async #endOldest(userId: string, but: string): Promise<void> {
    const others = [...(await this.sessionsOf(userId))].filter(([sid]) => sid !== but);
    const newestFirst = others.sort(([, a], [, b]) => (b.bornAt ?? 0) - (a.bornAt ?? 0));
    await this.end(
      userId,
      newestFirst.slice(this.#perPerson - 1).map(([sid]) => sid),
    );
  }

  override async set(sid: string, data: SessionData, done?: Callback): Promise<void> {
    try {
      const before = this.#stored.get(data);
      const now = JSON.stringify(data);
      // express-session saves a renewed session once more when its answer ends.
      if (before === now) return done?.();
      const { stored, seconds } = this.#prepare(data);
      const [key, value] = [this.prefix + sid, JSON.stringify(stored)];
      if (seconds <= 0) await this.#redis.del(key);
      else if (before !== undefined) await this.#redis.set(key, value, 'EX', seconds, 'XX');
      else await this.#create(sid, data.userId, [key, value, seconds]);
      this.#stored.set(data, now);
      done?.();
    } catch (err) {
      if (!done) throw err;
      done(err);
    }
  }
}
