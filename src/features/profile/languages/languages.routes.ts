import { type Request, type RequestHandler, type Response, Router } from 'express';
import { type Clock, secondsUntil } from '../../../kernel/clock.ts';
import { callerOf, readInput } from '../../../web/act.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import { type FormError, type FormValues, formView, takeFields } from '../../../web/forms/forms.ts';
import { shownAgainToMembers, type FormRoutes } from '../../../web/forms/form-rules.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { viewerOf, signedOut } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import { settingsForm } from '../../auth/index.ts';
import { type LanguageState, nextChange } from './language-cooldown.ts';
import type { LanguageActs } from './languages.acts.ts';
import { formValuesOf, languagesShape, withoutEmptyRows, writeShown } from './languages.forms.ts';
import { conflictText, languagesPage, lockedValues, savedFlash, tooSoonText } from './languages.page.ts';
import type { Languages } from './languages.service.ts';

const path = '/settings/languages';

interface LanguagesRoutesDeps {
  languages: Languages;
  edit: LanguageActs['edit'];
  signedInOnly: RequestHandler[];
  clock: Clock;
}

/** `/settings/languages`: what one speaks and learns, and how well. */
export function languagesRoutes({ languages, edit, signedInOnly, clock }: LanguagesRoutesDeps): FormRoutes {
  const router = Router();

  const show = (
    req: Request,
    res: Response,
    state: LanguageState,
    values: FormValues,
    errors: FormError[] = [],
  ) => {
    const now = clock.now();
    const shown = nextChange(state, now).kind === 'closed' ? lockedValues(values, state) : values;
    const form = formView(languagesShape, shown, errors);
    return res.render('settings/languages', languagesPage(req, form, state, now));
  };

  router.get(path, signedInOnly, async (req: Request, res: Response) => {
    const state = await languages.of(viewerOf(req));
    return show(req, res, state, formValuesOf(state.languages));
  });

  router.post(path, signedInOnly, async (req: Request, res: Response) => {
    const input = await readInput(edit, req);
    if (!input.ok) {
      res.status(422);
      return show(req, res, await languages.of(viewerOf(req)), input.values, input.errors);
    }

    const saved = await edit.run(viewerOf(req), input.data, callerOf(req));
    if (saved.ok) {
      req.session.flash = savedFlash(saved.value.nextFrom);
      await saveSession(req);
      return res.redirect(303, '/profile');
    }
    switch (saved.reason) {
      case 'signed-out':
        return res.redirect(303, await signedOut(req));
      case 'too-soon': {
        res.status(429).set('Retry-After', String(secondsUntil(saved.from, clock.now())));
        const text = tooSoonText(saved.difference);
        return show(req, res, saved.state, input.values, [{ name: '', text }]);
      }
      case 'changed-meanwhile': {
        // The form comes back knowing of the other change, so that saving it again is meant.
        const values = { ...input.values, shown: writeShown(saved.state.languages) };
        res.status(422);
        return show(req, res, saved.state, values, [{ name: '', text: conflictText }]);
      }
    }
  });
  router.all(path, onlyMethods('GET', 'POST'));

  const shownAgain = shownAgainToMembers(signedInOnly, async (req, res, why) => {
    const state = await languages.of(viewerOf(req));
    const values = takeFields(languagesShape, withoutEmptyRows(bodyOf(req)));
    return show(req, res, state, values, [{ name: '', text: why }]);
  });
  return { routes: router, forms: { [path]: settingsForm(path, { shownAgain }) } };
}
