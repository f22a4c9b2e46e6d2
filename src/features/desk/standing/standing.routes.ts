import { type Request, type RequestHandler, type Response, Router } from 'express';
import { minutes } from '../../../kernel/clock.ts';
import { message, shownMoment } from '../../../kernel/message.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { callerOf } from '../../../web/act.ts';
import { Download, sendDownload } from '../../../web/download.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import type { FormRoutes } from '../../../web/forms/form-rules.ts';
import { type FormError, type FormValues, readForm, withoutSecrets } from '../../../web/forms/forms.ts';
import { setRetryAfter } from '../../../web/request/limit.ts';
import { onlyMethods, onlyPost } from '../../../web/request/methods.ts';
import { renewSession, saveSession } from '../../../web/session/session.ts';
import { sitePathsOf } from '../../../web/session/site-paths.ts';
import { type AuthFeature, barredViewerOf, whyRefused } from '../../auth/index.ts';
import { type Exports, exportsPerDay, LeaveForm, leaveShape } from '../../privacy/index.ts';
import { isBarred, type Standing } from './standing.ts';
import type { Standings } from './standing.service.ts';
import { suspendedPage } from './standing.page.ts';

interface StandingRoutesDeps {
  standings: Standings;
  auth: Pick<AuthFeature, 'reauthenticate' | 'deletion' | 'clients'>;
  exports: Exports;
}

const page = '/suspended';
/** As long as the password counts everywhere: the copy holds everything. */
const freshFor = minutes(15);

/** For whom the desk keeps out: why, until when, a copy of their data, and the end of their account. */
export function standingRoutes({ standings, auth, exports }: StandingRoutesDeps): FormRoutes {
  const router = Router();
  type Known = { viewer: Viewer & { username: string }; standing: Standing };

  /** Null: they are led elsewhere. */
  const known = async (req: Request, res: Response): Promise<Known | null> => {
    const { start, signIn } = sitePathsOf(req);
    const viewer = barredViewerOf(req);
    if (!viewer) {
      res.redirect(303, req.session.userId ? start : signIn);
      return null;
    }
    const found = await standings.of(viewer);
    if (found.ok && isBarred(found.value, viewer.now)) return { viewer, standing: found.value };
    const text = message(found.ok ? 'desk.suspended.over' : 'web.session.signedOut');
    await renewSession(req, (session) => {
      session.flash = { kind: 'info', text };
    });
    res.redirect(303, signIn);
    return null;
  };
  const show = async (
    res: Response,
    { viewer, standing }: Known,
    state: { values?: FormValues; errors?: readonly FormError[] } = {},
  ) =>
    res.render(
      'desk/suspended',
      suspendedPage(standing, await exports.of(viewer), { ...state, perDay: exportsPerDay }),
    );
  const forBarred =
    (run: (req: Request, res: Response, who: Known) => Promise<unknown>): RequestHandler =>
    async (req, res) => {
      const who = await known(req, res);
      if (who) await run(req, res, who);
    };
  /** Others sign in once more. */
  const isFresh = (req: Request): boolean =>
    req.arrivedAt.getTime() - (req.session.bornAt ?? req.arrivedAt.getTime()) < freshFor;
  const signInAgain = async (req: Request, res: Response) => {
    await renewSession(req, (session) => {
      session.flash = { kind: 'info', text: message('desk.suspended.again') };
    });
    res.redirect(303, sitePathsOf(req).signIn);
  };

  router.get(
    page,
    forBarred((_req, res, who) => show(res, who)),
  );
  router.all(page, onlyMethods('GET'));

  router.post(
    `${page}/copy`,
    forBarred(async (req, res, { viewer }) => {
      if (!isFresh(req)) return signInAgain(req, res);
      const asked = await exports.ask(viewer, auth.clients.infoOf(req));
      if (!asked.ok && asked.reason === 'too-often') {
        setRetryAfter(res, asked.retryInMs);
        req.session.flash = {
          kind: 'error',
          text: message('privacy.copy.tooOften', { count: exportsPerDay }),
        };
        await saveSession(req);
      }
      return res.redirect(303, page);
    }),
  );
  router.all(`${page}/copy`, onlyPost(page));

  for (const ending of ['zip', 'json'] as const) {
    router.get(
      `${page}/copy.${ending}`,
      forBarred(async (req, res, { viewer }) => {
        if (!isFresh(req)) return signInAgain(req, res);
        const copy = await exports.open(viewer, ending);
        if (!copy.ok) return res.redirect(303, page);
        const { file, madeAt } = copy.value;
        const name = `chatlink-${viewer.username}-${madeAt.toISOString().slice(0, 10)}.${ending}`;
        return sendDownload(req, res, new Download(file, () => name));
      }),
    );
    router.all(`${page}/copy.${ending}`, onlyMethods('GET'));
  }

  router.post(
    `${page}/delete`,
    forBarred(async (req, res, who) => {
      // Of another tab, or pressed twice: the page says when it is deleted.
      if (who.standing.purgeAt) return res.redirect(303, page);
      const input = readForm(leaveShape, LeaveForm, bodyOf(req));
      const values = withoutSecrets(leaveShape, input.values);
      if (!input.ok) return show(res.status(422), who, { values, errors: input.errors });
      const proved = await auth.reauthenticate(who.viewer, input.data.currentPassword, callerOf(req));
      if (!proved.ok) {
        if (proved.reason === 'signed-out') return signInAgain(req, res);
        if (proved.reason === 'too-often') setRetryAfter(res, proved.retryInMs);
        else res.status(422);
        return show(res, who, { values, errors: [{ name: 'currentPassword', text: whyRefused(proved) }] });
      }
      const keepsMessages = input.data.messages === 'keep';
      const left = await auth.deletion.leave(proved.value, auth.clients.infoOf(req), { keepsMessages });
      if (!left.ok && left.reason === 'signed-out') return res.redirect(303, page);
      if (!left.ok) {
        const text = message('privacy.leave.tooOften', { wait: setRetryAfter(res, left.retryInMs) });
        return show(res, who, { values, errors: [{ name: '', text }] });
      }
      await renewSession(req, (session) => {
        session.flash = {
          kind: 'success',
          text: message('desk.suspended.left', { at: shownMoment(left.value.until) }),
        };
      });
      return res.redirect(303, '/');
    }),
  );
  router.all(`${page}/delete`, onlyPost(page));

  return {
    routes: router,
    forms: { [`${page}/copy`]: { leadsTo: page }, [`${page}/delete`]: { leadsTo: page } },
  };
}
