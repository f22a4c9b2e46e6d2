import { type ErrorRequestHandler, type RequestHandler, Router } from 'express';
import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/ids.ts';
import type { Db } from '../../platform/stores/db.ts';
import type { AnyAct } from '../../web/act.ts';
import { languageActs } from './languages/languages.acts.ts';
import { languagesRoutes } from './languages/languages.routes.ts';
import { createLanguages } from './languages/languages.service.ts';
import { createLanguageStore } from './languages/languages.store.ts';
import { editingActs } from './profile/editing.acts.ts';
import { editingRoutes } from './profile/editing.routes.ts';
import { createEditing } from './profile/editing.service.ts';
import { createEditingStore } from './profile/editing.store.ts';
import { profileActs } from './profile/profile.acts.ts';
import { profileRoutes } from './profile/profile.routes.ts';
import { createProfiles } from './profile/profile.service.ts';
import { createProfileStore } from './profile/profile.store.ts';

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
export function profilePages({ db, clock, random, signedInOnly }: ProfileDeps): ProfileRoutes {
  const profiles = profileActs(createProfiles(createProfileStore(db)));
  const editing = createEditing({ store: createEditingStore(db), clock });
  const languages = createLanguages({ store: createLanguageStore(db), clock, random });
  const [mine, spoken] = [editingActs(editing), languageActs(languages)];
  const editingForm = editingRoutes({ editing, edit: mine.edit, signedInOnly });
  const languagesForm = languagesRoutes({ languages, edit: spoken.edit, signedInOnly, clock });
  return {
    routes: Router().use(profileRoutes(profiles)).use(editingForm.routes).use(languagesForm.routes),
    expiredForms: [editingForm.expiredForm, languagesForm.expiredForm],
    acts: [...Object.values(profiles), ...Object.values(mine), ...Object.values(spoken)],
  };
}
