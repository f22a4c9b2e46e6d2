import { type Request, type RequestHandler, type Response, Router } from 'express';
import { message } from '../../../kernel/message.ts';
import { callerOf, problemOf, readInput } from '../../../web/act.ts';
import { bodyOf, single } from '../../../web/forms/body.ts';
import { type FormRoutes, shownAgainToMembers } from '../../../web/forms/form-rules.ts';
import { takeFields } from '../../../web/forms/forms.ts';
import { setRetryAfter } from '../../../web/request/limit.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { signedOut, viewerOf } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import { reportFormBounds } from '../policy.ts';
import { reportShape } from './report.forms.ts';
import { filedPage, type FormState, reportPage } from './report.page.ts';
import type { ReportActs } from './reports.acts.ts';

const [form, sent] = ['/report', '/report/sent'];

interface ReportRoutesDeps {
  acts: ReportActs;
  signedInOnly: RequestHandler[];
}

export function reportRoutes({ acts, signedInOnly }: ReportRoutesDeps): FormRoutes {
  const router = Router();

  const show = async (req: Request, res: Response, about: string, state: FormState) => {
    const found = await acts.look.run(viewerOf(req), { about }, callerOf(req));
    if (!found.ok) throw problemOf(acts.look, found);
    return res.render('safety/report', reportPage(found.value, state));
  };

  router.get(form, signedInOnly, async (req: Request, res: Response) => {
    const about = typeof req.query.about === 'string' ? req.query.about : '';
    return show(req, res, about, { values: { about } });
  });

  router.post(form, signedInOnly, async (req: Request, res: Response) => {
    const input = await readInput(acts.file, req);
    const about = single(bodyOf(req), 'about') ?? '';
    if (!input.ok) return show(req, res.status(422), about, input);
    const filed = await acts.file.run(viewerOf(req), input.data, callerOf(req));
    if (filed.ok) {
      const { username } = filed.value;
      const text =
        username === null ? message('safety.report.thanks') : message('safety.report.thanksOf', { username });
      req.session.flash = { kind: 'success', text };
      await saveSession(req);
      return res.redirect(303, sent);
    }
    if (filed.reason === 'signed-out') return res.redirect(303, await signedOut(req));
    const problem = problemOf(acts.file, filed);
    if (filed.reason === 'nobody') throw problem;
    setRetryAfter(res, filed.retryInMs);
    return show(req, res, about, { values: input.values, errors: [{ name: '', text: problem.said }] });
  });
  router.all(form, onlyMethods('GET', 'POST'));

  router.get(sent, signedInOnly, async (req: Request, res: Response) => {
    const { value } = await acts.filed.run(viewerOf(req), {}, callerOf(req));
    return res.render('settings/reports', filedPage(value));
  });
  router.all(sent, onlyMethods('GET'));

  const shownAgain = shownAgainToMembers(signedInOnly, async (req, res, why) => {
    const values = takeFields(reportShape, bodyOf(req));
    await show(req, res, String(values.about), { values, errors: [{ name: '', text: why }] });
  });
  return { routes: router, forms: { [form]: { page: sent, bounds: reportFormBounds, shownAgain } } };
}
