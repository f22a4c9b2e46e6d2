import { shownDay, shownMoment } from '../../../src/kernel/message.ts';
import { form } from './form.ts';
import { languageOptions } from './options.ts';
import type { CataloguePage } from './types.ts';

const levels = [
  { value: 'A1', label: 'A1 · Beginner' },
  { value: 'A2', label: 'A2 · Elementary' },
  { value: 'B1', label: 'B1 · Intermediate' },
  { value: 'B2', label: 'B2 · Upper intermediate' },
  { value: 'C1', label: 'C1 · Advanced' },
  { value: 'C2', label: 'C2 · Mastery' },
];

const open = {
  kind: 'info',
  before:
    'You can change languages once every 30 days. If you change them now, you can change them again from ',
  at: shownDay(new Date('2026-12-25T14:03:00.000Z')),
  after: '.',
};
const free = {
  kind: 'info',
  before: 'Made a mistake when you joined? You have one free change until ',
  at: shownMoment(new Date('2026-11-26T14:03:00.000Z')),
  after: '. After that, you can change languages once every 30 days.',
};
const closed = {
  kind: 'waiting',
  before: 'You changed your languages recently. You can change them again from ',
  at: shownDay(new Date('2026-12-01T09:30:00.000Z')),
  after: ', in 6 days. You can save levels at any time.',
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
  errors: Record<string, string> = {},
  locked: object | null = null,
): CataloguePage {
  return {
    name: `languages-${name}`,
    view: 'settings/languages',
    model: {
      title: 'Your languages',
      form: form(values, errors),
      note,
      locked,
      languages: languageOptions,
      namesLang: 'en',
      levels,
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
  page('closed-one', closed, one, { levels: 'Choose a level from the list.' }, standingOne),
  page(
    'too-soon',
    closed,
    full,
    {
      '': "Adding Japanese and removing Korean will have to wait, so we haven't saved anything. Your saved languages are below. You can still save your levels.",
    },
    standing,
  ),
  page('changed-meanwhile', open, one, {
    '': "Your languages were changed in another window or on another device, so we haven't saved anything yet. Check what you chose here: saving now replaces the other change.",
  }),
  page(
    'errors',
    open,
    { ...one, nativeLanguage: ['', ''], learningLanguages: ['', 'de', 'de'], levels: ['', 'Z9', 'A1'] },
    {
      nativeLanguage: 'Choose at least one language you speak.',
      'learningLanguages-2': 'Choose each language only once.',
      'levels-1': 'Choose a level from the list.',
    },
  ),
];
