import type { Request, Response } from 'express';
import { callerOf } from '../../../web/act.ts';
import type { FormError } from '../../../web/forms/forms.ts';
import { setRetryAfter } from '../../../web/request/limit.ts';
import { viewerOf, signedOut } from '../../../web/session/guards.ts';
import type { Clients } from '../devices/client.ts';
import { reauthenticateBy, whyRefused } from './password.acts.ts';
import type { PasswordService, Reauthenticated } from './password.service.ts';

export function reauthenticateByForm(deps: { passwords: PasswordService; clients: Clients }) {
  const reauthenticate = reauthenticateBy(deps);
  return (req: Request, password: string): Promise<Reauthenticated> =>
    reauthenticate(viewerOf(req), password, callerOf(req));
}

/** `show` renders the page that asked. */
export async function refuseReauthentication(
  req: Request,
  res: Response,
  refused: Exclude<Reauthenticated, { ok: true }>,
  show: (error: FormError) => void | Promise<void>,
): Promise<void> {
  switch (refused.reason) {
    case 'signed-out':
      return res.redirect(303, await signedOut(req));
    case 'wrong-password':
      res.status(422);
      return show({ name: 'currentPassword', text: whyRefused(refused) });
    case 'too-often':
      setRetryAfter(res, refused.retryInMs);
      return show({ name: '', text: whyRefused(refused) });
  }
}
