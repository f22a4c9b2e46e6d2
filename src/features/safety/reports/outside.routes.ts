import { type Request, type Response, Router } from 'express';
import { durationOf } from '../../../kernel/duration.ts';
import { message } from '../../../kernel/message.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import { type FormRoutes, shownAgainToVisitors } from '../../../web/forms/form-rules.ts';
import { readForm, takeFields } from '../../../web/forms/forms.ts';
import { perAddress, setRetryAfter } from '../../../web/request/limit.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { saveSession } from '../../../web/session/session.ts';
import { reportFormBounds, reportPolicy } from '../policy.ts';
import type { Outside } from './outside.service.ts';
import { OutsideForm, outsideShape } from './report.forms.ts';
import { type FormState, outsidePage } from './report.page.ts';

const path = '/safety/report';

/** For people without an account, and for whoever does not want to use theirs. */
export function outsideRoutes(outside: Outside, abuseEmail: string): FormRoutes {
  const router = Router();
  const show = (res: Response, state: FormState) => res.render('safety/report-outside', outsidePage(state));

  router.get(path, (_req: Request, res: Response) => show(res, { values: {} }));

  router.post(path, async (req: Request, res: Response) => {
    const input = readForm(outsideShape, OutsideForm, bodyOf(req));
    if (!input.ok) return show(res.status(422), input);
    const filed = await outside.report(
      perAddress('outside-reports', req, reportPolicy.perNetwork),
      input.data,
    );
    if (!filed.ok) {
      setRetryAfter(res, filed.retryInMs);
      const text = message('safety.report.outside.tooOften', {
        wait: durationOf(filed.retryInMs / 1000),
        email: abuseEmail,
      });
      return show(res, { values: input.values, errors: [{ name: '', text }] });
    }
    req.session.flash = { kind: 'success', text: message('safety.report.outside.thanks') };
    await saveSession(req);
    return res.redirect(303, path);
  });
  router.all(path, onlyMethods('GET', 'POST'));

  const shownAgain = shownAgainToVisitors((req, res, why) =>
    show(res, { values: takeFields(outsideShape, bodyOf(req)), errors: [{ name: '', text: why }] }),
  );
  return { routes: router, forms: { [path]: { leadsTo: path, bounds: reportFormBounds, shownAgain } } };
}
