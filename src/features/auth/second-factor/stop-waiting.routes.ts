import { type Request, type Response, Router } from 'express';
import { message, shownMoment } from '../../../kernel/message.ts';
import { leftOpenAgain, tellLeftOpen } from '../../../web/forms/expired-forms.ts';
import type { FormRoutes } from '../../../web/forms/form-rules.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { neverCompressed } from '../../../web/send-text.ts';
import { saveSession } from '../../../web/session/session.ts';
import type { Flash } from '../../../web/session/session-data.ts';
import type { Clients } from '../devices/client.ts';
import type { SecondSteps } from './second-steps.service.ts';

const stopWaitingPath = '/login/second/stop/:token';

/** Where the news of a lost app leads; signed in or not. */
export function stopWaitingRoutes({
  secondSteps,
  clients,
}: {
  secondSteps: SecondSteps;
  clients: Clients;
}): FormRoutes {
  const router = Router();
  const say = async (req: Request, res: Response, flash: Flash, to: string) => {
    req.session.flash = flash;
    await saveSession(req);
    res.redirect(303, to);
  };
  const nothing: Flash = { kind: 'info', text: message('auth.stopWaiting.nothing') };

  router.get(stopWaitingPath, async (req: Request, res: Response) => {
    const token = String(req.params.token);
    const lost = await secondSteps.toStop(token);
    if (!lost) return say(req, res, nothing, '/login');
    tellLeftOpen(req);
    return neverCompressed(res).render('auth/stop-waiting', {
      title: message('auth.stopWaiting.title'),
      action: `/login/second/stop/${token}`,
      username: lost.username,
      opensAt: shownMoment(lost.opensAt),
      form: { errors: [] },
    });
  });

  router.post(stopWaitingPath, async (req: Request, res: Response) => {
    const stopped = await secondSteps.stop(String(req.params.token), clients.infoOf(req));
    const done: Flash = { kind: 'success', text: message('auth.stopWaiting.done') };
    return stopped.ok
      ? say(req, res, done, req.session.userId ? '/settings/password' : '/password/forgot')
      : say(req, res, nothing, '/login');
  });
  router.all(stopWaitingPath, onlyMethods('GET', 'POST'));

  return { routes: router, forms: { [stopWaitingPath]: { leadsTo: leftOpenAgain } } };
}
