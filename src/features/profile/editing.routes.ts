import { type Request, type RequestHandler, type Response, Router } from 'express';
import { bodyOf } from '../../web/body.ts';
import { readForm } from '../../web/forms.ts';
import { me, signedInByQuery, signedOut } from '../../web/guards.ts';
import { onlyMethods } from '../../web/methods.ts';
import { saveSession } from '../../web/session.ts';
import { formValuesOf, profileShape, ProfileForm } from './editing.forms.ts';
import { changedMeanwhileText, editingPage, type EditingPageState, meanwhileViews } from './editing.page.ts';
import type { Editing } from './editing.service.ts';

const path = '/settings/profile';

export interface EditingRoutesDeps {
  editing: Editing;
  signedInOnly: RequestHandler[];
}

/** `/settings/profile`: what others see of a person, and whether they do. */
export const editingRoutes = ({ editing, signedInOnly }: EditingRoutesDeps): Router => {
  const router = Router();
  const show = (req: Request, res: Response, state: EditingPageState) =>
    res.render('settings/profile', editingPage(req, state));

  router.get(path, signedInByQuery, async (req, res) => {
    const profile = await editing.of(me(req));
    if (!profile) return res.redirect(303, await signedOut(req));
    return show(req, res, { values: formValuesOf(profile) });
  });

  router.post(path, signedInOnly, async (req: Request, res: Response) => {
    const input = readForm(profileShape, ProfileForm, bodyOf(req));
    if (!input.ok) {
      res.status(422);
      return show(req, res, input);
    }
    const saved = await editing.save(me(req), input.data);
    if (!saved) return res.redirect(303, await signedOut(req));
    if (saved.ok) {
      req.session.flash = { kind: 'success', text: 'Your profile is saved.' };
      await saveSession(req);
      return res.redirect(303, '/profile');
    }

    // The form comes back knowing of the other change, and holds it wherever nothing was typed here.
    const { version, shown, ...fresh } = formValuesOf(saved.now);
    const untouched = saved.meanwhile.filter(({ touched }) => !touched);
    const theirs = Object.fromEntries(untouched.map(({ field }) => [field, fresh[field]!]));
    res.status(422);
    return show(req, res, {
      values: { ...input.values, ...theirs, version: version!, shown: shown! },
      errors: [{ name: '', text: changedMeanwhileText }],
      meanwhile: meanwhileViews(req, saved),
    });
  });

  router.all(path, onlyMethods('GET', 'POST'));
  return router;
};
