import type { Request } from 'express';
import { interestGroups, isInterest } from '../../../kernel/interests.ts';
import { timeZones } from '../../../kernel/time-zones.ts';
import { message, type Message } from '../../../kernel/message.ts';
import { type FormError, type FormValues, formView } from '../../../web/forms/forms.ts';
import { type Names, namesFor } from '../../../web/words/names.ts';
import { bioLimits, interestsMax, nameLimits } from '../policy.ts';
import { profileShape } from './editing.forms.ts';
import type { ChangedMeanwhile } from './editing.service.ts';
import type { Content, ContentField } from './profile-content.ts';

const typed: ReadonlySet<ContentField> = new Set(['displayName', 'bio']);

/** A list for what is several. */
function inWords(field: ContentField, content: Content, names: Names): (Message | string)[] {
  switch (field) {
    case 'displayName':
      return [content.displayName ?? message('profile.conflict.displayName.none')];
    case 'bio':
      return [content.bio || message('profile.conflict.bio.none')];
    case 'country':
      return [names.country(content.country)];
    case 'interests': {
      const chosen = content.interests.filter(isInterest);
      if (chosen.length === 0) return [message('profile.conflict.interests.none')];
      return chosen.map((code) => message(`profile.interest.${code}`));
    }
    case 'visibility':
      return [message(`profile.edit.visibility.${content.visibility}`)];
  }
}

/** Field by field: what is saved now, and what this form says. */
export function conflictViews(req: Request, { now, wanted, conflicts, merged }: ChangedMeanwhile) {
  const names = namesFor(req);
  return conflicts.map(({ field, touched }) => ({
    field,
    label: message(`profile.conflict.field.${field}`),
    lang: field === 'country' ? names.locale : null, // of names in the visitor's language
    now: inWords(field, now, names),
    hereLabel: message(
      `profile.conflict.here.${touched ? (typed.has(field) ? 'typed' : 'chosen') : 'untouched'}`,
    ),
    here: inWords(field, wanted, names),
    choices: touched
      ? [
          {
            value: 'here',
            label: message(`profile.conflict.keep.${field === 'interests' && merged ? 'both' : 'mine'}`),
          },
          { value: 'saved', label: message('profile.conflict.keep.saved') },
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
    title: message('profile.edit.title'),
    form,
    conflicts,
    countries: names.countries,
    zones: timeZones().map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
    namesLang: names.locale,
    interestGroups: interestGroups.map(({ code: group, interests }, n) => ({
      label: message(`profile.interestGroup.${group}`),
      interests: interests.map((code) => ({
        code,
        label: message(`profile.interest.${code}`),
        chosen: chosen.has(code),
      })),
      open: interests.some((code) => chosen.has(code)) || (n === 0 && !chosen.size),
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
