import { interestCodes, interestGroups } from '../../../src/kernel/interests.ts';
import { timeZones } from '../../../src/kernel/time-zones.ts';
import { message, type Message } from '../../../src/kernel/message.ts';
import { form } from './form.ts';
import { countryOptions } from './options.ts';
import type { CataloguePage } from './types.ts';

const empty = {
  displayName: '',
  bio: '',
  country: 'DE',
  visibility: '',
  timeZone: 'country',
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
  interests: ['', ...interestCodes],
};

function editing(
  name: string,
  values: typeof empty,
  errors: Record<string, Message> = {},
  conflicts: object[] = [],
): CataloguePage {
  return {
    name: `edit-profile-${name}`,
    view: 'settings/profile',
    model: {
      title: message('profile.edit.title'),
      form: form(values, errors),
      conflicts,
      countries: countryOptions,
      zones: timeZones().map((zone) => ({ value: zone, label: zone })),
      namesLang: 'en',
      interestGroups: interestGroups.map(({ code: group, interests }) => ({
        label: message(`profile.interestGroup.${group}`),
        interests: interests.map((code) => ({
          code,
          label: message(`profile.interest.${code}`),
          chosen: values.interests.includes(code),
        })),
        open: interests.some((code) => values.interests.includes(code)),
      })),
      limits: { name: 50, nameUnits: 750, bio: 500, bioUnits: 7_500, interests: 10 },
    },
    signedIn: true,
    site: { path: '/settings/profile' },
  };
}

function choices(keep: 'mine' | 'both') {
  return [
    { value: 'here', label: message(`profile.conflict.keep.${keep}`) },
    { value: 'saved', label: message('profile.conflict.keep.saved') },
  ];
}

export const profileEditingPages: CataloguePage[] = [
  editing('empty', empty),
  editing('full', full),
  editing('errors', tooMuch, {
    displayName: message('web.text.invisible', {
      what: message('profile.edit.name.what'),
      place: 'after',
      near: 'عمر',
    }),
    bio: message('web.text.tooLongBy', { most: 500, count: 600 }),
    country: message('profile.edit.country.error'),
    interests: message('profile.edit.interests.error.many', { max: 10, count: 61 }),
  }),
  editing('changed-meanwhile', full, {}, [
    {
      field: 'bio',
      label: message('profile.conflict.field.bio'),
      lang: null,
      now: ['Ahoj!\n\nأهلا!'],
      hereLabel: message('profile.conflict.here.typed'),
      here: [full.bio],
      choices: choices('mine'),
    },
    {
      field: 'country',
      label: message('profile.conflict.field.country'),
      lang: 'de',
      now: ['Dänemark'],
      hereLabel: message('profile.conflict.here.untouched'),
      here: ['Deutschland'],
      choices: null,
    },
    {
      field: 'interests',
      label: message('profile.conflict.field.interests'),
      lang: null,
      now: [message('profile.interest.tea'), message('profile.interest.sea')],
      hereLabel: message('profile.conflict.here.chosen'),
      here: [message('profile.interest.coffee'), message('profile.interest.sea')],
      choices: choices('both'),
    },
  ]),
  editing('left-open', full, {
    '': message('web.expired.otherMember', { username: 'lena.m' }),
  }),
];
