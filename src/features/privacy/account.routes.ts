import { type Request, type Response, Router } from 'express';
import { shownMoment } from '../../kernel/clock.ts';
import { bodyOf } from '../../web/forms/body.ts';
import { type FormError, readForm } from '../../web/forms/forms.ts';
import { waitBefore } from '../../web/request/limit.ts';
import { onlyMethods, onlyPost } from '../../web/request/methods.ts';
import { viewerOf, signedInByQuery, signedOut } from '../../web/session/guards.ts';
import { renewSession } from '../../web/session/session.ts';
import { type AuthFeature, currentPassword, refuseReauthentication } from '../auth/index.ts';
import { accountPage, leaveShape } from './account.page.ts';
import type { Exports } from './exports.service.ts';

interface AccountRoutesDeps {
  exports: Exports;
  auth: AuthFeature;
}

export function accountRoutes({ exports, auth }: AccountRoutesDeps): Router {
  const { signedInOnly, reauthenticate, deletion, clients } = auth;
  const router = Router();
  const show = async (req: Request, res: Response, errors: FormError[] = []): Promise<void> => {
    const copies = await exports.of(viewerOf(req));
    if (!copies) return res.redirect(303, await signedOut(req));
    return res.render('settings/account', accountPage(copies, errors));
  };

  router.get('/settings/account', signedInByQuery, (req: Request, res: Response) => show(req, res));
  router.all('/settings/account', onlyMethods('GET'));

  router.post('/settings/account/delete', signedInOnly, async (req: Request, res: Response) => {
    const input = readForm(leaveShape, currentPassword, bodyOf(req));
    if (!input.ok) {
      res.status(422);
      return show(req, res, input.errors);
    }
    const proved = await reauthenticate(req, input.data.currentPassword);
    if (!proved.ok) return refuseReauthentication(req, res, proved, (error) => show(req, res, [error]));

    const left = await deletion.leave(proved.member, clients.infoOf(req));
    if (!left.ok && left.reason === 'too-often') {
      const text = `You've closed this account several times today. Please try again in ${waitBefore(res, left.waitMs)}.`;
      return show(req, res, [{ name: 'currentPassword', text }]);
    }
    if (!left.ok) return res.redirect(303, await signedOut(req));
    await renewSession(req, (session) => {
      session.flash = {
        kind: 'success',
        text: 'Your account is scheduled for deletion, and nobody can see it any more. Changed your mind? Sign in before ',
        at: shownMoment(left.until),
        after: ', and everything will be as it was.',
      };
    });
    return res.redirect(303, '/');
  });
  router.all('/settings/account/delete', onlyPost('/settings/account'));
  return router;
}
