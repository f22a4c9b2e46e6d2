import { z } from 'zod';
import { isInterest } from '../../../kernel/interests.ts';
import { issue, message } from '../../../kernel/message.ts';
import { isCountry } from '../../../kernel/places.ts';
import { contactDetailIn } from '../../../kernel/text/contact-details/contact-details.ts';
import { timeZoneOf } from '../../../kernel/time-zones.ts';
import { speaksForSite } from '../../../kernel/text/site-voice.ts';
import { type FormBody, single } from '../../../web/forms/body.ts';
import type { FormShape, FormValues } from '../../../web/forms/forms.ts';
import { writtenText } from '../../../web/forms/written-text.ts';
import { bioLimits, interestsMax, nameLimits } from '../policy.ts';
import type { ProfileInput } from './editing.service.ts';
import type { Editable } from './editing.store.ts';
import { type ContentField, contentFields, readShown, shownOf, writeShown } from './profile-content.ts';

function fromName(field: ContentField): string {
  return `${field}From`;
}

export const profileShape: FormShape = {
  /** `shown`: what the form was filled with. `…From`: in a conflict, a field's value from `here` or as `saved`. */
  texts: [
    'displayName',
    'bio',
    'country',
    'visibility',
    'timeZone',
    'version',
    'shown',
    ...contentFields.map((field) => fromName(field)),
  ],
  lists: ['interests'], // an empty one comes first, so that "none" isn't "not asked"
};

/** It stands beside a first hello. Digits and underscores are names of people here, too. */
function tellsContact(name: string): boolean {
  return contactDetailIn(name, name.split(/\s+/)) !== null;
}

const displayName = writtenText(message('profile.edit.name.what'), nameLimits)
  .refine((name) => !speaksForSite(name), issue('profile.edit.name.error.voice'))
  .refine((name) => !tellsContact(name), issue('profile.edit.name.error.contact'));

const interests = z.array(z.string()).transform((sent, ctx) => {
  if (sent.length === 0) return null;
  const chosen = [...new Set(sent)].filter((code) => code !== '');
  const known = chosen.every(isInterest);
  if (!known) ctx.addIssue({ code: 'custom', message: issue('profile.edit.interests.error.unknown') });
  else if (chosen.length > interestsMax)
    ctx.addIssue({
      code: 'custom',
      message: issue('profile.edit.interests.error.many', { max: interestsMax, count: chosen.length }),
    });
  return chosen;
});

/** In the place of a zone: that of the country. */
const ofCountry = 'country';
/** Not sent: it stays. */
const timeZone = z.string().transform((sent, ctx) => {
  if (sent === '') return null;
  if (sent === ofCountry) return { zone: null };
  const zone = timeZoneOf(sent);
  if (zone === null) ctx.addIssue({ code: 'custom', message: issue('profile.edit.zone.error') });
  return { zone };
});

const NO_VERSION = -1;

export const ProfileForm = z
  .object({
    displayName,
    bio: writtenText(message('profile.edit.bio.what'), bioLimits),
    country: z.string().refine(isCountry, issue('profile.edit.country.error')),
    visibility: z.enum(['', 'members', 'nobody'], issue('profile.edit.visibility.error')),
    timeZone,
    version: z.string(),
    shown: z.string(),
    interests,
  })
  .transform(
    ({ bio, country, interests, timeZone: zone, ...form }): ProfileInput => ({
      bio,
      country,
      interests,
      timeZone: zone,
      displayName: form.displayName || null,
      visibility: form.visibility || null,
      version:
        form.version === '' ? null : /^\d{1,9}$/.test(form.version) ? Number(form.version) : NO_VERSION,
      shown: readShown(form.shown),
    }),
  );

export function formValuesOf(profile: Editable): FormValues {
  return {
    displayName: profile.displayName ?? '',
    bio: profile.bio,
    country: profile.country,
    visibility: profile.visibility,
    timeZone: profile.timeZone ?? ofCountry,
    interests: profile.interests,
    version: String(profile.version),
    shown: writeShown(shownOf(profile)),
  };
}

export function takenFromSaved(body: FormBody): ContentField[] {
  return contentFields.filter((field) => single(body, fromName(field)) === 'saved');
}

export function withSaved(body: FormBody, taken: readonly ContentField[], saved: Editable): FormBody {
  const values = formValuesOf(saved);
  const asSent = (field: ContentField) => [field === 'interests' ? '' : [], values[field]!].flat();
  return new Map([...body, ...taken.map((field) => [field, asSent(field)] as const)]);
}
