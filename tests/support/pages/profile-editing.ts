import { interestGroups } from '../../../src/kernel/interests.ts';
import { form } from './form.ts';
import { countryOptions } from './options.ts';
import type { CataloguePage } from './types.ts';

const empty = {
  displayName: '',
  bio: '',
  country: 'DE',
  visibility: 'members',
  interests: [] as string[],
  version: '0',
  shown: 'AAAAAA.BBBBBB.CCCCCC.DDDDDD.EEEEEE/sea',
};
const full = {
  ...empty,
  displayName: 'Lena Marie Sørensen',
  bio: 'Ahoj! I moved to Kiel two years ago.\n\nI can help you with German grammar.',
  interests: ['', 'sewing', 'board-games', 'coffee', 'sea', 'languages'],
};
const tooMuch = {
  ...full,
  bio: 'Ahoj! '.repeat(100),
  visibility: 'nobody',
  interests: ['', ...interestGroups.flatMap((group) => group.interests.map(({ code }) => code))],
};

const editing = (
  name: string,
  values: typeof empty,
  errors: Record<string, string> = {},
  meanwhile: object[] = [],
): CataloguePage => ({
  name: `edit-profile-${name}`,
  view: 'settings/profile',
  model: {
    title: 'Your profile',
    form: form(values, errors),
    meanwhile,
    countries: countryOptions,
    namesLang: 'en',
    interestGroups: interestGroups.map(({ label, interests }) => ({
      label,
      interests: interests.map((interest) => ({
        ...interest,
        chosen: values.interests.includes(interest.code),
      })),
      open: interests.some(({ code }) => values.interests.includes(code)),
    })),
    visibilities: [
      { value: 'members', label: 'Everybody who is signed in', chosen: values.visibility === 'members' },
      { value: 'nobody', label: 'Nobody', chosen: values.visibility === 'nobody' },
    ],
    limits: { name: 50, nameUnits: 750, bio: 500, bioUnits: 7_500, interests: 10 },
  },
  signedIn: true,
  site: { path: '/settings/profile' },
});

const choices = (mine: string) => [
  { value: 'here', label: mine },
  { value: 'saved', label: 'Use the saved one' },
];

export const profileEditingPages: CataloguePage[] = [
  editing('empty', empty),
  editing('full', full),
  editing('errors', tooMuch, {
    displayName:
      'Your display name has an invisible character after “\u2068عمر\u2069”. Please delete it there.',
    bio: 'Use at most 500 characters. You have 600.',
    country: 'Choose your country.',
    interests: 'Choose at most 10 interests. You have 61.',
  }),
  editing('changed-meanwhile', full, {}, [
    {
      field: 'bio',
      label: 'About yourself',
      now: 'Ahoj!\n\nأهلا!',
      hereLabel: 'What you typed',
      here: full.bio,
      choices: choices('Keep mine'),
    },
    {
      field: 'country',
      label: 'Country',
      now: 'Denmark',
      hereLabel: 'What this form still had',
      here: 'Germany',
      choices: null,
    },
    {
      field: 'interests',
      label: 'Interests',
      now: 'Tea, The sea',
      hereLabel: 'What you chose',
      here: 'Coffee, The sea',
      choices: choices('Keep both together, as they are ticked below'),
    },
  ]),
  editing('left-open', full, {
    '': 'You signed in as lena.m after this page was opened, so nothing was saved yet. Please check it and press the button again.',
  }),
];
