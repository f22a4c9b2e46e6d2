import { z } from 'zod';
import { parseDate } from '../../kernel/age.ts';
import { parseEmail } from '../../kernel/email-address.ts';
import { parsePhone } from '../../kernel/phone-number.ts';
import { isCountry, isLanguage } from '../../kernel/places.ts';
import { parseUsername, USERNAME_MAX, USERNAME_MIN, type UsernameFault } from '../../kernel/username.ts';
import type { FormShape } from '../../web/forms.ts';
import { languageList } from './language.forms.ts';
import { passwordPair } from './password.forms.ts';
import { languagePolicy } from './policy.ts';

export const signUpShape: FormShape = {
  texts: [
    'channel',
    'email',
    'mobileCountry',
    'mobile',
    'username',
    'password',
    'passwordConfirmation',
    'dateOfBirth',
    'country',
    'nativeLanguage',
  ],
  lists: ['learningLanguages'],
  secrets: ['password', 'passwordConfirmation'],
};

const usernameFaults: Record<UsernameFault, string> = {
  length: `Choose a username of ${USERNAME_MIN} to ${USERNAME_MAX} characters.`,
  characters: 'Use only letters a to z, digits, dots and underscores.',
  start: 'Begin your username with a letter.',
  end: 'End your username with a letter or a digit.',
  dots: 'Do not put two dots next to each other.',
  reserved: 'This username is kept for ChatLink itself. Please choose another.',
};

const fail = (ctx: z.RefinementCtx, message: string): typeof z.NEVER => {
  ctx.addIssue({ code: 'custom', message });
  return z.NEVER;
};

const username = z.string().transform((typed, ctx) => {
  if (typed.trim() === '') return fail(ctx, 'Choose a username.');
  const parsed = parseUsername(typed);
  return 'fault' in parsed ? fail(ctx, usernameFaults[parsed.fault]) : parsed;
});

const dateOfBirth = z.string().transform((typed, ctx) => {
  if (typed.trim() === '') return fail(ctx, 'Enter your date of birth.');
  return parseDate(typed) ?? fail(ctx, 'Enter a real date, as year-month-day: 1998-04-25.');
});

const learningLanguages = languageList({
  max: languagePolicy.learningMax,
  none: 'Choose at least one language you want to learn.',
  unknown: 'Choose your learning languages from the list.',
});

const languages = z
  .object({
    nativeLanguage: z.string().refine(isLanguage, 'Choose your native language.'),
    learningLanguages,
  })
  .refine((form) => !form.learningLanguages.includes(form.nativeLanguage), {
    path: ['learningLanguages'],
    message: 'You already speak your native language. Choose others to learn.',
  });

/** The contact to prove, as the challenge wants it; `country` is the numbering plan's, for mobile numbers. */
export interface Contact {
  channel: 'email' | 'mobile';
  destination: string;
  destinationKey: string;
  country: string | null;
}

const whyNoMobile = (typed: string, isPhone: boolean, country: string | undefined): string => {
  if (typed.trim() === '') return 'Enter your mobile number.';
  if (!isPhone && country)
    return 'This number is not complete, or not one of that country. Please check its digits.';
  if (isPhone) return 'This is not a mobile number. We can send texts to mobile numbers only.';
  return 'Enter a mobile number with its country, like +49 1512 3456789.';
};

export const contact = z
  .object({
    channel: z.enum(['email', 'mobile'], 'Choose email or mobile.'),
    email: z.string(),
    mobileCountry: z.string(),
    mobile: z.string(),
  })
  .transform((form, ctx): { contact: Contact } => {
    const blame = (name: string, message: string): typeof z.NEVER => {
      ctx.addIssue({ code: 'custom', path: [name], message });
      return z.NEVER;
    };
    if (form.channel === 'email') {
      const email = parseEmail(form.email);
      if (email)
        return {
          contact: { channel: 'email', destination: email.address, destinationKey: email.key, country: null },
        };
      return blame(
        'email',
        form.email.trim() === ''
          ? 'Enter your email address.'
          : 'Enter an email address like name@example.com.',
      );
    }
    const country = isCountry(form.mobileCountry) ? form.mobileCountry : undefined;
    const phone = parsePhone(form.mobile, country);
    if (!phone?.mobile) return blame('mobile', whyNoMobile(form.mobile, phone !== null, country));
    return {
      contact: {
        channel: 'mobile',
        destination: phone.e164,
        destinationKey: phone.e164,
        country: phone.country,
      },
    };
  });

const person = z.object({
  username,
  dateOfBirth,
  country: z.string().refine(isCountry, 'Choose your country.'),
});

/**
 * The sign-up form, read; its parts are judged side by side, so that one look shows every mistake. What only the
 * server knows (age today, taken names, weak passwords) is judged by the service.
 */
export const SignUpForm = person.and(passwordPair).and(languages).and(contact);

export type SignUpInput = z.output<typeof SignUpForm>;
