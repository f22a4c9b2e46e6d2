import { z } from 'zod';
import { isLanguage, keptCode } from '../../../kernel/languages/codes.ts';
import { issue, named } from '../../../kernel/message.ts';
import { isCountry } from '../../../kernel/places.ts';
import { trimmed } from '../../../kernel/text/typed.ts';
import { parseUsername, USERNAME_MAX, USERNAME_MIN, type UsernameFault } from '../../../kernel/username.ts';
import type { FormShape } from '../../../web/forms/forms.ts';
import { contact } from '../accounts/contact.forms.ts';
import { passwordPair } from '../password/password.forms.ts';
import { languagePolicy } from '../policy.ts';
import { birthday } from './birthday.forms.ts';
import { languageList } from './language.forms.ts';

const lists = ['learningLanguages'];
const inPageOrder = [
  'nativeLanguage',
  ...lists,
  'dateOfBirth', // the single field of older forms
  'dateOfBirthDay',
  'dateOfBirthMonth',
  'dateOfBirthYear',
  'country',
  'channel',
  'email',
  'mobileCountry',
  'mobile',
  'username',
  'password',
  'passwordConfirmation',
];

export const signUpShape: FormShape = {
  texts: inPageOrder.filter((name) => !lists.includes(name)),
  lists,
  secrets: ['password', 'passwordConfirmation'],
  sameUnlessSent: { passwordConfirmation: 'password' },
  order: inPageOrder,
};

function usernameFault(fault: UsernameFault): string {
  return fault === 'length'
    ? issue('auth.signUp.username.error.length', { min: USERNAME_MIN, max: USERNAME_MAX })
    : issue(`auth.signUp.username.error.${fault}`);
}

function fail(ctx: z.RefinementCtx, message: string): typeof z.NEVER {
  ctx.addIssue({ code: 'custom', message });
  return z.NEVER;
}

const username = z.string().transform((typed, ctx) => {
  if (trimmed(typed) === '') return fail(ctx, issue('auth.signUp.username.error.empty'));
  const parsed = parseUsername(typed);
  return 'fault' in parsed ? fail(ctx, usernameFault(parsed.fault)) : parsed;
});

const learningLanguages = languageList({
  max: languagePolicy.learningMax,
  none: issue('auth.signUp.learning.error.none'),
  unknown: issue('auth.signUp.learning.error.unknown'),
});

const languages = z
  .object({
    nativeLanguage: z.string().transform(keptCode).refine(isLanguage, issue('auth.signUp.native.error')),
    learningLanguages,
  })
  .superRefine(({ nativeLanguage, learningLanguages }, ctx) => {
    if (!learningLanguages.includes(nativeLanguage)) return;
    const language = named('language', nativeLanguage);
    const message = issue('auth.signUp.learning.error.spoken', { language });
    ctx.addIssue({ code: 'custom', message, path: ['learningLanguages'] });
  });

const person = z.object({
  username,
  country: z.string().refine(isCountry, issue('auth.signUp.country.error')),
});

/** Parts are checked side by side, to show all mistakes at once; the service checks what only the server knows. */
export const SignUpForm = person.and(birthday).and(passwordPair).and(languages).and(contact);
