import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Clock } from '../../../kernel/clock.ts';
import { message } from '../../../kernel/message.ts';
import { callerOf } from '../../../web/act.ts';
import type { FormRoutes } from '../../../web/forms/form-rules.ts';
import { onlyMethods, onlyPost } from '../../../web/request/methods.ts';
import { viewerOf, signedInByQuery, signedOut } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import type { Flash } from '../../../web/session/session-data.ts';
import { settingsForm } from '../accounts/settings.forms.ts';
import type { Reauthentication } from '../password/reauthentication.routes.ts';
import type { SecurityActs } from './security.acts.ts';
import { securityPage } from './security.page.ts';

interface SecurityRoutesDeps {
  acts: SecurityActs;
  signedInOnly: RequestHandler[];
  reauthentication: Reauthentication;
  clock: Clock;
}

/** `/settings/security`: where a person is signed in, and what happened to the account. */
export function securityRoutes(deps: SecurityRoutesDeps): FormRoutes {
  const { acts, signedInOnly, reauthentication, clock } = deps;
  const router = Router();

  router.get('/settings/security', signedInByQuery, async (req: Request, res: Response) => {
    const found = await acts.read.run(viewerOf(req), {}, callerOf(req));
    if (!found.ok) return res.redirect(303, await signedOut(req));
    return res.render('settings/security', securityPage({ ...found.value, now: clock.now() }));
  });
  router.all('/settings/security', onlyMethods('GET'));

  const act = {
    lead: message('auth.security.confirm.lead'),
    back: { path: '/settings/security', text: message('auth.security.confirm.back') },
  };
  const say = async (req: Request, res: Response, flash: Flash): Promise<void> => {
    req.session.flash = flash;
    await saveSession(req);
    res.redirect(303, '/settings/security');
  };
  const revokeOthers = reauthentication.define({
    ...act,
    name: 'revoke-others',
    async run(req, res) {
      const { value } = await acts.revokeOthers.run(viewerOf(req), {}, callerOf(req));
      const text = message('auth.sessions.othersEnded', { count: value.ended });
      await say(req, res, { kind: 'success', text });
    },
  });
  const revoke = reauthentication.define(
    {
      ...act,
      name: 'revoke',
      async run(req, res, handle) {
        const { value } = await acts.revoke.run(viewerOf(req), { id: handle }, callerOf(req));
        await say(
          req,
          res,
          value.ended > 0
            ? { kind: 'success', text: message('auth.sessions.ended') }
            : { kind: 'info', text: message('auth.sessions.endedAlready') },
        );
      },
    },
    (req) => String(req.params.id),
  );
  router.post('/settings/sessions/revoke-others', signedInOnly, revokeOthers);
  router.post('/settings/sessions/:id/revoke', signedInOnly, revoke);
  router.all(
    ['/settings/sessions/revoke-others', '/settings/sessions/:id/revoke'],
    onlyPost('/settings/security'),
  );
  // A visitor has no session left to end: the door is where to begin.
  const leadsTo = (req: Request) => (req.session.userId ? '/settings/security' : null);
  const form = settingsForm('/settings/security', { leadsTo });
  return {
    routes: router,
    forms: { '/settings/sessions/revoke-others': form, '/settings/sessions/:id/revoke': form },
  };
}
