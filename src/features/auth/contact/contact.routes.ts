import { type Request, type RequestHandler, type Response, Router } from 'express';
import { type Clock } from '../../../kernel/clock.ts';
import { message, type Message } from '../../../kernel/message.ts';
import type { Channel } from '../../../platform/generated/prisma/enums.ts';
import type { Limits } from '../../../platform/limits/limits.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import { type FormError, readForm, takeFields } from '../../../web/forms/forms.ts';
import { shownAgainToMembers, type FormRoutes, type FormRules } from '../../../web/forms/form-rules.ts';
import { limitByAddress, perAddress, setRetryAfter } from '../../../web/request/limit.ts';
import { onlyMethods, onlyPost } from '../../../web/request/methods.ts';
import { viewerOf, signedInByQuery, signedOut } from '../../../web/session/guards.ts';
import type { CanText } from '../accounts/dial-countries.ts';
import { settingsForm } from '../accounts/settings.forms.ts';
import type { Challenges } from '../codes/challenge.service.ts';
import { keepPending } from '../codes/pending.session.ts';
import type { Clients } from '../devices/client.ts';
import type { PasswordService } from '../password/password.service.ts';
import { refuseReauthentication, reauthenticateByForm } from '../password/current-password.routes.ts';
import { addressLimits } from '../policy.ts';
import { contactForms, contactShapes } from './contact.forms.ts';
import { contactPage, type RefusedForm } from './contact.page.ts';
import type { ContactService } from './contact.service.ts';
import { removeContact } from './contact-remove.routes.ts';

const page = '/settings/contact';

interface ContactRoutesDeps {
  contacts: ContactService;
  challenges: Challenges;
  passwords: PasswordService;
  clients: Clients;
  signedInOnly: RequestHandler[];
  limits: Limits;
  clock: Clock;
  mobileOffered: boolean;
  canText: CanText;
}

export function contactRoutes(deps: ContactRoutesDeps): FormRoutes {
  const { contacts, challenges, signedInOnly, limits, clock, mobileOffered, canText } = deps;
  const router = Router();
  const reauthenticate = reauthenticateByForm(deps);

  const show = async (req: Request, res: Response, refused?: RefusedForm): Promise<void> => {
    const mine = await contacts.of(viewerOf(req));
    if (!mine) return res.redirect(303, await signedOut(req));
    const model = {
      contacts: mine,
      mobileOffered,
      canText,
      now: clock.now(),
      ...(refused ? { refused } : {}),
    };
    res.render('settings/contact', contactPage(req, model));
  };

  router.get(page, signedInByQuery, (req: Request, res: Response) => show(req, res));
  router.all(page, onlyMethods('GET'));

  const begin =
    (channel: Channel): RequestHandler =>
    async (req, res) => {
      const input = readForm(contactShapes[channel], contactForms[channel], bodyOf(req));
      const refuse = (errors: FormError[]) =>
        show(req, res, { channel, form: 'change', values: input.values, errors });
      if (!input.ok) {
        res.status(422);
        return refuse(input.errors);
      }
      const { contact, currentPassword } = input.data;
      const reauthenticated = await reauthenticate(req, currentPassword);
      if (!reauthenticated.ok)
        return refuseReauthentication(req, res, reauthenticated, (error) => refuse([error]));

      const before = req.session.pendingContact;
      const started = await contacts.start(
        viewerOf(req),
        contact,
        perAddress('sends', req, addressLimits.sends),
      );
      if (!started.ok) {
        const refuseContact = (text: Message) => refuse([{ name: channel, text }]);
        if (started.reason === 'too-often') {
          const wait = setRetryAfter(res, started.waitMs);
          return refuseContact(message('auth.contact.tooOften', { channel, wait }));
        }
        res.status(422);
        return refuseContact(
          started.reason === 'own'
            ? message('auth.contact.own', { channel })
            : message('auth.contact.noTexts'),
        );
      }
      await keepPending(req, 'pendingContact', started.pending);
      await challenges.dispatch(started.challenge, req.words.locale);
      if (before) await challenges.end(before.challengeId);
      return res.redirect(303, '/settings/contact/code');
    };

  const remove = removeContact(deps, show);

  const limited = limitByAddress(limits, 'contact', addressLimits.contactForms);
  const forms: Record<string, FormRules> = {};
  for (const channel of mobileOffered ? (['email', 'mobile'] as const) : (['email'] as const)) {
    const path = `${page}/${channel}`;
    router.post(path, signedInOnly, limited, begin(channel));
    router.all(path, onlyPost(page));
    const shownAgain = shownAgainToMembers(signedInOnly, (req, res, why) => {
      const values = takeFields(contactShapes[channel], bodyOf(req));
      return show(req, res, { channel, form: 'change', values, errors: [{ name: '', text: why }] });
    });
    forms[path] = settingsForm(page, { shownAgain });
  }
  // A number can be removed even where SMS isn't offered any more.
  for (const channel of ['email', 'mobile'] as const) {
    const path = `${page}/${channel}/remove`;
    router.post(path, signedInOnly, limited, remove(channel));
    router.all(path, onlyPost(page));
    const shownAgain = shownAgainToMembers(signedInOnly, (req, res, why) =>
      show(req, res, { channel, form: 'remove', values: {}, errors: [{ name: '', text: why }] }),
    );
    forms[path] = settingsForm(page, { shownAgain });
  }
  return { routes: router, forms };
}
