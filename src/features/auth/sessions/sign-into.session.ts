import type { Request } from 'express';
import { endSession, renewSession } from '../../../web/session/session.ts';
import type { Flash } from '../../../web/session/session-data.ts';
import { storedWords } from '../stored-words.ts';

declare module 'express-session' {
  interface SessionData {
    [storedWords.session.reauthenticatedAt]: number;
  }
}

/** With a new id and CSRF secret. False: the person signed out here meanwhile, and stays signed out. */
export async function signInto(
  req: Request,
  account: { id: string; username: string; securityVersion: number },
  {
    device,
    now,
    remember,
    flash,
    fill,
  }: {
    device: string;
    now: Date;
    remember: { ms: number } | null;
    flash: Flash | null;
    fill?: (session: Request['session']) => void;
  },
): Promise<boolean> {
  const wasSignedIn = req.session.userId !== undefined;
  const wasThere = await renewSession(req, (session) => {
    const { id: userId, username, securityVersion } = account;
    Object.assign(session, {
      userId,
      username,
      securityVersion,
      device,
      [storedWords.session.reauthenticatedAt]: now.getTime(),
    });
    if (flash) session.flash = flash;
    fill?.(session);
    if (!remember) return;
    session.remember = true;
    session.cookie.maxAge = remember.ms;
  });
  if (wasThere || !wasSignedIn) return true;
  await endSession(req);
  return false;
}
