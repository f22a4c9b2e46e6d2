import { z } from 'zod';
import { type CalendarDate, parseDate } from '../../../kernel/age.ts';
import { type DateFault, monthByName, readDateFields } from '../../../kernel/date-fields.ts';
import { hidesSomething, parseEmail } from '../../../kernel/email-address.ts';
import { parsePhone } from '../../../kernel/phone-number.ts';
import { isCountry, isLanguage } from '../../../kernel/places.ts';
import { trimmed } from '../../../kernel/typed.ts';
import { parseUsername, USERNAME_MAX, USERNAME_MIN, type UsernameFault } from '../../../kernel/username.ts';
import { capitalized } from '../../../kernel/title-case.ts';
import type { FormBody } from '../../../web/body.ts';
import type { FormShape, FormValues } from '../../../web/forms.ts';
import { namesIn } from '../../../web/names.ts';
import { languageList } from './language.forms.ts';
import { passwordPair } from '../password/password.forms.ts';
import { languagePolicy } from '../policy.ts';

const lists = ['learningLanguages'];
const inPageOrder = [
  'nativeLanguage',
  ...lists,
  // One field in older forms, now three.
  'dateOfBirth',
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

const fail = (ctx: z.RefinementCtx, message: string): typeof z.NEVER => {
  ctx.addIssue({ code: 'custom', message });
  return z.NEVER;
};

const username = z.string().transform((typed, ctx) => {
  if (trimmed(typed) === '') return fail(ctx, 'Choose a username.');
  const parsed = parseUsername(typed);
  return 'fault' in parsed ? fail(ctx, usernameFaults[parsed.fault]) : parsed;
});

/** A month may be typed by its name, in the visitor's language or in the page's. */
export const withMonthNumber = (body: FormBody, locale: string): FormBody => {
  const [typed] = body.get('dateOfBirthMonth') ?? [];
  const month = typed === undefined ? null : monthByName(typed, [locale, 'en']);
  return month === null ? body : new Map([...body, ['dateOfBirthMonth', [String(month)]]]);
};

const noSuchDate = "That date doesn't exist. Please check it.";

const dateFaults = ({ field, why }: DateFault): { name: string; text: string } => {
  const said = {
    day: { missing: 'Your date of birth needs a day.', wrong: 'The day must be a number from 1 to 31.' },
    month: {
      missing: 'Your date of birth needs a month.',
      wrong: 'The month must be a number from 1 to 12, or its name.',
    },
    year: {
      missing: 'Your date of birth needs a year.',
      wrong: 'The year must have four digits, like 2007.',
    },
  };
  if (!field)
    return {
      name: 'dateOfBirth',
      text: why === 'missing' ? 'Enter your date of birth.' : noSuchDate,
    };
  return { name: `dateOfBirth${capitalized(field, 'en')}`, text: said[field][why] };
};

/** Three fields; the one field of older forms counts where they are empty. */
const birthday = z
  .object({
    dateOfBirth: z.string(),
    dateOfBirthDay: z.string(),
    dateOfBirthMonth: z.string(),
    dateOfBirthYear: z.string(),
  })
  .transform((form, ctx): { dateOfBirth: CalendarDate } => {
    const blame = (name: string, message: string): typeof z.NEVER => {
      ctx.addIssue({ code: 'custom', path: [name], message });
      return z.NEVER;
    };
    const read = readDateFields({
      day: form.dateOfBirthDay,
      month: form.dateOfBirthMonth,
      year: form.dateOfBirthYear,
    });
    if ('day' in read) return { dateOfBirth: read };
    const { name, text } = dateFaults(read);
    if (read.field || read.why === 'wrong' || form.dateOfBirth.trim() === '') return blame(name, text);
    const whole = parseDate(form.dateOfBirth);
    return whole ? { dateOfBirth: whole } : blame(name, noSuchDate);
  });

/** The date of birth of a form, whatever else is wrong with it; null: it is no date. */
export const birthDateIn = (values: FormValues): CalendarDate | null =>
  birthday.safeParse(values).data?.dateOfBirth ?? null;

const learningLanguages = languageList({
  max: languagePolicy.learningMax,
  none: 'Choose at least one language you want to learn.',
  unknown: "Choose the languages you're learning from the list.",
});

const languages = z
  .object({
    nativeLanguage: z.string().refine(isLanguage, 'Choose the language you speak best.'),
    learningLanguages,
  })
  .superRefine(({ nativeLanguage, learningLanguages }, ctx) => {
    if (!learningLanguages.includes(nativeLanguage)) return;
    const message = `You've chosen ${namesIn('en').language(nativeLanguage)} as a language you speak. Choose another one to learn.`;
    ctx.addIssue({ code: 'custom', message, path: ['learningLanguages'] });
  });

/** The contact to prove, as the challenge wants it; `country` is the numbering plan's, for mobile numbers. */
export interface Contact {
  channel: 'email' | 'mobile';
  destination: string;
  destinationKey: string;
  country: string | null;
}

function whyNoEmail(typed: string): string {
  if (trimmed(typed) === '') return 'Enter your email address.';
  return hidesSomething(typed)
    ? 'This address has an invisible character in it. Please type it instead of pasting it.'
    : 'Enter an email address like name@example.com.';
}

const whyNoMobile = (typed: string, isPhone: boolean, country: string | undefined): string => {
  if (trimmed(typed) === '') return 'Enter your mobile number.';
  if (!isPhone && country)
    return "This number isn't complete, or it's not from that country. Please check it.";
  if (isPhone) return "That's not a mobile number. We can only text mobile numbers.";
  return 'Enter a mobile number with its country code, like +49 1512 3456789.';
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
      return blame('email', whyNoEmail(form.email));
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
  country: z.string().refine(isCountry, 'Choose your country.'),
});

/**
 * The sign-up form, read; its parts are judged side by side, so that one look shows every mistake. What only the
 * server knows (age today, taken names, weak passwords) is judged by the service.
 */
export const SignUpForm = person.and(birthday).and(passwordPair).and(languages).and(contact);

export type SignUpInput = z.output<typeof SignUpForm>;
