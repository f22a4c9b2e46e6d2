import { message, named, shownMoment } from '../../../src/kernel/message.ts';
import { type Errors, form } from './form.ts';
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
  errors: Errors = {},
  mobileOffered = true,
): CataloguePage {
  return {
    name,
    view: 'auth/sign-up',
    model: {
      title: message('auth.signUp.title', { site: 'ChatLink' }),
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
      agree: { terms: '/terms', privacy: '/privacy' },
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
      title: message('auth.signUp.tooYoung.title'),
      minAge: 13,
      until: shownMoment(new Date('2026-11-30T09:30:00.000Z')),
    },
    site: { path: '/sign-up' },
  },
  page('sign-up-mobile', { channel: 'mobile', mobileCountry: 'DE' }),
  page('sign-up-without-mobile', {}, {}, false),
  page('sign-up-filled', filled),
  page('sign-up-one-error', filled, { username: message('auth.signUp.username.error.taken') }),
  page(
    'sign-up-date-error',
    { ...filled, dateOfBirthMonth: 'Wed' },
    { dateOfBirthMonth: message('auth.signUp.birthday.error.month.wrong') },
  ),
  page(
    'sign-up-mobile-errors',
    { ...filled, channel: 'mobile', mobileCountry: '', mobile: '12' },
    {
      mobile: message('auth.account.mobile.error.landline'),
    },
  ),
  page(
    'sign-up-all-errors',
    { email: 'lena@', username: '1..', dateOfBirthDay: '1', learningLanguages: ['de'] },
    {
      channel: message('auth.account.channel.error'),
      email: message('auth.account.email.error.wrong'),
      username: message('auth.signUp.username.error.length', { min: 3, max: 30 }),
      password: message('auth.password.error.tooShort', { min: 8 }),
      passwordConfirmation: message('auth.password.error.mismatch'),
      dateOfBirth: message('auth.signUp.birthday.error.none'),
      country: message('auth.signUp.country.error'),
      nativeLanguage: message('auth.signUp.native.error'),
      learningLanguages: message('auth.signUp.learning.error.spoken', { language: named('language', 'de') }),
    },
  ),
];
