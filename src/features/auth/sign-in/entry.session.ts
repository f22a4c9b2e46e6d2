import type { Request, Response } from 'express';
import type { Clock } from '../../../kernel/clock.ts';
import { message, shownDay } from '../../../kernel/message.ts';
import type { Flash } from '../../../web/session/session-data.ts';
import { type SitePaths, sitePathsOf } from '../../../web/session/site-paths.ts';
import type { Clients } from '../devices/client.ts';
import { sessionPolicy } from '../policy.ts';
import { signInto } from '../sessions/sign-into.session.ts';
import type { SignedIn } from './sign-in.service.ts';

/** Product law: signing in takes a deletion back. */
function cameBack(purgeAt: Date, { account }: SitePaths): Flash {
  return {
    kind: 'success',
    text: message('auth.signIn.cameBack', { at: shownDay(purgeAt) }),
    link: { href: account, text: message('auth.signIn.deleteAnyway') },
  };
}

/** Signs the browser in, and remembers the device. `flash`: unless there is more to say. */
export type Entry = (
  req: Request,
  res: Response,
  entered: Extract<SignedIn, { ok: true }>,
  remember: boolean,
  flash?: Flash,
) => Promise<void>;

export function createEntry({ clients, clock }: { clients: Clients; clock: Clock }): Entry {
  return async (req, res, { account, deviceCookie, cameBackFrom }, remember, flash) => {
    clients.rememberDevice(res, deviceCookie);
    await signInto(req, account, {
      device: clients.infoOf(req).device,
      now: clock.now(),
      remember: remember ? { ms: sessionPolicy.remembered.absolute } : null,
      flash: cameBackFrom ? cameBack(cameBackFrom, sitePathsOf(req)) : (flash ?? null),
    });
  };
}
