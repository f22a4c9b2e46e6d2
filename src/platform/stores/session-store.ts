import { RedisStore } from 'connect-redis';
import type { Request } from 'express';
import type { SessionData } from 'express-session';
import session from 'express-session';
import type { Redis } from 'ioredis';
import { inBatches } from './batches.ts';

type Callback = (err?: unknown) => void;

const PREFIX = 'sess:';

const REMEMBERED = 30; // seconds for requests that are still on their way with the cookie of an ended session
/** In braces: a Redis Cluster places by it, so the mark lies beside its session. */
function endedKey(sid: string): string {
  return `ended:{${PREFIX}${sid}}`;
}

/** A set of session ids, so that they can be listed and ended. */
function indexKey(userId: string): string {
  return `sessions-of:${userId}`;
}
const INDEX_KEPT = 31 * 24 * 3600; // seconds, longer than any session lives

/** `own`: by its visitor. `outdated`: the password has changed. */
export type SessionEnd = 'own' | 'outdated';

/**
 * KEYS: session, mark of its end. ARGV: seconds the mark stays, why. After an `outdated` end it still counts as
 * open, for the parallel request that has just set the new password.
 */
const endScript = `
local before = redis.call('GET', KEYS[2])
if before ~= 'own' then redis.call('SET', KEYS[2], ARGV[2], 'EX', ARGV[1]) end
local there = redis.call('DEL', KEYS[1])
if before == 'outdated' then return 1 end
return there
`;

const UNLISTED = 60; // seconds until a new session ends that was never listed

/** KEYS: the list. ARGV: a session id, seconds to keep the list. Answers its length. */
const listScript = `
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[2])
return redis.call('SCARD', KEYS[1])
`;

/** Hears of sessions that no longer exist. One that was over already may be among them. */
export type EndListener = (userId: string, sids: readonly string[]) => void;

/** `seconds`: 0 or less ends the session. */
export type Prepare = (data: SessionData) => { stored: SessionData; seconds: number };

/**
 * An ended session stays ended: a loaded one is only saved over what still exists (`SET … XX`), or a slow request
 * would write it back after a sign-out.
 */
export class SessionStore extends RedisStore {
  readonly #redis: Redis;
  readonly #prepare: Prepare;
  readonly #perPerson: number;
  /** Asked for in one turn, requests of one moment go on in one turn, and their statements together. */
  readonly #valueOf: (key: string) => Promise<string | null>;
  #onEnd: EndListener = () => {};
  /** Sessions that Redis holds, as written; '' where they were read. */
  readonly #stored = new WeakMap<object, string>();

  /** `perPerson`: only the newest are kept. */
  constructor(redis: Redis, prepare: Prepare, perPerson: number) {
    super({ client: redis, prefix: PREFIX });
    this.#redis = redis;
    this.#prepare = prepare;
    this.#perPerson = perPerson;
    this.#valueOf = inBatches((keys) => Promise.all(keys.map((key) => redis.get(key))), 50);
    // `seenAt` keeps lifetimes. With `touch`, even an idle one, express-session sends a page in two pieces.
    Object.defineProperty(this, 'touch', { value: undefined });
  }

  /** connect-redis answers a second time when what follows its first answer throws. */
  override async get(sid: string, done?: (err: unknown, data?: SessionData | null) => void) {
    let data: SessionData | null;
    try {
      const value = await this.#valueOf(this.prefix + sid);
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

  set onEnd(listener: EndListener) {
    this.#onEnd = listener;
  }

  /** Remembered for a while, since a second press still comes with its cookie. False: it had ended before. */
  async endOwn(sid: string, why: SessionEnd = 'own', userId?: string): Promise<boolean> {
    const there = await this.#redis.eval(endScript, 2, this.prefix + sid, endedKey(sid), REMEMBERED, why);
    if (userId) this.#onEnd(userId, [sid]);
    return there === 1;
  }

  async isOpen(sid: string): Promise<boolean> {
    return (await this.#redis.exists(this.prefix + sid)) === 1;
  }

  /** Of these sessions, those that exist. */
  async openOf(sids: readonly string[]): Promise<Set<string>> {
    const open = await Promise.all(sids.map((sid) => this.isOpen(sid)));
    return new Set(sids.filter((_, n) => open[n]));
  }

  async endedLately(sid: string): Promise<boolean> {
    return (await this.#redis.exists(endedKey(sid))) === 1;
  }

  /** By id, as stored now. */
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

  /** Answers how many this call ended; of parallel calls, each session counts for one. */
  async end(userId: string, sids: readonly string[]): Promise<number> {
    if (sids.length === 0) return 0;
    const ended = await Promise.all(sids.map((sid) => this.#redis.del(this.prefix + sid)));
    this.#onEnd(userId, sids);
    await this.#redis.srem(indexKey(userId), ...sids);
    return ended.reduce((sum, one) => sum + one, 0);
  }

  /** First the session, or a reader of the list would strike it; it ends soon unless it gets listed. */
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

  /** Those that ended by themselves go first. `but`: the newest. */
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
      // express-session saves a renewed session again when its answer ends.
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
