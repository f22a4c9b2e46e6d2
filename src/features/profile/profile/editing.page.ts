import type { Request } from 'express';
import { interestGroups, interestLabel } from '../../../kernel/interests.ts';
import { type FormError, type FormValues, formView } from '../../../web/forms/forms.ts';
import { type Names, namesFor } from '../../../web/words/names.ts';
import { bioLimits, interestsMax, nameLimits } from '../policy.ts';
import { profileShape } from './editing.forms.ts';
import type { ChangedMeanwhile } from './editing.service.ts';
import type { Content, ContentField } from './profile-content.ts';

const visibilities = [
  { value: 'members', label: "Everyone who's signed in" },
  { value: 'nobody', label: 'Nobody' },
] as const;

const labels: Record<ContentField, string> = {
  displayName: 'Display name',
  bio: 'About yourself',
  country: 'Country',
  interests: 'Interests',
  visibility: 'Who can see your profile',
};

const typed: ReadonlySet<ContentField> = new Set(['displayName', 'bio']);

function inWords(field: ContentField, content: Content, names: Names): string {
  switch (field) {
    case 'displayName':
      return content.displayName ?? 'None';
    case 'bio':
      return content.bio || 'Nothing';
    case 'country':
      return names.country(content.country);
    case 'interests':
      return content.interests.map((code) => interestLabel(code) ?? code).join(', ') || 'None';
    case 'visibility':
      return visibilities.find(({ value }) => value === content.visibility)!.label;
  }
}

/** Field by field: what is saved now, and what this form says. */
export function conflictViews(req: Request, { now, wanted, conflicts, merged }: ChangedMeanwhile) {
  const names = namesFor(req);
  return conflicts.map(({ field, touched }) => ({
    field,
    label: labels[field],
    lang: field === 'country' ? names.locale : null, // of names in the visitor's language
    now: inWords(field, now, names),
    hereLabel: !touched ? 'What this form had' : typed.has(field) ? 'What you typed' : 'What you chose',
    here: inWords(field, wanted, names),
    choices: touched
      ? [
          {
            value: 'here',
            label: field === 'interests' && merged ? 'Keep both, as ticked below' : 'Keep mine',
          },
          { value: 'saved', label: 'Use the saved one' },
        ]
      : null,
  }));
}

export interface EditingPageState {
  values: FormValues;
  errors?: readonly FormError[];
  conflicts?: ReturnType<typeof conflictViews>;
}

/** For `settings/profile`. */
export function editingPage(req: Request, { values, errors = [], conflicts = [] }: EditingPageState) {
  const names = namesFor(req);
  const form = formView(profileShape, values, errors);
  const chosen = new Set(form.values('interests').filter(Boolean));
  return {
    title: 'Your profile',
    form,
    conflicts,
    countries: names.countries,
    namesLang: names.locale,
    interestGroups: interestGroups.map(({ label, interests }, n) => ({
      label,
      interests: interests.map((interest) => ({ ...interest, chosen: chosen.has(interest.code) })),
      open: interests.some(({ code }) => chosen.has(code)) || (n === 0 && !chosen.size),
    })),
    visibilities: visibilities.map((choice) => ({
      ...choice,
      chosen: choice.value === form.value('visibility'),
    })),
    limits: {
      name: nameLimits.graphemes,
      nameUnits: nameLimits.units,
      bio: bioLimits.graphemes,
      bioUnits: bioLimits.units,
      interests: interestsMax,
    },
  };
}
