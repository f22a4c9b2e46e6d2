import { type Request, type RequestHandler, type Response, Router } from 'express';
import { message } from '../../../kernel/message.ts';
import { callerOf, readInput } from '../../../web/act.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import { type FormRoutes, shownAgainToMembers } from '../../../web/forms/form-rules.ts';
import { type FormError, type FormValues, takeFields } from '../../../web/forms/forms.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { signedInByQuery, signedOut, viewerOf } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import { settingsForm } from '../../auth/index.ts';
import type { PrivacySettingsActs } from './privacy-settings.acts.ts';
import { formValuesOf, privacyShape } from './privacy-settings.forms.ts';
import { privacyPage } from './privacy-settings.page.ts';

const path = '/settings/privacy';

/** `/settings/privacy`: who sees, finds and writes to a member. */
export function privacySettingsRoutes(
  { read, save }: PrivacySettingsActs,
  signedInOnly: RequestHandler[],
): FormRoutes {
  const router = Router();
  const show = async (req: Request, res: Response, values?: FormValues, errors?: readonly FormError[]) => {
    const found = await read.run(viewerOf(req), {}, callerOf(req));
    if (!found.ok) return res.redirect(303, await signedOut(req));
    const { isMinor } = found.value;
    return res.render(
      'settings/privacy',
      privacyPage({ values: values ?? formValuesOf(found.value), isMinor, ...(errors ? { errors } : {}) }),
    );
  };

  router.get(path, signedInByQuery, (req: Request, res: Response) => show(req, res));

  router.post(path, signedInByQuery, async (req: Request, res: Response) => {
    const input = await readInput(save, req);
    if (!input.ok) return show(req, res.status(422), input.values, input.errors);
    const saved = await save.run(viewerOf(req), input.data, callerOf(req));
    if (!saved.ok) return res.redirect(303, await signedOut(req));
    req.session.flash = { kind: 'success', text: message('safety.privacy.saved') };
    await saveSession(req);
    return res.redirect(303, path);
  });

  router.all(path, onlyMethods('GET', 'POST'));
  const shownAgain = shownAgainToMembers(signedInOnly, (req, res, why) =>
    show(req, res, takeFields(privacyShape, bodyOf(req)), [{ name: '', text: why }]),
  );
  return { routes: router, forms: { [path]: settingsForm(path, { shownAgain }) } };
}
