import type { Request, Response } from 'express';
import { type Clock, later } from '../../../kernel/clock.ts';
import type { Hmac } from '../../../platform/keys.ts';
import { cookieOptions, hostCookie, readCookie } from '../../../web/request/cookies.ts';
import { saveSession } from '../../../web/session/session.ts';
import { tooYoungLock } from '../policy.ts';

declare module 'express-session' {
  interface SessionData {
    tooYoungUntil: number; // until then the year can't simply be retyped
    tooYoung: boolean; // as the release before wrote it
  }
}

/** In the session, and in a cookie that outlives it. */
export interface AgeLock {
  until(req: Request): Date | null; // null: it can join
  lock(req: Request, res: Response, until: Date): Promise<void>;
}

/** `secure`: https. */
export function createAgeLock(hmac: Hmac, clock: Clock, secure: boolean): AgeLock {
  const name = hostCookie('age', secure);

  const ofCookie = (req: Request): number => {
    const [, until = '', mac = ''] = /^([0-9a-z]{1,9})\.([\w-]{43})$/.exec(readCookie(req, name)) ?? [];
    return hmac.isRight(mac, until) ? Number.parseInt(until, 36) : 0;
  };
  const ofSession = ({ session }: Request): number => {
    if (session.tooYoungUntil !== undefined) return session.tooYoungUntil;
    return session.tooYoung ? later(new Date(session.bornAt ?? 0), tooYoungLock).getTime() : 0;
  };

  return {
    until(req) {
      const until = Math.max(ofCookie(req), ofSession(req));
      return until > clock.now().getTime() ? new Date(until) : null;
    },
    async lock(req, res, until) {
      const written = until.getTime().toString(36);
      res.cookie(name, `${written}.${hmac.mac(written)}`, {
        ...cookieOptions(secure),
        maxAge: tooYoungLock, // the browser's clock may be wrong, so the value says when it ends
      });
      req.session.tooYoungUntil = until.getTime();
      await saveSession(req);
    },
  };
}
