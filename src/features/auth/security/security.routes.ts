import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Clock } from '../../../kernel/clock.ts';
import type { FormRoutes } from '../../../web/forms/form-rules.ts';
import { onlyMethods, onlyPost } from '../../../web/request/methods.ts';
import { viewerOf, signedInByQuery, signedOut } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import type { Flash } from '../../../web/session/session-data.ts';
import { settingsForm } from '../accounts/settings.forms.ts';
import type { Clients } from '../devices/client.ts';
import type { SecurityEvents } from '../history/security-events.service.ts';
import type { Reauthentication } from '../password/reauthentication.routes.ts';
import type { Asking, Sessions } from '../sessions/sessions.service.ts';
import { securityPage } from './security.page.ts';

interface SecurityRoutesDeps {
  sessions: Sessions;
  events: SecurityEvents;
  clients: Clients;
  signedInOnly: RequestHandler[];
  reauthentication: Reauthentication;
  clock: Clock;
}

function asking(req: Request): Asking {
  const { id, securityVersion } = viewerOf(req);
  return { userId: id, securityVersion, sid: req.sessionID };
}

/** `/settings/security`: where a person is signed in, and what happened to the account. */
export function securityRoutes(deps: SecurityRoutesDeps): FormRoutes {
  const { sessions, events, clients, signedInOnly, reauthentication, clock } = deps;
  const router = Router();

  router.get('/settings/security', signedInByQuery, async (req: Request, res: Response) => {
    const who = asking(req);
    const [open, history] = await Promise.all([sessions.list(who), events.recent(viewerOf(req))]);
    if (!history) return res.redirect(303, await signedOut(req));
    const { network } = clients.infoOf(req);
    return res.render(
      'settings/security',
      securityPage({ sessions: open, events: history, network, now: clock.now() }),
    );
  });
  router.all('/settings/security', onlyMethods('GET'));

  const act = {
    before: 'we sign out any devices',
    back: { path: '/settings/security', text: 'Back to security' },
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
      const ended = await sessions.revokeOthers(asking(req), clients.infoOf(req));
      const places = `${ended} ${ended === 1 ? 'place' : 'places'}`;
      await say(req, res, { kind: 'success', text: `You've been signed out everywhere else (${places}).` });
    },
  });
  const revoke = reauthentication.define(
    {
      ...act,
      name: 'revoke',
      async run(req, res, handle) {
        const ended = await sessions.revoke(asking(req), handle, clients.infoOf(req));
        await say(
          req,
          res,
          ended
            ? { kind: 'success', text: 'That device has been signed out.' }
            : { kind: 'info', text: 'That device has already been signed out.' },
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
