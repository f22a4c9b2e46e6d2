import type { Request, RequestHandler, Response } from 'express';
import type { Clock } from '../../../kernel/clock.ts';
import type { Message } from '../../../kernel/message.ts';
import { saveSession } from '../../../web/session/session.ts';
import { reauthenticationPolicy } from '../policy.ts';
import { storedWords } from '../stored-words.ts';

export interface Wanted {
  act: string;
  detail: string;
}

declare module 'express-session' {
  interface SessionData {
    wanted: Wanted; // what the person was about to do
  }
}

/** Needs the password, unless it was given lately. */
export interface ReauthenticatedAct {
  name: string;
  lead: Message; // "Please enter your password again before …"
  back: { path: string; text: Message };
  run(req: Request, res: Response, detail: string): Promise<void>;
}

export function createReauthentication(clock: Clock) {
  const acts = new Map<string, ReauthenticatedAct>();
  const isRecent = (req: Request): boolean => {
    const givenAt = req.session[storedWords.session.reauthenticatedAt] ?? 0;
    return clock.now().getTime() - givenAt < reauthenticationPolicy.lifetime;
  };
  const remember = (req: Request): void => {
    req.session[storedWords.session.reauthenticatedAt] = clock.now().getTime();
  };
  return {
    isRecent,
    remember,

    /** Others enter it on `/settings/confirm`; `detailOf` is what to remember of the request meanwhile. */
    define(act: ReauthenticatedAct, detailOf: (req: Request) => string = () => ''): RequestHandler {
      acts.set(act.name, act);
      return async (req, res) => {
        const detail = detailOf(req);
        if (isRecent(req)) return act.run(req, res, detail);
        req.session.wanted = { act: act.name, detail };
        await saveSession(req);
        return res.redirect(303, '/settings/confirm');
      };
    },

    wantedBy: (req: Request): ReauthenticatedAct | undefined => acts.get(req.session.wanted?.act ?? ''),

    async carryOut(req: Request, res: Response, act: ReauthenticatedAct): Promise<void> {
      const detail = req.session.wanted?.detail ?? '';
      remember(req);
      delete req.session.wanted;
      await act.run(req, res, detail);
    },
  };
}

export type Reauthentication = ReturnType<typeof createReauthentication>;
