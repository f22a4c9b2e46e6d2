import type { Request, RequestHandler, Response } from 'express';
import type { Clock } from '../../../kernel/clock.ts';
import { saveSession } from '../../../web/session/session.ts';
import { reauthenticationPolicy } from '../policy.ts';
import { storedWords } from '../stored-words.ts';

/** What a person was about to do when the password was asked for: an act by name, and what its form said of it. */
export interface Wanted {
  act: string;
  detail: string;
}

declare module 'express-session' {
  interface SessionData {
    /** What a person was about to do when the password was asked for. */
    wanted: Wanted;
  }
}

/** Something that wants the password first, unless it was given lately. */
export interface ReauthenticatedAct {
  name: string;
  /** Ends the sentence "Please enter your password again before …". */
  before: string;
  /** Where whoever thinks better of it goes back to. */
  back: { path: string; text: string };
  run(req: Request, res: Response, detail: string): Promise<void>;
}

/** Acts that ask for the password; each is made known once, by the routes that it belongs to. */
export function createReauthentication(clock: Clock) {
  const acts = new Map<string, ReauthenticatedAct>();
  return {
    /**
     * Whoever gave the password lately goes on; everybody else gives it once more on `/settings/confirm`. `detailOf`:
     * what of the request has to be remembered meanwhile.
     */
    define(act: ReauthenticatedAct, detailOf: (req: Request) => string = () => ''): RequestHandler {
      acts.set(act.name, act);
      return async (req, res) => {
        const detail = detailOf(req);
        const givenAt = req.session[storedWords.session.reauthenticatedAt] ?? 0;
        if (clock.now().getTime() - givenAt < reauthenticationPolicy.lifetime)
          return act.run(req, res, detail);
        req.session.wanted = { act: act.name, detail };
        await saveSession(req);
        return res.redirect(303, '/settings/confirm');
      };
    },

    /** What this session was about to do; undefined: nothing that we know of. */
    wantedBy: (req: Request): ReauthenticatedAct | undefined => acts.get(req.session.wanted?.act ?? ''),

    /** The password was right: does what was wanted. */
    async carryOut(req: Request, res: Response, act: ReauthenticatedAct): Promise<void> {
      const detail = req.session.wanted?.detail ?? '';
      req.session[storedWords.session.reauthenticatedAt] = clock.now().getTime();
      delete req.session.wanted;
      await act.run(req, res, detail);
    },
  };
}

export type Reauthentication = ReturnType<typeof createReauthentication>;
