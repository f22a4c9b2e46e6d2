import { RedisStore } from 'connect-redis';
import type { Request } from 'express';
import type { SessionData } from 'express-session';
import session from 'express-session';
import type { Redis } from 'ioredis';

type Callback = (err?: unknown) => void;

/** Seconds in which a request may still be on its way with the cookie of a session that has just ended. */
const REMEMBERED = 30;
const endedKey = (sid: string): string => `ended:${sid}`;

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
  /** Session objects of this process that Redis already holds. */
  readonly #stored = new WeakSet<object>();

  constructor(redis: Redis, prepare: Prepare) {
    super({ client: redis, prefix: 'sess:', disableTouch: true });
    this.#redis = redis;
    this.#prepare = prepare;
  }

  override createSession(req: Request, data: SessionData): session.Session & SessionData {
    const loaded = super.createSession(req, data);
    this.#stored.add(loaded);
    return loaded;
  }

  /**
   * Remembers for a while that a session is ended by its visitor's own act: a second press of the same button still
   * comes with its cookie.
   */
  async markEnded(sid: string): Promise<void> {
    await this.#redis.set(endedKey(sid), '1', 'EX', REMEMBERED);
  }

  /** Whether a session of this id was ended a moment ago. */
  async endedLately(sid: string): Promise<boolean> {
    return (await this.#redis.exists(endedKey(sid))) === 1;
  }

  override async set(sid: string, data: SessionData, done?: Callback): Promise<void> {
    try {
      const { stored, seconds } = this.#prepare(data);
      const [key, value] = [this.prefix + sid, JSON.stringify(stored)];
      if (seconds <= 0) await this.#redis.del(key);
      else if (this.#stored.has(data)) await this.#redis.set(key, value, 'EX', seconds, 'XX');
      else await this.#redis.set(key, value, 'EX', seconds);
      this.#stored.add(data);
      done?.();
    } catch (err) {
      if (!done) throw err;
      done(err);
    }
  }
}
