import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { isUuid } from '../../../kernel/ids.ts';
import { issue, message } from '../../../kernel/message.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import { type FormRoutes } from '../../../web/forms/form-rules.ts';
import { type FormError, type FormValues, readForm } from '../../../web/forms/forms.ts';
import { writtenText } from '../../../web/forms/written-text.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { lets } from '../../../web/routes.ts';
import { signedOut, viewerOf } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import { barredViewerOf } from '../../auth/index.ts';
import { appealBounds, appealText } from '../policy.ts';
import type { Standing } from './standing.ts';
import type { Standings } from './standing.service.ts';
import { appealPage, appealShape } from './standing.page.ts';

interface AppealRoutesDeps {
  standings: Standings;
  signedInOnly: RequestHandler[];
}

const page = '/appeal';

const AppealForm = z.object({
  decision: z.string().refine(isUuid, issue('desk.appeal.decision.error')),
  text: writtenText(message('desk.appeal.text.what'), appealText).refine(
    (text) => text !== '',
    issue('desk.appeal.text.error'),
  ),
});

/** For whoever was decided about, kept out or not. */
export function appealRoutes({ standings, signedInOnly }: AppealRoutesDeps): FormRoutes {
  const router = Router();
  const known = signedInOnly.map((guard) =>
    lets('member', (req: Request, res: Response, next: NextFunction) =>
      barredViewerOf(req) ? next() : guard(req, res, next),
    ),
  );
  const viewerFor = (req: Request): Viewer => barredViewerOf(req) ?? viewerOf(req);

  /** Null: the session is over, and they are led to where it begins. */
  const standingOf = async (req: Request, res: Response): Promise<Standing | null> => {
    const standing = await standings.of(viewerFor(req));
    if (standing.ok) return standing.value;
    res.redirect(303, await signedOut(req));
    return null;
  };
  const show = async (
    req: Request,
    res: Response,
    state: { values?: FormValues; errors?: readonly FormError[] } = {},
  ) => {
    const standing = await standingOf(req, res);
    const barred = barredViewerOf(req) !== null;
    if (standing)
      res.render(barred ? 'desk/appeal' : 'settings/decisions', appealPage(standing, barred, state));
  };

  router.get(page, known, (req: Request, res: Response) => show(req, res));
  router.post(page, known, async (req: Request, res: Response) => {
    const input = readForm(appealShape, AppealForm, bodyOf(req));
    if (!input.ok) return show(req, res.status(422), input);
    const { decision, text } = input.data;
    const sent = await standings.appeal(viewerFor(req), decision, text);
    req.session.flash = sent.ok
      ? { kind: 'success', text: message('desk.appeal.sent') }
      : { kind: 'error', text: message('desk.appeal.gone') };
    await saveSession(req);
    return res.redirect(303, page);
  });
  router.all(page, onlyMethods('GET', 'POST'));
  return { routes: router, forms: { [page]: { page, bounds: appealBounds } } };
}
