import type { Request, Response } from 'express';
import { waitInWords } from '../../kernel/clock.ts';
import type { FormError } from '../../web/forms.ts';
import { me, signedOut } from '../../web/guards.ts';
import type { Clients } from './client.session.ts';
import type { PasswordService, Proved } from './password.service.ts';
import { handleOf } from './sessions.service.ts';

/** Whether whoever sends this form knows the password of its session's person. */
export const proveBy =
  ({ passwords, clients }: { passwords: PasswordService; clients: Clients }) =>
  (req: Request, password: string): Promise<Proved> =>
    passwords.prove(me(req), password, handleOf(req.sessionID), clients.whence(req));

/** Answers a password that was not right; `show` renders the page that asked. */
export const notProved = async (
  req: Request,
  res: Response,
  proved: Exclude<Proved, { ok: true }>,
  show: (error: FormError) => void | Promise<void>,
): Promise<void> => {
  switch (proved.reason) {
    case 'gone':
      return res.redirect(303, await signedOut(req));
    case 'wrong':
      res.status(422);
      return show({ name: 'currentPassword', text: 'This is not your password.' });
    case 'too-often': {
      const wait = Math.ceil(proved.waitMs / 1000);
      res.status(429).set('Retry-After', String(wait));
      return show({ name: '', text: `There were too many tries. Please wait ${waitInWords(wait)}.` });
    }
  }
};
