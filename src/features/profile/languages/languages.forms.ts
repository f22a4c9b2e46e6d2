import { z } from 'zod';
import { issue, named } from '../../../kernel/message.ts';
import type { FormBody } from '../../../web/forms/body.ts';
import type { FormShape, FormValues } from '../../../web/forms/forms.ts';
import { languageList } from '../../auth/index.ts';
import { languageRules } from '../policy.ts';
import type { LanguagesInput } from './language-cooldown.ts';
import { type Chosen, type Language, type Level, levels } from './languages.ts';

export const languagesShape: FormShape = {
  texts: ['shown'], // what the form was filled with, to see what the person changed
  /** Level n belongs to learning language n; '' for none. */
  lists: ['nativeLanguage', 'learningLanguages', 'levels'],
  rows: ['nativeLanguage', 'learningLanguages', 'levels'],
};

/** Empty selects go with their levels, so that the rows are those that the page shows again. */
export function withoutEmptyRows(body: FormBody): FormBody {
  const said = body.get('levels') ?? [];
  const rows = (body.get('learningLanguages') ?? [])
    .map((code, n) => ({ code, level: said[n] }))
    .filter(({ code }) => code);
  return new Map([
    ...body,
    ['nativeLanguage', (body.get('nativeLanguage') ?? []).filter(Boolean)],
    ['learningLanguages', rows.map(({ code }) => code)],
    ['levels', rows.flatMap(({ level }) => level ?? [])],
  ]);
}

const level = z
  .enum(['', ...levels], issue('profile.languages.level.error'))
  .optional()
  .transform((said): Chosen['level'] => (said === '' ? null : said));

const lists = z
  .object({
    shown: z.string(),
    nativeLanguage: languageList({
      max: languageRules.nativeMax,
      none: issue('profile.languages.spoken.error.none'),
      unknown: issue('profile.languages.spoken.error.unknown'),
    }),
    learningLanguages: languageList({
      max: languageRules.learningMax,
      none: issue('profile.languages.learnt.error.none'),
      unknown: issue('profile.languages.learnt.error.unknown'),
    }),
    levels: z.array(level),
  })
  .superRefine(({ nativeLanguage, learningLanguages }, ctx) => {
    const row = learningLanguages.findIndex((code) => nativeLanguage.includes(code));
    if (row < 0) return;
    const message = issue('profile.languages.learnt.error.spoken', {
      language: named('language', learningLanguages[row]!),
    });
    ctx.addIssue({ code: 'custom', message, path: ['learningLanguages', row] });
  });

export const LanguagesForm = lists.transform(
  (form): LanguagesInput => ({
    shown: readShown(form.shown),
    chosen: [
      ...form.nativeLanguage.map((code): Chosen => ({ code, role: 'native', level: null })),
      ...form.learningLanguages.map((code, n): Chosen => ({ code, role: 'learning', level: form.levels[n] })),
    ],
  }),
);

function ofRole(languages: readonly Language[], role: Language['role']): Language[] {
  return languages.filter((l) => l.role === role);
}

export function formValuesOf(languages: readonly Language[]): FormValues {
  return {
    shown: writeShown(languages),
    nativeLanguage: ofRole(languages, 'native').map(({ code }) => code),
    learningLanguages: ofRole(languages, 'learning').map(({ code }) => code),
    levels: ofRole(languages, 'learning').map((l) => l.level ?? ''),
  };
}

/** "de.fr/en-B1.ja": spoken, then learnt. */
export function writeShown(languages: readonly Language[]): string {
  return (['native', 'learning'] as const)
    .map((role) => ofRole(languages, role).map((l) => (l.level ? `${l.code}-${l.level}` : l.code)))
    .map((words) => words.join('.'))
    .join('/');
}

const shownShape = /^[a-z]{2,3}(\.[a-z]{2,3})*\/[a-z]{2,3}(-[ABC][12])?(\.[a-z]{2,3}(-[ABC][12])?)*$/;

/** Null for what no form of ours sends. */
function readShown(text: string): Language[] | null {
  if (!shownShape.test(text)) return null;
  const [spoken = '', learnt = ''] = text.split('/');
  return [
    ...spoken.split('.').map((code): Language => ({ code, role: 'native', level: null })),
    ...learnt.split('.').map((word): Language => {
      const [code = '', said] = word.split('-');
      return { code, role: 'learning', level: (said as Level | undefined) ?? null };
    }),
  ];
}
