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

function editing(
  name: string,
  values: typeof empty,
  errors: Record<string, string> = {},
  conflicts: object[] = [],
): CataloguePage {
  return {
    name: `edit-profile-${name}`,
    view: 'settings/profile',
    model: {
      title: 'Your profile',
      form: form(values, errors),
      conflicts,
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
        { value: 'members', label: "Everyone who's signed in", chosen: values.visibility === 'members' },
        { value: 'nobody', label: 'Nobody', chosen: values.visibility === 'nobody' },
      ],
      limits: { name: 50, nameUnits: 750, bio: 500, bioUnits: 7_500, interests: 10 },
    },
    signedIn: true,
    site: { path: '/settings/profile' },
  };
}

function choices(mine: string) {
  return [
    { value: 'here', label: mine },
    { value: 'saved', label: 'Use the saved one' },
  ];
}

export const profileEditingPages: CataloguePage[] = [
  editing('empty', empty),
  editing('full', full),
  editing('errors', tooMuch, {
    displayName: 'Your display name has an invisible character after “\u2068عمر\u2069”. Please delete it.',
    bio: "Use at most 500 characters. You've used 600.",
    country: 'Choose your country.',
    interests: "Choose at most 10 interests. You've chosen 61.",
  }),
  editing('changed-meanwhile', full, {}, [
    {
      field: 'bio',
      label: 'About yourself',
      lang: null,
      now: 'Ahoj!\n\nأهلا!',
      hereLabel: 'What you typed',
      here: full.bio,
      choices: choices('Keep mine'),
    },
    {
      field: 'country',
      label: 'Country',
      lang: 'de',
      now: 'Dänemark',
      hereLabel: 'What this form had',
      here: 'Deutschland',
      choices: null,
    },
    {
      field: 'interests',
      label: 'Interests',
      lang: null,
      now: 'Tea, The sea',
      hereLabel: 'What you chose',
      here: 'Coffee, The sea',
      choices: choices('Keep both, as ticked below'),
    },
  ]),
  editing('left-open', full, {
    '': "You signed in as lena.m after opening this page, so we haven't saved anything yet. Please check it and press the button again.",
  }),
];
