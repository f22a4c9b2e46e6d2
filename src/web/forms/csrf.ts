import { METHODS } from 'node:http';
import csurf from 'csurf';
import type { Request, RequestHandler } from 'express';
import { AppError } from '../../kernel/errors.ts';
import { message } from '../../kernel/message.ts';
import { Problem } from '../problem.ts';
import { isSafe } from '../request/methods.ts';
import { bodyOf, single } from './body.ts';
import { ExpiredForm } from './expired-forms.ts';

function crossSite() {
  return new AppError(403, message('web.request.crossSite'));
}

/** First check. With `no-referrer`, which proxies add, our own forms send `Origin: null`; others are cross-site. */
export function sameSiteOnly(isOurs: (origin: string) => boolean): RequestHandler {
  return (req, _res, next) => {
    if (isSafe(req.method)) return next();
    const site = req.get('sec-fetch-site');
    const origin = req.get('origin');
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw crossSite();
    const isHidden = origin === 'null' && site === 'same-origin';
    if (origin !== undefined && !isHidden && !isOurs(origin)) throw crossSite();
    next();
  };
}

/**
 * Second check: csurf's synchronizer token (docs/decisions/0002). It runs only when a token is asked for or checked,
 * since it would begin a session for every visitor.
 */
export function csrfTokens(): RequestHandler {
  const give = csurf({ cookie: false, ignoreMethods: METHODS });
  return (req, res, next) => {
    req.csrfToken = () => {
      // Replaces this `csrfToken` by csurf's own.
      give(req, res, (err?: unknown) => {
        if (err) throw err;
      });
      return req.csrfToken();
    };
    next();
  };
}

/** After whatever reads bodies. */
export function csrfCheck(): RequestHandler {
  const check = csurf({ cookie: false, value: (req) => single(bodyOf(req), '_csrf') ?? '' });
  return (req, res, next) => {
    if (isSafe(req.method)) return next();
    // No secret: no token was ever given out.
    if (!req.session.csrfSecret) return next(new ExpiredForm(req));
    return check(req, res, (err?: unknown) =>
      next((err as { code?: string } | undefined)?.code === 'EBADCSRFTOKEN' ? new ExpiredForm(req) : err),
    );
  };
}

/** From `X-CSRF-Token`. */
export function csrfHeader(): RequestHandler {
  const check = csurf({ cookie: false, value: (req) => req.get('x-csrf-token') ?? '' });
  const missing = () => new Problem(403, 'csrf', message('web.api.token', { address: '/api/v1/session' }));
  return (req, res, next) => {
    if (!req.session.csrfSecret) return next(missing());
    return check(req, res, (err?: unknown) =>
      next((err as { code?: string } | undefined)?.code === 'EBADCSRFTOKEN' ? missing() : err),
    );
  };
}

/** Begins a session, so only for pages with a form. */
export function csrfToken(req: Request): string {
  return req.csrfToken();
}
