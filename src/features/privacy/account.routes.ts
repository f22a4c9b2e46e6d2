import { type Request, type RequestHandler, type Response, Router } from 'express';
import { message, shownMoment } from '../../kernel/message.ts';
import { callerOf, problemOf, readInput } from '../../web/act.ts';
import { type FormError, type FormValues, withoutSecrets } from '../../web/forms/forms.ts';
import { setRetryAfter } from '../../web/request/limit.ts';
import { onlyMethods, onlyPost } from '../../web/request/methods.ts';
import { viewerOf } from '../../web/session/guards.ts';
import { renewSession } from '../../web/session/session.ts';
import { refuseReauthentication } from '../auth/index.ts';
import type { AccountActs } from './account.acts.ts';
import { accountPage, leaveShape } from './account.page.ts';

interface AccountRoutesDeps {
  acts: AccountActs;
  signedInOnly: RequestHandler[];
}

export function accountRoutes({ acts, signedInOnly }: AccountRoutesDeps): Router {
  const router = Router();
  const show = async (
    req: Request,
    res: Response,
    values: FormValues = {},
    errors: FormError[] = [],
  ): Promise<void> => {
    const { value: copies } = await acts.read.run(viewerOf(req), {}, callerOf(req));
    return res.render('settings/account', accountPage(copies, values, errors));
  };

  router.get('/settings/account', signedInOnly, (req: Request, res: Response) => show(req, res));
  router.all('/settings/account', onlyMethods('GET'));

  router.post('/settings/account/delete', signedInOnly, async (req: Request, res: Response) => {
    const input = await readInput(acts.remove, req);
    if (!input.ok) {
      res.status(422);
      return show(req, res, withoutSecrets(leaveShape, input.values), input.errors);
    }
    const values = withoutSecrets(leaveShape, input.values);
    const left = await acts.remove.run(viewerOf(req), input.data, callerOf(req));
    if (!left.ok && left.reason === 'left-too-often') {
      const { said } = problemOf(acts.remove, left);
      setRetryAfter(res, left.retryInMs);
      return show(req, res, values, [{ name: 'currentPassword', text: said }]);
    }
    if (!left.ok) return refuseReauthentication(req, res, left, (error) => show(req, res, values, [error]));
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
