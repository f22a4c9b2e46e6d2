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

/** A session with this right and no other. */
export async function grantInto(req: Request, grant: ResetGrant, flash?: Flash): Promise<void> {
  await renewSession(req, (session) => {
    session.resetGrant = grant;
    if (!flash) return;
    session.flash = flash;
    session.knownAs = grant.username;
  });
}
