import type { RequestHandler } from 'express';
import { csrfToken } from './csrf.ts';
import type { Flash } from './session-data.ts';
import type { Site } from './views.ts';

export type SiteFacts = Pick<Site, 'name' | 'asset' | 'mobileOffered' | 'publicUrl' | 'outbox'>;

/**
 * Gives every page what it may know of the site and its visitor. Everything about the visitor is looked up when a
 * page asks for it: an error page must render where the session could not be read, and a page without a form must
 * not begin one.
 */
export const siteLocals =
  (facts: SiteFacts): RequestHandler =>
  (req, res, next) => {
    let shown: Flash | null | undefined;
    res.locals.site = {
      ...facts,
      path: req.path,
      csrfToken: () => csrfToken(req),
      get signedIn() {
        const { userId, username = '' } = req.session ?? {};
        return userId ? { username } : null;
      },
      /** Shown once: reading it takes it out of the session. */
      get flash() {
        if (shown === undefined) {
          shown = req.session?.flash ?? null;
          if (shown) delete req.session.flash;
        }
        return shown;
      },
    } satisfies Site;
    next();
  };
