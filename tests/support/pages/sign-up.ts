import { form } from './form.ts';
import { countryOptions, dialOptions, languageOptions } from './options.ts';
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
  dateOfBirth: '1994-05-17',
  country: 'DE',
  nativeLanguage: 'de',
  learningLanguages: ['es', 'ja', 'ar'],
};

const limits = {
  passwordMin: 8,
  passwordMax: 128,
  learningMax: 5,
  minAge: 13,
  latestBirthDate: '2012-11-22',
};

const page = (
  name: string,
  values: Partial<typeof filled> = {},
  errors: Record<string, string> = {},
  mobileOffered = true,
): CataloguePage => ({
  name,
  view: 'auth/sign-up',
  model: {
    title: 'Join ChatLink',
    form: form({ ...empty, ...values }, errors),
    channel: values.channel ?? 'email',
    mobileOffered,
    countries: countryOptions,
    dialCountries: dialOptions,
    languages: languageOptions,
    namesLang: 'en',
    limits,
  },
  site: { path: '/sign-up', mobileOffered },
});

export const signUpPages: CataloguePage[] = [
  page('sign-up'),
  page('sign-up-mobile', { channel: 'mobile', mobileCountry: 'DE' }),
  page('sign-up-without-mobile', {}, {}, false),
  page('sign-up-filled', filled),
  page('sign-up-one-error', filled, { username: 'This username is taken. Please choose another one.' }),
  page(
    'sign-up-mobile-errors',
    { ...filled, channel: 'mobile', mobileCountry: '', mobile: '12' },
    { mobileCountry: 'Please choose the country of your number.', mobile: 'This is not a mobile number.' },
  ),
  page(
    'sign-up-all-errors',
    { email: 'lena@', username: '1..', dateOfBirth: '2020-01-01', learningLanguages: ['de'] },
    {
      channel: 'Please choose email or mobile.',
      email: 'Please enter an email address, like name@example.com.',
      username: 'Usernames begin with a letter and have 3 to 30 characters.',
      password: 'Please use at least 8 characters.',
      passwordConfirmation: 'The two passwords differ.',
      dateOfBirth: 'You must be 13 or older to join.',
      country: 'Please choose your country.',
      nativeLanguage: 'Please choose the language you speak.',
      learningLanguages: 'Please choose a language other than your own.',
    },
  ),
];
