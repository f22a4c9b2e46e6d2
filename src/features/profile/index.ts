import { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import type { Clock } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Random } from '../../kernel/ids.ts';
import { usernameKeyOf } from '../../kernel/username.ts';
import type { Db } from '../../platform/stores/db.ts';
import type { AnyAct } from '../../web/act.ts';
import { onlyMethods } from '../../web/request/methods.ts';
import { viewerOf, signedInByQuery, signedOut } from '../../web/session/guards.ts';
import { namesFor } from '../../web/views/names.ts';
import { avatarNote } from '../pictures/index.ts';
import { languageActs } from './languages/languages.acts.ts';
import { languagesRoutes } from './languages/languages.routes.ts';
import { createLanguages } from './languages/languages.service.ts';
import { createLanguageStore } from './languages/languages.store.ts';
import { editingRoutes } from './profile/editing.routes.ts';
import { createEditing } from './profile/editing.service.ts';
import { createEditingStore } from './profile/editing.store.ts';
import { contactViews, personView } from './profile/profile.page.ts';
import { createProfileStore } from './profile/profile.store.ts';
import { settingsPage } from './profile/settings.page.ts';

export { changesPolicy, profileFormBounds } from './policy.ts';
export { createProfileExporter } from './profile/data-export.store.ts';

interface ProfileDeps {
  db: Db;
  clock: Clock;
  random: Random;
  signedInOnly: RequestHandler[];
}

export interface ProfileRoutes {
  routes: Router;
  /** Stand after all routes. */
  expiredForms: ErrorRequestHandler[];
  acts: readonly AnyAct[];
}

/** `/profile`, `/people/:username` and the profile's part of `/settings`, for signed-in people only. */
export function profileRoutes({ db, clock, random, signedInOnly }: ProfileDeps): ProfileRoutes {
  const router = Router();
  const profiles = createProfileStore(db);
  const languages = createLanguages({ store: createLanguageStore(db), clock, random });

  router.get('/profile', signedInByQuery, async (req, res) => {
    const profile = await profiles.ofMember(viewerOf(req));
    if (!profile) return res.redirect(303, await signedOut(req));
    const person = personView(profile, namesFor(req));
    return res.render('profile/own', {
      title: 'Your profile',
      person,
      contacts: contactViews(profile),
      ...avatarNote(profile.allPictures),
    });
  });

  router.get('/settings', signedInByQuery, async (req, res) => {
    const profile = await profiles.ofMember(viewerOf(req));
    if (!profile) return res.redirect(303, await signedOut(req));
    return res.render('settings/index', settingsPage(profile, namesFor(req)));
  });

  router.get('/people/:username', signedInByQuery, async (req: Request, res: Response) => {
    // No username is empty: asked for one, the statement finds nobody, and whether the session holds.
    const key = usernameKeyOf(String(req.params.username)) ?? '';
    const profile = await profiles.seenBy(key, viewerOf(req));
    if (!profile) return res.redirect(303, await signedOut(req));
    if (profile === 'nobody') throw new AppError(404, "There's nobody here by that name.");
    const person = personView(profile, namesFor(req));
    const title = person.displayName ? `${person.displayName} (@${person.username})` : person.username;
    const isOwn = person.username === req.session.username;
    return res.render('profile/person', { title, person, isOwn });
  });

  router.all(['/profile', '/settings', '/people/:username'], onlyMethods('GET'));
  const editing = editingRoutes({
    editing: createEditing({ store: createEditingStore(db), clock }),
    signedInOnly,
  });
  const { edit, read } = languageActs(languages);
  const speaking = languagesRoutes({ languages, edit, signedInOnly, clock });
  router.use(editing.routes);
  router.use(speaking.routes);
  return {
    routes: router,
    expiredForms: [editing.expiredForm, speaking.expiredForm],
    acts: [read, edit],
  };
}
