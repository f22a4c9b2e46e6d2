import { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import { waitInWords } from '../../kernel/clock.ts';
import type { Channel } from '../../platform/generated/prisma/enums.ts';
import type { Limits } from '../../platform/limits.ts';
import { bodyOf } from '../../web/body.ts';
import { type FormError, readForm, takeFields } from '../../web/forms.ts';
import { me, signedInByQuery, signedOut } from '../../web/guards.ts';
import { limitByAddress, perAddress } from '../../web/limit.ts';
import { onlyMethods } from '../../web/methods.ts';
import { onStaleMemberForm, staleTextFor } from '../../web/stale-forms.ts';
import { keepPending } from './auth.session.ts';
import type { Challenges } from './challenge.service.ts';
import type { Clients } from './client.session.ts';
import { contactForms, contactShapes } from './contact.forms.ts';
import { contactPage, type Refusal } from './contact.page.ts';
import type { ContactService, ContactStarted } from './contact.service.ts';
import { channelWords } from './contact.ts';
import type { PasswordService } from './password.service.ts';
import { addressLimits } from './policy.ts';
import { notProved, proveBy } from './proof.routes.ts';

export interface ContactRoutesDeps {
  contacts: ContactService;
  challenges: Challenges;
  passwords: PasswordService;
  clients: Clients;
  signedInOnly: RequestHandler[];
  limits: Limits;
  mobileOffered: boolean;
  texted: (country: string) => boolean;
}

/** `/settings/contact`: where an account can be reached, and the forms that change it. */
export const contactRoutes = (
  deps: ContactRoutesDeps,
): { routes: Router; staleForms: ErrorRequestHandler[] } => {
  const { contacts, challenges, signedInOnly, limits, mobileOffered, texted } = deps;
  const router = Router();
  const prove = proveBy(deps);

  const show = async (req: Request, res: Response, refused?: Refusal): Promise<void> => {
    const mine = await contacts.of(me(req));
    if (!mine) return res.redirect(303, await signedOut(req));
    const page = contactPage(req, { contacts: mine, mobileOffered, texted, ...(refused ? { refused } : {}) });
    res.render('settings/contact', page);
  };

  router.get('/settings/contact', signedInByQuery, (req: Request, res: Response) => show(req, res));
  router.all('/settings/contact', onlyMethods('GET'));

  /** The error of a contact that was not taken, with its status set. */
  const whyNot = (
    res: Response,
    channel: Channel,
    refused: Exclude<ContactStarted, { ok: true }>,
  ): FormError => {
    const what = channelWords[channel];
    if (refused.reason === 'too-often') {
      const wait = Math.ceil(refused.waitMs / 1000);
      res.status(429).set('Retry-After', String(wait));
      const text = `Too many codes were sent to this ${what}, for your account or from your network. Please try again in ${waitInWords(wait)}.`;
      return { name: channel, text };
    }
    res.status(422);
    const text =
      refused.reason === 'own'
        ? `This is your ${what} already.`
        : 'We cannot send texts to numbers of this country yet. Please choose another number.';
    return { name: channel, text };
  };

  const begin =
    (channel: Channel): RequestHandler =>
    async (req, res) => {
      const input = readForm(contactShapes[channel], contactForms[channel], bodyOf(req));
      const refuse = (errors: FormError[]) => show(req, res, { channel, values: input.values, errors });
      if (!input.ok) {
        res.status(422);
        return refuse(input.errors);
      }
      const { contact, currentPassword } = input.data;
      const proved = await prove(req, currentPassword);
      if (!proved.ok) return notProved(req, res, proved, (error) => refuse([error]));

      const before = req.session.pendingContact;
      const started = await contacts.start(me(req), contact, perAddress('sends', req, addressLimits.sends));
      if (!started.ok) return refuse([whyNot(res, channel, started)]);
      await keepPending(req, { pendingContact: started.pending });
      await challenges.dispatch(started.challenge);
      if (before) await challenges.end(before.challengeId);
      return res.redirect(303, '/settings/contact/code');
    };

  const limited = limitByAddress(limits, 'contact', addressLimits.contactForms);
  const staleForms: ErrorRequestHandler[] = [];
  for (const channel of mobileOffered ? (['email', 'mobile'] as const) : (['email'] as const)) {
    router.post(`/settings/contact/${channel}`, signedInOnly, limited, begin(channel));
    router.all(`/settings/contact/${channel}`, onlyMethods('POST'));
    staleForms.push(
      onStaleMemberForm(`/settings/contact/${channel}`, signedInOnly, (req, res) => {
        const values = takeFields(contactShapes[channel], bodyOf(req));
        return show(req, res, { channel, values, errors: [{ name: '', text: staleTextFor(req) }] });
      }),
    );
  }
  return { routes: router, staleForms };
};
