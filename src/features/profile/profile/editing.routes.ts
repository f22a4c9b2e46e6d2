import { type Request, type RequestHandler, type Response, Router } from 'express';
import { message } from '../../../kernel/message.ts';
import { callerOf, readInput } from '../../../web/act.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import { shownAgainToMembers, type FormRoutes } from '../../../web/forms/form-rules.ts';
import { takeFields } from '../../../web/forms/forms.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { viewerOf, signedOut } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import { settingsForm } from '../../auth/index.ts';
import { profileFormBounds } from '../policy.ts';
import type { EditingActs } from './editing.acts.ts';
import { formValuesOf, profileShape } from './editing.forms.ts';
import { type EditingPageState, editingPage, conflictViews } from './editing.page.ts';
import type { Editing } from './editing.service.ts';

const path = '/settings/profile';

interface EditingRoutesDeps {
  editing: Editing;
  edit: EditingActs['edit'];
  signedInOnly: RequestHandler[];
}

/** `/settings/profile`: what others see of a person, and whether they do. */
export function editingRoutes({ editing, edit, signedInOnly }: EditingRoutesDeps): FormRoutes {
  const router = Router();
  const show = (req: Request, res: Response, state: EditingPageState) =>
    res.render('settings/profile', editingPage(req, state));

  router.get(path, signedInOnly, async (req: Request, res: Response) =>
    // Chosen at /settings/privacy. A form of the release before still brings it along.
    show(req, res, { values: { ...formValuesOf(await editing.of(viewerOf(req))), visibility: '' } }),
  );

  router.post(path, signedInOnly, async (req: Request, res: Response) => {
    const input = await readInput(edit, req);
    if (!input.ok) {
      res.status(422);
      return show(req, res, input);
    }
    const saved = await edit.run(viewerOf(req), input.data, callerOf(req));
    if (saved.ok) {
      req.session.flash = { kind: 'success', text: message('profile.edit.saved') };
      await saveSession(req);
      return res.redirect(303, '/profile');
    }
    if (saved.reason === 'signed-out') return res.redirect(303, await signedOut(req));

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
  const shownAgain = shownAgainToMembers(signedInOnly, (req, res, why) =>
    show(req, res, {
      values: { ...takeFields(profileShape, bodyOf(req)), version: 'unknown' },
      errors: [{ name: '', text: why }],
    }),
  );
  return { routes: router, forms: { [path]: settingsForm(path, { bounds: profileFormBounds, shownAgain }) } };
}
