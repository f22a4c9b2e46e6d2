import { z } from 'zod';
import type { FormShape, FormValues } from '../../web/forms.ts';
import { languageList } from '../auth/index.ts';
import type { LanguageWish } from './language-cooldown.ts';
import { type Chosen, type Language, type Level, levels } from './languages.ts';
import { languageRules } from './policy.ts';

export const languagesShape: FormShape = {
  /** What the form was filled with, so that it can be told from what the person did to it. */
  texts: ['shown'],
  /** The n-th level is of the n-th learning language; '' where none is said. */
  lists: ['nativeLanguage', 'learningLanguages', 'levels'],
};

/** A select left empty takes its level with it; levels beyond the last language belong to none. */
const withoutEmptyRows = (values: unknown): unknown => {
  const { learningLanguages, levels: said, ...others } = values as Record<string, string[]>;
  const rows = learningLanguages!.map((code, n) => ({ code, level: said![n] })).filter(({ code }) => code);
  return {
    ...others,
    learningLanguages: rows.map(({ code }) => code),
    levels: rows.map(({ level }) => level),
  };
};

const level = z
  .enum(['', ...levels], 'Choose a level from the list.')
  .optional()
  .transform((said): Chosen['level'] => (said === '' ? null : said));

const lists = z
  .object({
    shown: z.string(),
    nativeLanguage: languageList({
      max: languageRules.nativeMax,
      none: 'Choose at least one language you speak.',
      unknown: 'Choose the languages you speak from the list.',
    }),
    learningLanguages: languageList({
      max: languageRules.learningMax,
      none: 'Choose at least one language you want to learn.',
      unknown: 'Choose your learning languages from the list.',
    }),
    levels: z.array(level),
  })
  .refine((form) => form.learningLanguages.every((code) => !form.nativeLanguage.includes(code)), {
    path: ['learningLanguages'],
    message: 'You already speak one of these. Choose others to learn.',
  });

/** The form of `/settings/languages`, read. */
export const LanguagesForm = z.preprocess(withoutEmptyRows, lists).transform(
  (form): LanguageWish => ({
    shown: readShown(form.shown),
    chosen: [
      ...form.nativeLanguage.map((code): Chosen => ({ code, role: 'native', level: null })),
      ...form.learningLanguages.map((code, n): Chosen => ({ code, role: 'learning', level: form.levels[n] })),
    ],
  }),
);

const ofRole = (languages: readonly Language[], role: Language['role']): Language[] =>
  languages.filter((l) => l.role === role);

/** What the form holds before anybody touches it. */
export const formValuesOf = (languages: readonly Language[]): FormValues => ({
  shown: writeShown(languages),
  nativeLanguage: ofRole(languages, 'native').map(({ code }) => code),
  learningLanguages: ofRole(languages, 'learning').map(({ code }) => code),
  levels: ofRole(languages, 'learning').map((l) => l.level ?? ''),
});

/** "de.fr/en-B1.ja": spoken, then learnt. */
export const writeShown = (languages: readonly Language[]): string =>
  (['native', 'learning'] as const)
    .map((role) => ofRole(languages, role).map((l) => (l.level ? `${l.code}-${l.level}` : l.code)))
    .map((words) => words.join('.'))
    .join('/');

/** Null for anything that no form of ours has held. */
const readShown = (text: string): Language[] | null => {
  if (!/^[a-z]{2}(\.[a-z]{2})*\/[a-z]{2}(-[ABC][12])?(\.[a-z]{2}(-[ABC][12])?)*$/.test(text)) return null;
  const [spoken = '', learnt = ''] = text.split('/');
  return [
    ...spoken.split('.').map((code): Language => ({ code, role: 'native', level: null })),
    ...learnt.split('.').map((word): Language => {
      const [code = '', said] = word.split('-');
      return { code, role: 'learning', level: (said as Level | undefined) ?? null };
    }),
  ];
};
