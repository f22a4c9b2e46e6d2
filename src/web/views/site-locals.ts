import type { Request, RequestHandler } from 'express';
import { csrfToken } from '../forms/csrf.ts';
import type { Flash } from '../session/session-data.ts';
import type { Site } from './views.ts';

export type SiteFacts = Pick<Site, 'name' | 'asset' | 'mobileOffered' | 'publicUrl' | 'outbox'>;

/**
 * Gives every page what it may know of the site and its visitor. Everything about the visitor is looked up when a
 * page asks for it: an error page must render where the session could not be read, and a page without a form must
 * not begin one.
 */
export function siteLocals(facts: SiteFacts): RequestHandler {
  /** A class, so that V8 knows all of them by one shape: getters of an object's own cost a page a tenth of its time. */
  class SiteOfRequest {
    readonly path: string;
    readonly #req: Request;
    #shown: Flash | null | undefined;

    constructor(req: Request) {
      this.path = req.path;
      this.#req = req;
    }

    csrfToken(): string {
      return csrfToken(this.#req);
    }

    get signedIn(): Site['signedIn'] {
      const { userId, username = '' } = this.#req.session ?? {};
      return userId ? { username } : null;
    }

    /** Shown once: reading it takes it out of the session. */
    get flash(): Flash | null {
      if (this.#shown === undefined) {
        this.#shown = this.#req.session?.flash ?? null;
        if (this.#shown) delete this.#req.session.flash;
      }
      return this.#shown;
    }
  }
  // Read from every page's own, and kept once.
  Object.assign(SiteOfRequest.prototype, facts);

  return (req, res, next) => {
    res.locals.site = new SiteOfRequest(req) as SiteOfRequest & SiteFacts satisfies Site;
    next();
  };
}
