import { z } from 'zod';
import { maskEmail } from '../../../kernel/email-address.ts';
import { message } from '../../../kernel/message.ts';
import { maskPhone } from '../../../kernel/phone-number.ts';
import { act, noInput } from '../../../web/act.ts';
import { changesLimit } from '../../auth/index.ts';
import { PictureJson, picturesJson } from '../../pictures/index.ts';
import { LanguageJson } from '../languages/languages.acts.ts';
import { steps } from './next-steps.ts';
import type { Profile, Profiles } from './profile.service.ts';

const Person = z.object({
  username: z.string(),
  displayName: z.string().nullable(),
  bio: z.string(),
  country: z.string(), // ISO 3166-1 alpha-2
  languages: z.array(LanguageJson),
  interests: z.array(z.string()), // codes, in their person's order
  avatar: PictureJson.nullable(),
  photos: z.array(PictureJson),
  memberSince: z.string(), // "2026-11"
});

const Contact = z.object({
  channel: z.enum(['email', 'mobile']),
  masked: z.string(),
  verified: z.boolean(),
});

function personJson(profile: Profile): z.infer<typeof Person> {
  const { username, displayName, bio, country, languages, interests, createdAt } = profile;
  const memberSince = createdAt.toISOString().slice(0, 7);
  const pictures = picturesJson(profile.pictures);
  return { username, displayName, bio, country, languages, interests, ...pictures, memberSince };
}

function contactsJson({ email, emailVerifiedAt, phone, phoneVerifiedAt }: Profile) {
  const mine: z.infer<typeof Contact>[] = [];
  if (email) mine.push({ channel: 'email', masked: maskEmail(email), verified: emailVerifiedAt !== null });
  if (phone) mine.push({ channel: 'mobile', masked: maskPhone(phone), verified: phoneVerifiedAt !== null });
  return mine;
}

export function profileActs(profiles: Profiles) {
  return {
    own: act({
      name: 'profile.read',
      route: 'GET /profile',
      access: 'member',
      scope: 'profile:read',
      input: noInput,
      output: Person.extend({
        visibility: z.enum(['members', 'nobody']),
        contacts: z.array(Contact),
      }),
      refusals: { 'signed-out': 401 },
      run: (viewer) => profiles.own(viewer),
      answer: (profile) => ({
        ...personJson(profile),
        visibility: profile.visibility,
        contacts: contactsJson(profile),
      }),
    }),

    dismissStep: act({
      name: 'profile.dismissStep',
      route: 'POST /profile/next-step',
      access: 'member',
      scope: 'profile:write',
      input: { shape: { texts: ['step'] }, schema: z.object({ step: z.enum(steps) }) },
      limits: [changesLimit],
      output: z.object({}),
      refusals: { 'signed-out': 401 },
      run: (viewer, { step }) => profiles.dismiss(viewer, step),
      answer: () => ({}),
    }),

    person: act({
      name: 'people.read',
      route: 'GET /people/:username',
      access: 'member',
      scope: 'people:read',
      input: { shape: { texts: ['username'] }, schema: z.object({ username: z.string() }) },
      output: Person,
      refusals: { 'signed-out': 401, nobody: 404 },
      run: (viewer, { username }) => profiles.of(viewer, username),
      answer: personJson,
      tell: () => message('profile.person.nobody'),
    }),
  };
}

export type ProfileActs = ReturnType<typeof profileActs>;
