import { z } from 'zod';
import { isLanguage, keptCode } from '../../../kernel/languages/codes.ts';
import { isCountry } from '../../../kernel/places.ts';
import { trimmed } from '../../../kernel/text/typed.ts';
import { parseUsername, USERNAME_MAX, USERNAME_MIN, type UsernameFault } from '../../../kernel/username.ts';
import type { FormShape } from '../../../web/forms/forms.ts';
import { namesIn } from '../../../web/words/names.ts';
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
  order: inPageOrder,
};

const usernameFaults: Record<UsernameFault, string> = {
  length: `Choose a username of ${USERNAME_MIN} to ${USERNAME_MAX} characters.`,
  characters: 'Use only letters a to z, digits, dots and underscores.',
  start: 'Start your username with a letter.',
  end: 'End your username with a letter or a digit.',
  dots: "Don't put two dots next to each other.",
  domain: "Your username can't end like a web address. Leave out the last dot, or what follows it.",
  reserved: 'This username is reserved. Please choose another.',
};

function fail(ctx: z.RefinementCtx, message: string): typeof z.NEVER {
  ctx.addIssue({ code: 'custom', message });
  return z.NEVER;
}

const username = z.string().transform((typed, ctx) => {
  if (trimmed(typed) === '') return fail(ctx, 'Choose a username.');
  const parsed = parseUsername(typed);
  return 'fault' in parsed ? fail(ctx, usernameFaults[parsed.fault]) : parsed;
});

const learningLanguages = languageList({
  max: languagePolicy.learningMax,
  none: 'Choose at least one language you want to learn.',
  unknown: "Choose the languages you're learning from the list.",
});

const languages = z
  .object({
    nativeLanguage: z.string().transform(keptCode).refine(isLanguage, 'Choose the language you speak best.'),
    learningLanguages,
  })
  .superRefine(({ nativeLanguage, learningLanguages }, ctx) => {
    if (!learningLanguages.includes(nativeLanguage)) return;
    const message = `You've chosen ${namesIn('en').language(nativeLanguage)} as a language you speak. Choose another one to learn.`;
    ctx.addIssue({ code: 'custom', message, path: ['learningLanguages'] });
  });

const person = z.object({
  username,
  country: z.string().refine(isCountry, 'Choose your country.'),
});

/** Parts are checked side by side, to show all mistakes at once; the service checks what only the server knows. */
export const SignUpForm = person.and(birthday).and(passwordPair).and(languages).and(contact);

export type SignUpInput = z.output<typeof SignUpForm>;
