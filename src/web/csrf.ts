import { METHODS } from 'node:http';
import csurf from 'csurf';
import type { ErrorRequestHandler, Request, RequestHandler, Response, Router } from 'express';
import { AppError } from '../kernel/errors.ts';
import { bodyOf, single } from './body.ts';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

const crossSite = () => new AppError(403, 'This request came from another site, so we did not carry it out.');

/**
 * First fence: what the browser itself says about where a request comes from. `Sec-Fetch-Site` where it is sent,
 * else `Origin`. Clients that send neither are left to the token.
 */
export const sameSiteOnly =
  (isOurs: (origin: string) => boolean): RequestHandler =>
  (req, _res, next) => {
    if (safe.has(req.method)) return next();
    const site = req.get('sec-fetch-site');
    const origin = req.get('origin');
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw crossSite();
    if (origin !== undefined && !isOurs(origin)) throw crossSite();
    next();
  };

/** A form whose token is of a session that has ended: an old tab, most often. */
class StaleForm extends AppError {
  constructor() {
    super(
      403,
      'This page had been open for too long, or was opened before you signed in or out. Please load it again and send the form once more.',
    );
  }
}

/** What a page says when it comes back with what was typed and a fresh token. */
export const staleText =
  'This page had been open for a while, so we did not send it. Please check it and press the button again.';

/** Pages that lead everybody to where they belong, by the cookie they have now. */
const leadingPages = new Set([
  '/sign-up',
  '/sign-up/code',
  '/login',
  '/password/forgot',
  '/password/code',
  '/settings/password',
  '/settings/confirm',
]);

const leadingPage = (path: string): string => {
  if (path.startsWith('/password/link/')) return '/password/new';
  return leadingPages.has(path) ? path : '/login';
};

/** Pages of signed-in people only: whoever comes to them without a session has to sign in first. */
const isMembersOnly = (path: string): boolean => path.startsWith('/settings/');

/**
 * The second press of a button whose first one began or ended a session comes with the cookie and token of before.
 * It carries nothing out and sets no cookie: it is led to its own page, which knows by the new cookie where its
 * visitor belongs.
 */
export const onSamePressAgain =
  (endedLately: (req: Request) => Promise<boolean>): ErrorRequestHandler =>
  async (err, req, res, next) => {
    if (!(err instanceof StaleForm)) return next(err);
    if (await endedLately(req)) return res.redirect(303, leadingPage(req.path));
    // The session is gone, by its age or with all of Redis: nothing is carried out, and the door is where to begin.
    if (isMembersOnly(req.path) && !req.session.userId) return res.redirect(303, '/login');
    return next(err);
  };

/** A form's routes, and what answers when it was sent from a page that had been open too long. */
export interface FormRoutes {
  routes: Router;
  staleForm: ErrorRequestHandler;
}

/**
 * For forms that people leave open: shows the form again (403) instead of an error page. Nothing was carried out.
 * Stands after all routes.
 */
export const onStaleForm =
  (path: string, show: (req: Request, res: Response) => void): ErrorRequestHandler =>
  (err, req, res, next) => {
    // What was refused further up the road has no session to ask.
    if (!(err instanceof StaleForm) || req.method !== 'POST' || req.path !== path) return next(err);
    // Without a cookie it never had a session, and showing the form would begin one.
    if (req.get('cookie') === undefined || req.session.userId) return next(err);
    res.status(403);
    return show(req, res);
  };

/**
 * Second fence: csurf's synchronizer token, its secret in the session. csurf is archived upstream, so it is known
 * here alone and could be replaced in this file (docs/decisions/0002).
 *
 * csurf gives every session a secret as soon as it runs, which would begin a session for every visitor; so it runs
 * where a token has to be checked, or when a page asks for one.
 */
export const csrfTokens = (): RequestHandler => {
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
};

/** Lets forms through that hold the token of their session. Stands after whatever reads bodies. */
export const csrfCheck = (): RequestHandler => {
  const check = csurf({ cookie: false, value: (req) => single(bodyOf(req), '_csrf') ?? '' });
  return (req, res, next) => {
    if (safe.has(req.method)) return next();
    // No secret, so no token was ever given out and none can be right.
    if (!req.session.csrfSecret) return next(new StaleForm());
    return check(req, res, (err?: unknown) =>
      next((err as { code?: string } | undefined)?.code === 'EBADCSRFTOKEN' ? new StaleForm() : err),
    );
  };
};

/**
 * The token for a form of this page. Creates the session's secret when there is none, so ask only where a form is.
 */
export const csrfToken = (req: Request): string => req.csrfToken();
