import type { Request, RequestHandler, Response } from 'express';
import { message } from '../../../kernel/message.ts';
import type { Channel } from '../../../platform/generated/prisma/enums.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import { type FormError, readForm } from '../../../web/forms/forms.ts';
import { viewerOf, signedOut } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import type { Flash } from '../../../web/session/session-data.ts';
import type { Clients } from '../devices/client.ts';
import { currentPassword } from '../password/password.forms.ts';
import type { PasswordService } from '../password/password.service.ts';
import { refuseReauthentication, reauthenticateByForm } from '../password/current-password.routes.ts';
import { undoHours } from './changes.ts';
import { removeShape } from './contact.forms.ts';
import type { RefusedForm } from './contact.page.ts';
import type { ContactService } from './contact.service.ts';

interface RemoveContactDeps {
  contacts: Pick<ContactService, 'remove'>;
  passwords: PasswordService;
  clients: Clients;
}

async function back(req: Request, res: Response, flash: Flash): Promise<void> {
  req.session.flash = flash;
  await saveSession(req);
  res.redirect(303, '/settings/contact');
}

/** `show` renders the page that the form stands on. */
export function removeContact(
  deps: RemoveContactDeps,
  show: (req: Request, res: Response, refused: RefusedForm) => Promise<void>,
): (channel: Channel) => RequestHandler {
  const { contacts, clients } = deps;
  const reauthenticate = reauthenticateByForm(deps);
  return (channel) => async (req, res) => {
    const refuse = (error: FormError) =>
      show(req, res, { channel, form: 'remove', values: {}, errors: [error] });
    const input = readForm(removeShape, currentPassword, bodyOf(req));
    if (!input.ok) {
      res.status(422);
      return refuse(input.errors[0]!);
    }
    const reauthenticated = await reauthenticate(req, input.data.currentPassword);
    if (!reauthenticated.ok) return refuseReauthentication(req, res, reauthenticated, refuse);

    const removed = await contacts.remove(viewerOf(req), channel, clients.infoOf(req));
    if (removed.ok) {
      const text = message('auth.contact.remove.done', { channel, hours: undoHours });
      return back(req, res, { kind: 'success', text });
    }
    switch (removed.reason) {
      case 'signed-out':
        return res.redirect(303, await signedOut(req));
      case 'none':
        return back(req, res, { kind: 'info', text: message('auth.contact.remove.none', { channel }) });
      case 'last':
        res.status(422);
        return refuse({ name: '', text: message('auth.contact.remove.last', { channel }) });
    }
  };
}
