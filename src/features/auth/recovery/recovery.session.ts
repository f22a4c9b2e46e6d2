import type { Request } from 'express';
import { renewSession } from '../../../web/session/session.ts';
import type { Flash } from '../../../web/session/session-data.ts';
import type { PendingReset, ResetGrant } from './recovery.service.ts';

declare module 'express-session' {
  interface SessionData {
    pendingReset: PendingReset;
    resetGrant: ResetGrant;
  }
}

/**
 * A new session that may set one account's password, and nothing else; `flash` is told by the next page, and the forms that
 * ask for a name know whose it is.
 */
export async function grantInto(req: Request, grant: ResetGrant, flash?: Flash): Promise<void> {
  await renewSession(req, (session) => {
    session.resetGrant = grant;
    if (!flash) return;
    session.flash = flash;
    session.knownAs = grant.username;
  });
}
