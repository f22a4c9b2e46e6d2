import { Router } from 'express';
import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/ids.ts';
import type { Db } from '../../platform/stores/db.ts';
import type { PersonAction, PersonSection, SettingsGroup } from '../../web/views/slots.ts';
import type { Feature } from '../../web/feature.ts';
import type { AuthFeature } from '../auth/index.ts';
import { kept } from './kept.ts';
import { languageActs } from './languages/languages.acts.ts';
import { languagesRoutes } from './languages/languages.routes.ts';
import { createLanguages } from './languages/languages.service.ts';
import { createLanguageStore } from './languages/languages.store.ts';
import { profileNav } from './nav.ts';
import { profileActions } from './person-actions.ts';
import { createProfileExporter } from './profile/data-export.store.ts';
import { createProfileEvidence } from './profile/evidence.store.ts';
import { editingActs } from './profile/editing.acts.ts';
import { editingRoutes } from './profile/editing.routes.ts';
import { createEditing } from './profile/editing.service.ts';
import { createEditingStore } from './profile/editing.store.ts';
import { profileActs } from './profile/profile.acts.ts';
import { profileRoutes } from './profile/profile.routes.ts';
import { createProfiles } from './profile/profile.service.ts';
import { createProfileRemoval, eraseRemovedProfile } from './profile/removal.store.ts';
import { createProfileStore } from './profile/profile.store.ts';
import { profileSettings } from './profile/settings-rows.ts';
import { settingsRoutes } from './profile/settings.routes.ts';

export { matches } from './languages/matches.sql.ts';
export { profileFormBounds } from './policy.ts';
export { shortView } from './profile/profile.page.ts';
export { createSummaries, type ProfileSummary, type Summaries } from './profile/summaries.store.ts';

interface ProfileDeps {
  db: Db;
  clock: Clock;
  random: Random;
  auth: Pick<AuthFeature, 'signedInOnly' | 'members'>;
  /** What every feature puts on pages of this one; asked for once all of them are there. */
  site: () => {
    frame: { settings: { groups: readonly SettingsGroup[] } };
    personActions: readonly PersonAction[];
    personSections: readonly PersonSection[];
  };
}

/** `/profile`, `/people/:username` and the profile's part of `/settings`, for signed-in people only. */
export function profileFeature({ db, clock, random, auth, site }: ProfileDeps): Feature {
  const { signedInOnly, members } = auth;
  const profiles = profileActs(
    createProfiles(
      createProfileStore(db, () =>
        [...site().personActions, ...site().personSections].flatMap(({ ask }) => ask ?? []),
      ),
    ),
  );
  const editing = createEditing({ store: createEditingStore(db), clock });
  const languages = createLanguages({ store: createLanguageStore(db), clock, random });
  const [mine, spoken] = [editingActs(editing), languageActs(languages)];
  const own = profileRoutes(profiles, site);
  const editingForm = editingRoutes({ editing, edit: mine.edit, signedInOnly });
  const languagesForm = languagesRoutes({ languages, edit: spoken.edit, signedInOnly, clock });
  return {
    name: 'profile',
    pages: Router()
      .use(own.routes)
      .use(settingsRoutes(members.ask, () => site().frame.settings.groups))
      .use(editingForm.routes)
      .use(languagesForm.routes),
    paths: { start: '/profile', own: '/profile', settings: '/settings' },
    nav: profileNav,
    slots: { 'settings.rows': profileSettings, 'person.actions': profileActions },
    forms: { ...own.forms, ...editingForm.forms, ...languagesForm.forms },
    acts: [...Object.values(profiles), ...Object.values(mine), ...Object.values(spoken)],
    profileRemoval: createProfileRemoval(db),
    privacy: {
      kept,
      export: createProfileExporter(db),
      erase: (userId) => eraseRemovedProfile(db, userId),
    },
    evidenceOfPerson: createProfileEvidence(db, clock),
  };
}
