import { Router } from 'express';
import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/ids.ts';
import type { Db } from '../../platform/stores/db.ts';
import type { PersonAction, PersonSection, SettingsGroup } from '../../web/views/slots.ts';
import type { Feature } from '../../web/feature.ts';
import type { AuthFeature } from '../auth/index.ts';
import { kept } from './kept.ts';
import { type LanguageActs, languageActs } from './languages/languages.acts.ts';
import { languagesRoutes } from './languages/languages.routes.ts';
import { createLanguages } from './languages/languages.service.ts';
import { createLanguageStore } from './languages/languages.store.ts';
import { profileNav } from './nav.ts';
import { profileActions } from './person-actions.ts';
import { createProfileExporter } from './profile/data-export.store.ts';
import { createProfileEvidence } from './profile/evidence.store.ts';
import { type EditingActs, editingActs } from './profile/editing.acts.ts';
import { editingRoutes } from './profile/editing.routes.ts';
import { createEditing } from './profile/editing.service.ts';
import { createEditingStore } from './profile/editing.store.ts';
import { type ProfileActs, profileActs } from './profile/profile.acts.ts';
import { profileRoutes } from './profile/profile.routes.ts';
import { createProfiles } from './profile/profile.service.ts';
import { createProfileRemoval, eraseRemovedProfile } from './profile/removal.store.ts';
import { createProfileStore } from './profile/profile.store.ts';
import { profileSettings } from './profile/settings-rows.ts';
import { settingsRoutes } from './profile/settings.routes.ts';

export { formValuesOf as languageValuesOf, languagesShape } from './languages/languages.forms.ts';
export { type Level, levels } from './languages/languages.ts';
export { levelOptions } from './languages/languages.page.ts';
export { matches } from './languages/matches.sql.ts';
export { bioLimits, profileFormBounds } from './policy.ts';
export { profileShape } from './profile/editing.forms.ts';
export { missingFrom, type Step, steps } from './profile/next-steps.ts';
export type { OwnProfile } from './profile/profile.store.ts';
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

export interface ProfileFeature extends Feature {
  /** What is done about one's own, for pages of later features. */
  mine: {
    read: ProfileActs['own'];
    edit: EditingActs['edit'];
    editLanguages: LanguageActs['edit'];
  };
}

/** `/profile`, `/people/:username` and the profile's part of `/settings`, for signed-in people only. */
export function profileFeature({ db, clock, random, auth, site }: ProfileDeps): ProfileFeature {
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
    mine: { read: profiles.own, edit: mine.edit, editLanguages: spoken.edit },
    pages: Router()
      .use(own.routes)
      .use(settingsRoutes(members.ask, () => site().frame.settings.groups))
      .use(editingForm.routes)
      .use(languagesForm.routes),
    paths: { own: '/profile', settings: '/settings' },
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
