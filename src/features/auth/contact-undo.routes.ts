import { type Request, type Response, Router } from 'express';
import { onlyMethods } from '../../web/methods.ts';
import { renewSession, saveSession } from '../../web/session.ts';
import { rememberName } from './auth.session.ts';
import type { Clients } from './client.session.ts';
import type { ContactUndos, UndoOffer } from './contact-undo.service.ts';
import { channelWords } from './contact.ts';

const doneText =
  'The change is undone, and every device is signed out, since whoever made it may have been signed in. Please set a new password now: somebody may know the one you have.';
const ranOut = 'This link has run out. If somebody changed your contacts, set a new password first.';

const whyNot = (reason: 'taken' | 'last', what: string): string =>
  reason === 'taken'
    ? `Meanwhile your old ${what} belongs to another account, so we could not put it back. Nothing was changed.`
    : 'This is the only contact that the account has left, so we could not take it away. Nothing was changed.';

/**
 * `/contact/undo/:token`: undoes a change of contact, signed in or not, since a thief may hold the account. Outside
 * `/settings`, where everything asks to sign in first.
 */
export const contactUndoRoutes = ({ undos, clients }: { undos: ContactUndos; clients: Clients }): Router => {
  const router = Router();
  const path = '/contact/undo/:token';

  /** `offer`: whose link it was, so that the next form knows whom it is asked for. */
  const leave = async (
    req: Request,
    res: Response,
    kind: 'success' | 'error',
    text: string,
    offer: UndoOffer | null = null,
  ) => {
    if (offer) rememberName(req, offer.username);
    req.session.flash = { kind, text };
    await saveSession(req);
    res.redirect(303, '/password/forgot');
  };
  const page = (token: string, { username, channel, old }: UndoOffer, error: string | null) => ({
    title: 'Undo a change of contact',
    action: `/contact/undo/${token}`,
    username,
    what: channelWords[channel],
    old,
    form: { errors: error ? [{ name: '', text: error }] : [] },
  });

  router.get(path, async (req, res) => {
    const token = String(req.params.token);
    const { state, offer } = await undos.offer(token);
    if (state === 'used') return leave(req, res, 'success', doneText, offer);
    if (state === 'dead' || !offer) return leave(req, res, 'error', ranOut);
    return res.render('auth/contact-undo', page(token, offer, null));
  });

  router.post(path, async (req, res) => {
    const token = String(req.params.token);
    const undone = await undos.undo(token, clients.whence(req));
    // A second press of the button is answered like the first.
    if (undone.ok || undone.reason === 'used') {
      // Whoever is signed in here starts afresh: as this person the session is over, as another it is in the way.
      if (undone.ok && req.session.userId) await renewSession(req);
      return leave(req, res, 'success', doneText, (await undos.offer(token)).offer);
    }
    const { offer } = await undos.offer(token);
    if (undone.reason === 'dead' || !offer) return leave(req, res, 'error', ranOut);
    res.status(409);
    return res.render(
      'auth/contact-undo',
      page(token, offer, whyNot(undone.reason, channelWords[offer.channel])),
    );
  });
  router.all(path, onlyMethods('GET', 'POST'));

  return router;
};
