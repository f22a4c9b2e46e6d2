import { METHODS } from 'node:http';
import csurf from 'csurf';
import type { Request, RequestHandler } from 'express';
import { AppError } from '../../kernel/errors.ts';
import { Problem } from '../problem.ts';
import { isSafe } from '../request/methods.ts';
import { bodyOf, single } from './body.ts';
import { ExpiredForm } from './expired-forms.ts';

function crossSite() {
  return new AppError(403, "This request came from another site, so we didn't carry it out.");
}

/**
 * First fence: what the browser itself says about where a request comes from, by `Sec-Fetch-Site` and `Origin`. Clients
 * that send neither are left to the token. Under `Referrer-Policy: no-referrer`, which proxies add, forms of our own pages
 * come with `Origin: null` (Fetch standard, "append a request Origin header"); sandboxed frames do too, but those are cross-site.
 */
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
 * Second fence: csurf's synchronizer token, its secret in the session. csurf is archived upstream, so it is known
 * here alone and could be replaced in this file (docs/decisions/0002).
 *
 * csurf gives every session a secret as soon as it runs, which would begin a session for every visitor; so it runs
 * where a token has to be checked, or when a page asks for one.
 */
export function csrfTokens(): RequestHandler {
  const give = csurf({ cookie: false, ignoreMethods: METHODS });
  return (req, res, next) => {
    req.csrfToken = () => {
      // Makes the secret, and puts csurf's own `csrfToken` in the place of this one.
      give(req, res, (err?: unknown) => {
        if (err) throw err;
      });
      return req.csrfToken();
    };
    next();
  };
}

/** Lets forms through that hold the token of their session. Stands after whatever reads bodies. */
export function csrfCheck(): RequestHandler {
  const check = csurf({ cookie: false, value: (req) => single(bodyOf(req), '_csrf') ?? '' });
  return (req, res, next) => {
    if (isSafe(req.method)) return next();
    // No secret, so no token was ever given out and none can be right.
    if (!req.session.csrfSecret) return next(new ExpiredForm(req));
    return check(req, res, (err?: unknown) =>
      next((err as { code?: string } | undefined)?.code === 'EBADCSRFTOKEN' ? new ExpiredForm(req) : err),
    );
  };
}

/** The same for the API: the token comes as `X-CSRF-Token`. */
export function csrfHeader(): RequestHandler {
  const check = csurf({ cookie: false, value: (req) => req.get('x-csrf-token') ?? '' });
  const missing = () =>
    new Problem(
      403,
      'csrf',
      'Send the token of GET /api/v1/session as X-CSRF-Token; it changes with each sign-in.',
    );
  return (req, res, next) => {
    if (!req.session.csrfSecret) return next(missing());
    return check(req, res, (err?: unknown) =>
      next((err as { code?: string } | undefined)?.code === 'EBADCSRFTOKEN' ? missing() : err),
    );
  };
}

/**
 * The token for a form of this page. Creates the session's secret when there is none, so ask only where a form is.
 */
export function csrfToken(req: Request): string {
  return req.csrfToken();
}
