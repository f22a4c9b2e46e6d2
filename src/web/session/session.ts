import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import session, { type SessionData, type Store } from 'express-session';
import type { Clock } from '../../kernel/clock.ts';
import { minutes } from '../../kernel/clock.ts';
import { unavailable } from '../../kernel/errors.ts';
import { message } from '../../kernel/message.ts';
import { endsAt, type SessionPolicy } from '../../kernel/session-lifetime.ts';
import type { SessionEnd } from '../../platform/stores/session-store.ts';
import { cookieOptions, hostCookie } from '../request/cookies.ts';
import './session-data.ts';

/** So that most pages write nothing to Redis. */
const SEEN_EVERY = minutes(1);

/** Stamps the written copy only: express-session would store every visitor's empty session otherwise. */
export function prepareSession(policy: SessionPolicy, clock: Clock) {
  return (data: SessionData): { stored: SessionData; seconds: number } => {
    const now = clock.now().getTime();
    const stored = { ...data, bornAt: data.bornAt ?? now, seenAt: data.seenAt ?? now };
    return { stored, seconds: Math.ceil((endsAt(policy, stored) - now) / 1000) };
  };
}

export interface EndingStore extends Store {
  endOwn(sid: string, why?: SessionEnd, userId?: string): Promise<boolean>;
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
  /** Instead of a page whose token couldn't be stored. */
  answerUnstored: (err: unknown, req: Request, res: Response) => void;
}

/** express-session calls `next` a second time. */
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

/** A form whose token isn't stored can only fail, so its page waits until it is. */
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
        // Neither its cookie nor another try to store it.
        Object.assign(req, { session: undefined });
        for (const name of ['Content-Encoding', 'Content-Length', 'Content-Type', 'Location'])
          res.removeHeader(name);
        return answerUnstored(err, req, res);
      });
      return res;
    };
    Object.assign(res, { end: storeFirst });
    next();
  };
}

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
      if (!req.session) throw unavailable(message('web.error.down'));
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

/** No pictures of others for whoever uses this browser next (W3C, Clear Site Data, 3.1). */
function clearCache(req: Request): void {
  req.res?.set('Clear-Site-Data', '"cache"');
}

/** 144 bits, as csurf's. Made at sign-in: of first pages that each made one at once, only one's would stay. */
function newCsrfSecret(): string {
  return randomBytes(18).toString('base64url');
}

/** At every change of rights; both at once at the store. False: the old session had ended already. */
export async function renewSession(
  req: Request,
  fill: (session: Request['session']) => void = () => {},
  why: SessionEnd = 'own',
): Promise<boolean> {
  const store = storeOf(req);
  const before = req.session.userId;
  const ended = store.endOwn(req.sessionID, why, before);
  store.generate(req);
  fill(req.session);
  if (req.session.userId !== undefined) req.session.csrfSecret = newCsrfSecret();
  if (before !== undefined && req.session.userId === undefined) clearCache(req);
  const saved = saveSession(req).catch((err: unknown) => {
    // No page may give out a token of what was never stored.
    delete req.session.csrfSecret;
    throw err;
  });
  const [wasThere] = await Promise.all([ended, saved]);
  return wasThere;
}

export function isStillOpen(req: Request): Promise<boolean> {
  return storeOf(req).isOpen(req.sessionID);
}

export function reloadSession(req: Request): Promise<void> {
  return new Promise((resolve) => req.session.reload(() => resolve()));
}

/** Before a redirect that depends on it. */
export function saveSession(req: Request): Promise<void> {
  return promised((done) => req.session.save(done));
}

export async function endSession(req: Request, why: SessionEnd = 'own'): Promise<void> {
  if (req.session.userId !== undefined) clearCache(req);
  await storeOf(req).endOwn(req.sessionID, why, req.session.userId);
  await promised((done) => req.session.destroy(done));
}
