import { levelOptions, tooSoonText } from '../../../src/features/profile/languages/languages.page.ts';
import { durationOf } from '../../../src/kernel/duration.ts';
import { message, type Message, named, shownDay, shownMoment } from '../../../src/kernel/message.ts';
import { form } from './form.ts';
import { languageOptions } from './options.ts';
import type { CataloguePage } from './types.ts';

const every = durationOf(30 * 86_400);
const open = {
  kind: 'info',
  text: message('profile.languages.note.open', {
    at: shownDay(new Date('2026-12-25T14:03:00.000Z')),
    every,
  }),
};
const free = {
  kind: 'info',
  text: message('profile.languages.note.free', {
    at: shownMoment(new Date('2026-11-26T14:03:00.000Z')),
    every,
  }),
};
const closed = {
  kind: 'waiting',
  text: message('profile.languages.note.closed', {
    at: shownDay(new Date('2026-12-01T09:30:00.000Z')),
    wait: durationOf(6 * 86_400),
  }),
};

const one = {
  shown: 'de/es',
  nativeLanguage: ['de'],
  learningLanguages: ['es'],
  levels: [''],
};
const full = {
  shown: 'de.tr.ku/es-B1.ja-A1.ar.cu-C2.en-C1',
  nativeLanguage: ['de', 'tr', 'ku'],
  learningLanguages: ['es', 'ja', 'ar', 'cu', 'en'],
  levels: ['B1', 'A1', '', 'C2', 'C1'],
};

function page(
  name: string,
  note: object,
  values: Record<string, string | string[]>,
  errors: Record<string, Message> = {},
  locked: object | null = null,
): CataloguePage {
  return {
    name: `languages-${name}`,
    view: 'settings/languages',
    model: {
      title: message('profile.languages.title'),
      form: form(values, errors),
      note,
      locked,
      languages: languageOptions,
      namesLang: 'en',
      levels: levelOptions,
      limits: { nativeMax: 3, learningMax: 5 },
    },
    signedIn: true,
    site: { path: '/settings/languages' },
  };
}

const standing = {
  spoken: [
    { code: 'de', name: 'German' },
    { code: 'tr', name: 'Turkish' },
    { code: 'ku', name: 'Kurdish' },
  ],
  learnt: [
    { code: 'es', name: 'Spanish' },
    { code: 'ja', name: 'Japanese' },
    { code: 'ar', name: 'Arabic' },
    { code: 'cu', name: 'Church Slavic, Old Slavonic, Old Church Slavonic' },
    { code: 'en', name: 'English' },
  ],
};
const standingOne = { spoken: standing.spoken.slice(0, 1), learnt: standing.learnt.slice(0, 1) };

export const languagesPages: CataloguePage[] = [
  page('free', free, one),
  page('open', open, full),
  page('closed', closed, full, {}, standing),
  page('closed-one', closed, one, { levels: message('profile.languages.level.error') }, standingOne),
  page(
    'too-soon',
    closed,
    full,
    { '': tooSoonText({ added: ['ja'], removed: ['ko'], moved: [] }) },
    standing,
  ),
  page('changed-meanwhile', open, one, {
    '': message('profile.languages.changedMeanwhile'),
  }),
  page(
    'errors',
    open,
    { ...one, nativeLanguage: ['', ''], learningLanguages: ['', 'de', 'de'], levels: ['', 'Z9', 'A1'] },
    {
      nativeLanguage: message('profile.languages.spoken.error.none'),
      'learningLanguages-2': message('profile.languages.learnt.error.spoken', {
        language: named('language', 'de'),
      }),
      'levels-1': message('profile.languages.level.error'),
    },
  ),
];
