import { Router } from 'express';
import { message } from '../../../kernel/message.ts';
import type { Ask } from '../../../platform/stores/question.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { signedInByQuery, signedOut, viewerOf } from '../../../web/session/guards.ts';
import { type SettingsGroup, settingsValues } from '../../../web/views/slots.ts';
import { namesFor } from '../../../web/words/names.ts';

/** `/settings`: the rows of all features, each with what is set now. */
export function settingsRoutes(ask: Ask, list: () => readonly SettingsGroup[]): Router {
  const router = Router();
  router.get('/settings', signedInByQuery, async (req, res) => {
    const values = await settingsValues(list(), ask, viewerOf(req), namesFor(req));
    if (!values) return res.redirect(303, await signedOut(req));
    return res.render('settings/index', { title: message('profile.settings.title'), values });
  });
  router.all('/settings', onlyMethods('GET'));
  return router;
}
