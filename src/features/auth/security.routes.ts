import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Clock } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import { me } from '../../web/guards.ts';
import { onlyMethods } from '../../web/methods.ts';
import { saveSession } from '../../web/session.ts';
import type { Clients } from './client.session.ts';
import { proofPolicy } from './policy.ts';
import { securityPage } from './security.page.ts';
import type { SecurityEvents } from './security-events.service.ts';
import type { Asking, Sessions, WantedRevocation } from './sessions.service.ts';

export interface SecurityRoutesDeps {
  sessions: Sessions;
  events: SecurityEvents;
  clients: Clients;
  signedInOnly: RequestHandler[];
  clock: Clock;
}

const asking = (req: Request): Asking => {
  const { id, securityVersion } = me(req);
  return { userId: id, securityVersion, sid: req.sessionID };
};

/** Ends what was wanted, and says so on the security page. Shared with the page that asks for the password first. */
export const createRevocation =
  ({ sessions, clients }: Pick<SecurityRoutesDeps, 'sessions' | 'clients'>) =>
  async (req: Request, res: Response, wanted: WantedRevocation): Promise<void> => {
    const [who, whence] = [asking(req), clients.whence(req)];
    if (wanted === 'others') {
      const ended = await sessions.revokeOthers(who, whence);
      const text = `You are signed out everywhere else (${ended} ${ended === 1 ? 'place' : 'places'}).`;
      req.session.flash = { kind: 'success', text };
    } else {
      if (!(await sessions.revoke(who, wanted.session, whence)))
        throw new AppError(404, 'This session has ended already.');
      req.session.flash = { kind: 'success', text: 'That device is signed out.' };
    }
    await saveSession(req);
    res.redirect(303, '/settings/security');
  };

/** `/settings/security`: where a person is signed in, and what happened to the account. */
export const securityRoutes = (deps: SecurityRoutesDeps): Router => {
  const { sessions, events, clients, signedInOnly, clock } = deps;
  const router = Router();
  const carryOut = createRevocation(deps);

  router.get('/settings/security', signedInOnly, async (req: Request, res: Response) => {
    const who = asking(req);
    const [open, history] = await Promise.all([sessions.list(who), events.recent(who.userId)]);
    const { network } = clients.whence(req);
    res.render(
      'settings/security',
      securityPage({ sessions: open, events: history, network, now: clock.now() }),
    );
  });
  router.all('/settings/security', onlyMethods('GET'));

  /** Whoever gave the password lately goes on; everybody else gives it once more. */
  const revoke = async (req: Request, res: Response, wanted: WantedRevocation): Promise<void> => {
    const provedAt = req.session.provedAt ?? 0;
    if (clock.now().getTime() - provedAt < proofPolicy.lifetime) return carryOut(req, res, wanted);
    req.session.wanted = wanted;
    await saveSession(req);
    return res.redirect(303, '/settings/confirm');
  };
  router.post('/settings/sessions/revoke-others', signedInOnly, (req: Request, res: Response) =>
    revoke(req, res, 'others'),
  );
  router.post('/settings/sessions/:id/revoke', signedInOnly, (req: Request, res: Response) =>
    revoke(req, res, { session: String(req.params.id) }),
  );
  router.all(['/settings/sessions/revoke-others', '/settings/sessions/:id/revoke'], onlyMethods('POST'));
  return router;
};
