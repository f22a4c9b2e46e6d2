import type { Request, Response } from 'express';
import type { FormError } from '../../../web/forms/forms.ts';
import { waitBefore } from '../../../web/request/limit.ts';
import { viewerOf, signedOut } from '../../../web/session/guards.ts';
import type { Clients } from '../devices/client.ts';
import { handleOf } from '../sessions/sessions.service.ts';
import type { PasswordService, Reauthenticated } from './password.service.ts';

export function reauthenticateBy({ passwords, clients }: { passwords: PasswordService; clients: Clients }) {
  return (req: Request, password: string): Promise<Reauthenticated> =>
    passwords.reauthenticate(viewerOf(req), password, handleOf(req.sessionID), clients.infoOf(req));
}

/** `show` renders the page that asked. */
export async function refuseReauthentication(
  req: Request,
  res: Response,
  refused: Exclude<Reauthenticated, { ok: true }>,
  show: (error: FormError) => void | Promise<void>,
): Promise<void> {
  switch (refused.reason) {
    case 'gone':
      return res.redirect(303, await signedOut(req));
    case 'wrong':
      res.status(422);
      return show({ name: 'currentPassword', text: "That's not your password." });
    case 'too-often': {
      const wait = waitBefore(res, refused.waitMs);
      return show({ name: '', text: `Too many tries. Please wait ${wait}, then try again.` });
    }
  }
}
