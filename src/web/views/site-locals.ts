import type { Request, RequestHandler } from 'express';
import { csrfToken } from '../forms/csrf.ts';
import { noNavFacts } from './nav.ts';
import { type Flash, readFlash } from '../session/session-data.ts';
import type { Words } from '../words/words.ts';
import type { SiteLocals } from './views.ts';

export type SiteFacts = Pick<
  SiteLocals,
  'name' | 'asset' | 'chunksOf' | 'mobileOffered' | 'publicUrl' | 'outbox' | 'nav' | 'footer' | 'settings'
>;

/** Null: another release stored it, which says more than this one. */
function sayable(flash: Flash, { say, sayRich }: Words): Flash | null {
  try {
    sayRich(flash.text);
    if (flash.link) say(flash.link.text);
    return flash;
  } catch {
    return null;
  }
}

/** Read lazily: error pages render without a session, and a page without a form must not begin one. */
export function siteLocals(facts: SiteFacts): RequestHandler {
  /** A class: getters of single objects cost a page a tenth of its time in V8. */
  class SiteOfRequest {
    readonly path: string;
    navFacts = noNavFacts;
    readonly #req: Request;
    #shown: Flash | null | undefined;

    constructor(req: Request) {
      this.path = req.path;
      this.#req = req;
    }

    get words(): Words {
      return this.#req.words;
    }

    csrfToken(): string {
      return csrfToken(this.#req);
    }

    get signedIn(): SiteLocals['signedIn'] {
      const { userId, username = '' } = this.#req.session ?? {};
      return userId ? { username } : null;
    }

    /** Once: reading removes it. */
    get flash(): Flash | null {
      if (this.#shown === undefined) {
        const { flash } = this.#req.session ?? {};
        this.#shown = flash ? sayable(readFlash(flash), this.words) : null;
        if (flash) delete this.#req.session.flash;
      }
      return this.#shown;
    }
  }
  Object.assign(SiteOfRequest.prototype, facts);

  return (req, res, next) => {
    res.locals.site = new SiteOfRequest(req) as SiteOfRequest & SiteFacts satisfies SiteLocals;
    next();
  };
}
