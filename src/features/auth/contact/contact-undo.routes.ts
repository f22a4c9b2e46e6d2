import { type Request, type Response, Router } from 'express';
import { message, type Message, shownDay } from '../../../kernel/message.ts';
import { isPressedAgain, leftOpenAgain, tellLeftOpen } from '../../../web/forms/expired-forms.ts';
import type { FormRoutes } from '../../../web/forms/form-rules.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { neverCompressed } from '../../../web/send-text.ts';
import { saveSession } from '../../../web/session/session.ts';
import type { Flash } from '../../../web/session/session-data.ts';
import type { Clients } from '../devices/client.ts';
import { grantInto } from '../recovery/recovery.session.ts';
import { rememberName } from '../sessions/next-sign-in.session.ts';
import { undoHours } from './changes.ts';
import type { ContactUndos, UndoOffer } from './contact-undo.service.ts';

const doneText = message('auth.contactUndo.done');

interface ContactUndoRoutesDeps {
  undos: ContactUndos;
  clients: Clients;
}

/** Signed in or not, since a thief may hold the account. */
export function contactUndoRoutes({ undos, clients }: ContactUndoRoutesDeps): FormRoutes {
  const router = Router();
  const path = '/contact/undo/:token';

  const sayDead = async (req: Request, res: Response) => {
    req.session.flash = { kind: 'error', text: message('auth.contactUndo.expired') };
    await saveSession(req);
    res.redirect(303, '/password/forgot');
  };
  const say = async (req: Request, res: Response, offer: UndoOffer | null, flash: Flash, to: string) => {
    if (offer) rememberName(req, offer.username);
    req.session.flash = flash;
    await saveSession(req);
    res.redirect(303, to);
  };
  const sayUsed = (req: Request, res: Response, offer: UndoOffer) => {
    if (isPressedAgain(req) && offer.lacksPassword)
      return say(req, res, offer, { kind: 'success', text: doneText }, '/password/new');
    const used = { at: shownDay(offer.usedAt!) };
    const text = offer.lacksPassword
      ? message('auth.contactUndo.usedLacksPassword', used)
      : message('auth.contactUndo.used', used);
    const forNewOne = req.session.resetGrant ? '/password/new' : '/password/forgot';
    return say(req, res, offer, { kind: 'info', text }, offer.lacksPassword ? forNewOne : '/login');
  };
  const page = (
    token: string,
    { username, channel, how, old, toldBy, back }: UndoOffer,
    error: Message | null,
  ) => ({
    title: message('auth.contactUndo.title'),
    action: `/contact/undo/${token}`,
    username,
    channel,
    how,
    old,
    toldBy,
    hours: undoHours,
    back,
    form: { errors: error ? [{ name: '', text: error }] : [] },
  });

  router.get(path, async (req, res) => {
    const token = String(req.params.token);
    const { state, offer } = await undos.offer(token);
    if (state === 'dead' || !offer) return sayDead(req, res);
    if (state === 'used') return sayUsed(req, res, offer);
    tellLeftOpen(req);
    return neverCompressed(res).render('auth/contact-undo', page(token, offer, null));
  });

  router.post(path, async (req, res) => {
    const token = String(req.params.token);
    const undone = await undos.undo(token, clients.infoOf(req));
    if (undone.ok) {
      // Ends any session here: this person's is over, another's is in the way.
      await grantInto(req, undone.grant, { kind: 'success', text: doneText });
      return res.redirect(303, '/password/new');
    }
    const { offer } = await undos.offer(token);
    // A second press is answered like the first.
    if (undone.reason === 'used')
      return say(req, res, offer, { kind: 'success', text: doneText }, '/password/new');
    if (undone.reason === 'dead' || !offer) return sayDead(req, res);
    res.status(409);
    const { channel } = offer;
    const why =
      undone.reason === 'taken'
        ? message('auth.contactUndo.taken', { channel })
        : message('auth.contactUndo.last');
    return neverCompressed(res).render('auth/contact-undo', page(token, offer, why));
  });
  router.all(path, onlyMethods('GET', 'POST'));

  return { routes: router, forms: { [path]: { leadsTo: leftOpenAgain } } };
}
