import { type Request, type RequestHandler, type Response, Router } from 'express';
import { message, shownMoment } from '../../kernel/message.ts';
import { callerOf, problemOf, readInput } from '../../web/act.ts';
import type { FormError } from '../../web/forms/forms.ts';
import { setRetryAfter } from '../../web/request/limit.ts';
import { onlyMethods, onlyPost } from '../../web/request/methods.ts';
import { viewerOf } from '../../web/session/guards.ts';
import { renewSession } from '../../web/session/session.ts';
import { refuseReauthentication } from '../auth/index.ts';
import type { AccountActs } from './account.acts.ts';
import { accountPage } from './account.page.ts';

interface AccountRoutesDeps {
  acts: AccountActs;
  signedInOnly: RequestHandler[];
}

export function accountRoutes({ acts, signedInOnly }: AccountRoutesDeps): Router {
  const router = Router();
  const show = async (req: Request, res: Response, errors: FormError[] = []): Promise<void> => {
    const { value: copies } = await acts.read.run(viewerOf(req), {}, callerOf(req));
    return res.render('settings/account', accountPage(copies, errors));
  };

  router.get('/settings/account', signedInOnly, (req: Request, res: Response) => show(req, res));
  router.all('/settings/account', onlyMethods('GET'));

  router.post('/settings/account/delete', signedInOnly, async (req: Request, res: Response) => {
    const input = await readInput(acts.remove, req);
    if (!input.ok) {
      res.status(422);
      return show(req, res, input.errors);
    }
    const left = await acts.remove.run(viewerOf(req), input.data, callerOf(req));
    if (!left.ok && left.reason === 'left-too-often') {
      const { said } = problemOf(acts.remove, left);
      setRetryAfter(res, left.retryInMs);
      return show(req, res, [{ name: 'currentPassword', text: said }]);
    }
    if (!left.ok) return refuseReauthentication(req, res, left, (error) => show(req, res, [error]));
    await renewSession(req, (session) => {
      session.flash = {
        kind: 'success',
        text: message('privacy.leave.done', { at: shownMoment(left.value.until) }),
      };
    });
    return res.redirect(303, '/');
  });
  router.all('/settings/account/delete', onlyPost('/settings/account'));
  return router;
}
