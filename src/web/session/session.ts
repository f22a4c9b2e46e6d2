import type { Request, RequestHandler, Response } from 'express';
import session, { type SessionData, type Store } from 'express-session';
import type { Clock } from '../../kernel/clock.ts';
import { minutes } from '../../kernel/clock.ts';
import { unavailable } from '../../kernel/errors.ts';
import type { SessionEnd } from '../../platform/stores/session-store.ts';
import { cookieOptions, hostCookie, readCookie } from '../request/cookies.ts';
import './session-data.ts';

/** How long a session lives, in milliseconds: `idle` without a request, `absolute` from its beginning. */
export interface Lifetime {
  idle: number;
  absolute: number;
}

export interface SessionPolicy {
  anonymous: Lifetime;
  signedIn: Lifetime;
  remembered: Lifetime;
}

/** A request refreshes `seenAt` at most this often, so that most pages write nothing to Redis. */
const SEEN_EVERY = minutes(1);

function lifetimeOf(policy: SessionPolicy, data: Partial<SessionData>): Lifetime {
  return !data.userId ? policy.anonymous : data.remember ? policy.remembered : policy.signedIn;
}

function endsAt(policy: SessionPolicy, data: Partial<SessionData>): number {
  const { idle, absolute } = lifetimeOf(policy, data);
  return Math.min((data.seenAt ?? 0) + idle, (data.bornAt ?? 0) + absolute);
}

/** Whether a stored session is over by the server's own clock, whatever Redis still keeps. */
export function isOver(policy: SessionPolicy, data: Partial<SessionData>, now: Date): boolean {
  return now.getTime() >= endsAt(policy, data);
}

/**
 * For the store: the session with its birth stamps, and the whole seconds that Redis keeps it. The stamps are put
 * on the written copy, not on the session itself: express-session would take them for something worth keeping and
 * store every visitor's empty session.
 */
export function prepareSession(policy: SessionPolicy, clock: Clock) {
  return (data: SessionData): { stored: SessionData; seconds: number } => {
    const now = clock.now().getTime();
    const stored = { ...data, bornAt: data.bornAt ?? now, seenAt: data.seenAt ?? now };
    return { stored, seconds: Math.ceil((endsAt(policy, stored) - now) / 1000) };
  };
}

export interface EndingStore extends Store {
  endOwn(sid: string, why?: SessionEnd): Promise<boolean>;
  isOpen(sid: string): Promise<boolean>;
  endedLately(sid: string): Promise<boolean>;
}

export interface SessionOptions {
  store: EndingStore;
  secret: string;
  secure: boolean;
  policy: SessionPolicy;
  clock: Clock;
  onUnsaved: (err: unknown, req: Request) => void;
  /** A page gave out a token that could not be stored: this is answered instead of it. */
  answerUnstored: (err: unknown, req: Request, res: Response) => void;
}

/** express-session says so by calling `next` a second time, with the answer on its way. */
function reportingUnsaved(handler: RequestHandler, onUnsaved: SessionOptions['onUnsaved']): RequestHandler {
  return (req, res, next) => {
    let passed = false;
    return handler(req, res, (err?: unknown) => {
      if (passed) return onUnsaved(err, req);
      passed = true;
      return next(err);
    });
  };
}

/**
 * A form whose token was never stored can only fail, with a reason that is none. So a page that gave out the first token of
 * a session leaves when it is stored, or not at all; express-session alone would send it anyway.
 */
function storedBeforeAnswer(answerUnstored: SessionOptions['answerUnstored']): RequestHandler {
  return (req, res, next) => {
    const { csrfSecret } = req.session;
    const end = res.end.bind(res) as (...rest: unknown[]) => Response;
    const storeFirst = (...rest: unknown[]): Response => {
      Object.assign(res, { end });
      const { session: current } = req;
      if (res.headersSent || !current?.csrfSecret || current.csrfSecret === csrfSecret) return end(...rest);
      current.save((err: unknown) => {
        if (!err) return void end(...rest);
        // Nothing of it is there: neither its cookie nor another try to store it.
        Object.assign(req, { session: undefined });
        for (const name of ['Content-Length', 'Content-Type', 'Location']) res.removeHeader(name);
        return answerUnstored(err, req, res);
      });
      return res;
    };
    Object.assign(res, { end: storeFirst });
    next();
  };
}

export function claimedSessionId(req: Request, name: string): string | null {
  return /^s%3A([\w-]{1,64})\./.exec(readCookie(req, name))?.[1] ?? null;
}

/** express-session, then the limits of a session's life, which the server enforces whatever Redis or the cookie say. */
export function sessions({
  store,
  secret,
  secure,
  policy,
  clock,
  onUnsaved,
  answerUnstored,
}: SessionOptions): RequestHandler[] {
  return [
    reportingUnsaved(
      session({
        store,
        secret,
        name: hostCookie('sid', secure),
        cookie: cookieOptions(secure),
        resave: false,
        saveUninitialized: false,
        rolling: false,
      }),
      onUnsaved,
    ),
    (req, _res, next) => {
      if (!req.session) throw unavailable('Something on our side is down. Please try again in a moment.');
      req.arrivedAt = clock.now();
      const now = req.arrivedAt.getTime();
      const { bornAt, seenAt = 0 } = req.session;
      if (bornAt !== undefined && now >= endsAt(policy, req.session))
        return void req.session.regenerate(next);
      if (bornAt !== undefined && now - seenAt >= SEEN_EVERY) req.session.seenAt = now;
      next();
    },
    storedBeforeAnswer(answerUnstored),
  ];
}

function storeOf({ sessionStore }: Request) {
  return sessionStore as typeof sessionStore & EndingStore;
}

function promised(act: (done: (err?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => act((err) => (err ? reject(err) : resolve())));
}

/** Whoever uses this browser next finds no picture of other people in its cache (W3C, Clear Site Data, 3.1). */
function clearCache(req: Request): void {
  req.res?.set('Clear-Site-Data', '"cache"');
}

/**
 * Ends the session and begins one under a new id, with what `fill` puts into it; call at every change of rights. Both have
 * been done when this resolves, in one trip to the store. False: the old one had ended before, here or elsewhere.
 */
export async function renewSession(
  req: Request,
  fill: (session: Request['session']) => void = () => {},
  why: SessionEnd = 'own',
): Promise<boolean> {
  const store = storeOf(req);
  const wasSignedIn = req.session.userId !== undefined;
  const ended = store.endOwn(req.sessionID, why);
  store.generate(req);
  fill(req.session);
  if (wasSignedIn && req.session.userId === undefined) clearCache(req);
  const [wasThere] = await Promise.all([ended, saveSession(req)]);
  return wasThere;
}

export function isStillOpen(req: Request): Promise<boolean> {
  return storeOf(req).isOpen(req.sessionID);
}

/** Reads the session again, since another request may have changed it meanwhile. */
export function reloadSession(req: Request): Promise<void> {
  return new Promise((resolve) => req.session.reload(() => resolve()));
}

/** Waits until the session is stored. Without it a redirect could promise what Redis never got. */
export function saveSession(req: Request): Promise<void> {
  return promised((done) => req.session.save(done));
}

/** Ends the session: nothing is left in Redis under its id. */
export async function endSession(req: Request): Promise<void> {
  if (req.session.userId !== undefined) clearCache(req);
  await storeOf(req).endOwn(req.sessionID);
  await promised((done) => req.session.destroy(done));
}
