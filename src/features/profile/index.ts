import { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import type { Clock } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Chance } from '../../kernel/ids.ts';
import { usernameKeyOf } from '../../kernel/username.ts';
import type { Db } from '../../platform/stores/db.ts';
import { me, signedInByQuery, signedOut } from '../../web/session/guards.ts';
import { onlyMethods } from '../../web/request/methods.ts';
import { namesFor } from '../../web/views/names.ts';
import { editingRoutes } from './editing.routes.ts';
import { createEditing } from './editing.service.ts';
import { createEditingStore } from './editing.store.ts';
import { galleryRoutes } from './gallery.routes.ts';
import { languagesRoutes } from './languages.routes.ts';
import { createLanguages } from './languages.service.ts';
import { createLanguageStore } from './languages.store.ts';
import { mediaRoutes } from './media.routes.ts';
import { createPictureAnswers } from './picture-answers.routes.ts';
import { createPictureJobs } from './pictures.jobs.ts';
import { avatarNote } from './pictures.page.ts';
import { pictureRoutes } from './pictures.routes.ts';
import { createPictureService, type PicturesDeps } from './pictures.service.ts';
import { createPictureStore } from './pictures.store.ts';
import { contactViews, personView } from './profile.page.ts';
import { createProfileStore } from './profile.store.ts';
import { settingsPage } from './settings.page.ts';

export { createProfileHeld } from './held.store.ts';
export type { PictureJob } from './pictures.ts';
export { changesPolicy, picturePolicy, profileFormBounds } from './policy.ts';
export { uploadRoutes } from './uploads.routes.ts';

/** What the web process and the worker both need of pictures. */
export const createPictureCore = ({ db, ...deps }: Omit<PicturesDeps, 'store'> & { db: Db }) => {
  const store = createPictureStore(db);
  return { ...createPictureService({ ...deps, store }), work: createPictureJobs({ ...deps, store }) };
};

export type PictureCore = ReturnType<typeof createPictureCore>;

interface ProfileDeps {
  db: Db;
  clock: Clock;
  chance: Chance;
  pictures: PictureCore;
  signedInOnly: RequestHandler[];
}

export interface ProfileRoutes {
  routes: Router;
  /** Stand after all routes. */
  staleForms: ErrorRequestHandler[];
}

/** `/profile`, `/people/:username` and the profile's part of `/settings`, for signed-in people only. */
export const profileRoutes = ({ db, clock, chance, pictures, signedInOnly }: ProfileDeps): ProfileRoutes => {
  const router = Router();
  const profiles = createProfileStore(db);
  const languages = createLanguages({ store: createLanguageStore(db), clock, chance });

  router.get('/profile', signedInByQuery, async (req, res) => {
    const profile = await profiles.ofMember(me(req));
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
    const profile = await profiles.ofMember(me(req));
    if (!profile) return res.redirect(303, await signedOut(req));
    return res.render('settings/index', settingsPage(profile, namesFor(req)));
  });

  router.get('/people/:username', signedInByQuery, async (req: Request, res: Response) => {
    // No username is empty: asked for one, the statement finds nobody, and whether the session holds.
    const key = usernameKeyOf(String(req.params.username)) ?? '';
    const profile = await profiles.seenBy(key, me(req));
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
  const speaking = languagesRoutes({ languages, clock });
  router.use(editing.routes);
  router.use(speaking.routes);
  const forPictures = { pictures, answers: createPictureAnswers(pictures), signedInOnly };
  router.use(pictureRoutes(forPictures));
  router.use(galleryRoutes(forPictures));
  router.use(mediaRoutes({ pictures }));
  return { routes: router, staleForms: [editing.staleForm, speaking.staleForm] };
};
