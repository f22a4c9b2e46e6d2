import { shownMoment } from '../../../src/kernel/message.ts';
import { form } from './form.ts';
import { countryOptions, dialOptions, languageNameOptions, languageOptions } from './options.ts';
import type { CataloguePage } from './types.ts';

const empty = {
  channel: 'email',
  email: '',
  mobileCountry: '',
  mobile: '',
  username: '',
  password: '',
  passwordConfirmation: '',
  dateOfBirth: '',
  dateOfBirthDay: '',
  dateOfBirthMonth: '',
  dateOfBirthYear: '',
  country: '',
  nativeLanguage: '',
  learningLanguages: [] as string[],
};

const filled = {
  ...empty,
  email: 'lena@example.com',
  mobileCountry: 'DE',
  mobile: '0151 23456789',
  username: 'lena.m',
  dateOfBirthDay: '17',
  dateOfBirthMonth: '5',
  dateOfBirthYear: '1994',
  country: 'DE',
  nativeLanguage: 'de',
  learningLanguages: ['es', 'ja', 'ar'],
};

const limits = {
  passwordMin: 8,
  passwordMax: 128,
  learningMax: 5,
  usernameMin: 3,
  usernameMax: 30,
  minAge: 13,
};

function page(
  name: string,
  values: Partial<typeof filled> = {},
  errors: Record<string, string> = {},
  mobileOffered = true,
): CataloguePage {
  return {
    name,
    view: 'auth/sign-up',
    model: {
      title: 'Join ChatLink',
      form: form({ ...empty, ...values }, errors),
      mobileCountry: values.mobileCountry ?? 'AT',
      filled: Object.keys(errors).length > 0,
      channel: values.channel ?? 'email',
      mobileOffered,
      birthday: {
        day: values.dateOfBirthDay ?? '',
        month: values.dateOfBirthMonth ?? '',
        year: values.dateOfBirthYear ?? '',
      },
      countries: countryOptions,
      dialCountries: dialOptions,
      languages: languageOptions,
      languageNames: languageNameOptions,
      namesLang: 'en',
      limits,
    },
    site: { path: '/sign-up', mobileOffered },
  };
}

export const signUpPages: CataloguePage[] = [
  page('sign-up'),
  {
    name: 'sign-up-too-young',
    view: 'auth/too-young',
    model: {
      title: "You can't join yet",
      minAge: 13,
      until: shownMoment(new Date('2026-11-30T09:30:00.000Z')),
    },
    site: { path: '/sign-up' },
  },
  page('sign-up-mobile', { channel: 'mobile', mobileCountry: 'DE' }),
  page('sign-up-without-mobile', {}, {}, false),
  page('sign-up-filled', filled),
  page('sign-up-one-error', filled, { username: 'This username is taken. Please choose another.' }),
  page(
    'sign-up-date-error',
    { ...filled, dateOfBirthMonth: 'Wed' },
    { dateOfBirthMonth: 'The month must be a number from 1 to 12, or its name.' },
  ),
  page(
    'sign-up-mobile-errors',
    { ...filled, channel: 'mobile', mobileCountry: '', mobile: '12' },
    {
      mobileCountry: 'Choose the country of your number.',
      mobile: "That's not a mobile number. We can only text mobile numbers.",
    },
  ),
  page(
    'sign-up-all-errors',
    { email: 'lena@', username: '1..', dateOfBirthDay: '1', learningLanguages: ['de'] },
    {
      channel: 'Choose email or mobile.',
      email: 'Enter an email address like name@example.com.',
      username: 'Choose a username of 3 to 30 characters.',
      password: 'Use at least 8 characters.',
      passwordConfirmation: "The two passwords don't match.",
      dateOfBirth: 'Enter your date of birth.',
      country: 'Choose your country.',
      nativeLanguage: 'Choose the language you speak best.',
      learningLanguages: "You've chosen German as a language you speak. Choose another one to learn.",
    },
  ),
];
