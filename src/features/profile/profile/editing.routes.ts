import { type Request, type RequestHandler, type Response, Router } from 'express';
import { bodyOf } from '../../../web/forms/body.ts';
import { readForm, takeFields } from '../../../web/forms/forms.ts';
import { type FormRoutes, onRefusedMemberForm } from '../../../web/forms/expired-forms.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { viewerOf, signedInByQuery, signedOut } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import { formValuesOf, ProfileForm, profileShape, takenFromSaved, withSaved } from './editing.forms.ts';
import { type EditingPageState, editingPage, conflictViews } from './editing.page.ts';
import type { Editing } from './editing.service.ts';

const path = '/settings/profile';

interface EditingRoutesDeps {
  editing: Editing;
  signedInOnly: RequestHandler[];
}

/** `/settings/profile`: what others see of a person, and whether they do. */
export function editingRoutes({ editing, signedInOnly }: EditingRoutesDeps): FormRoutes {
  const router = Router();
  const show = (req: Request, res: Response, state: EditingPageState) =>
    res.render('settings/profile', editingPage(req, state));

  router.get(path, signedInByQuery, async (req, res) => {
    const profile = await editing.of(viewerOf(req));
    if (!profile) return res.redirect(303, await signedOut(req));
    return show(req, res, { values: formValuesOf(profile) });
  });

  router.post(path, signedInOnly, async (req: Request, res: Response) => {
    const taken = takenFromSaved(bodyOf(req));
    const known = taken.length > 0 ? await editing.of(viewerOf(req)) : null;
    const body = known ? withSaved(bodyOf(req), taken, known) : bodyOf(req);
    const input = readForm(profileShape, ProfileForm, body);
    if (!input.ok) {
      res.status(422);
      return show(req, res, input);
    }
    const saved = await editing.save(viewerOf(req), input.data);
    if (!saved) return res.redirect(303, await signedOut(req));
    if (saved.ok) {
      req.session.flash = { kind: 'success', text: 'Your profile has been saved.' };
      await saveSession(req);
      return res.redirect(303, '/profile');
    }

    // The form comes back knowing of the other change, and holds it wherever nothing was typed here.
    const { version, shown, ...fresh } = formValuesOf(saved.now);
    const untouched = saved.conflicts.filter(({ touched }) => !touched);
    const theirs = Object.fromEntries(untouched.map(({ field }) => [field, fresh[field]!]));
    const both = saved.merged ? { interests: saved.merged } : {};
    res.status(422);
    return show(req, res, {
      values: { ...input.values, ...both, ...theirs, version: version!, shown: shown! },
      conflicts: conflictViews(req, saved),
    });
  });

  router.all(path, onlyMethods('GET', 'POST'));
  // Of no version: whoever signed in since may be somebody else, so every field is compared before it is saved.
  const expiredForm = onRefusedMemberForm(path, signedInOnly, (req, res, why) =>
    show(req, res, {
      values: { ...takeFields(profileShape, bodyOf(req)), version: 'unknown' },
      errors: [{ name: '', text: why }],
    }),
  );
  return { routes: router, expiredForm };
}
