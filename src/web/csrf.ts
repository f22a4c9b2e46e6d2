import csurf from 'csurf';
import type { Request, RequestHandler } from 'express';
import { AppError } from '../kernel/errors.ts';
import { bodyOf, single } from './body.ts';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

const crossSite = () => new AppError(403, 'This request came from another site, so we did not carry it out.');

/**
 * First fence: what the browser itself says about where a request comes from. `Sec-Fetch-Site` where it is sent, else `Origin`.
 * Clients that send neither are left to the token.
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

/**
 * Second fence: csurf's synchronizer token, its secret in the session. csurf is archived upstream, so it is known here alone
 * and could be replaced in this file (docs/decisions/0002).
 */
export const csrfTokens = (): RequestHandler => {
  const check = csurf({ cookie: false, value: (req) => single(bodyOf(req), '_csrf') ?? '' });
  return (req, res, next) =>
    check(req, res, (err?: unknown) => {
      if ((err as { code?: string } | undefined)?.code !== 'EBADCSRFTOKEN') return next(err);
      next(
        new AppError(
          403,
          'This page had been open for too long, or was opened before you signed in or out. Please load it again and send the form once more.',
        ),
      );
    });
};

/** The token for a form of this page. Creates the session's secret when there is none, so ask only where a form is. */
export const csrfToken = (req: Request): string => req.csrfToken();
