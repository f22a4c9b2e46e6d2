import { z } from 'zod';
import { isLanguage, keptCode } from '../../../kernel/languages/codes.ts';
import { issue } from '../../../kernel/message.ts';
import type { FormBody } from '../../../web/forms/body.ts';
import { languagePolicy } from '../policy.ts';
import type { Names } from '../../../web/words/names.ts';

/** The list without scripts sends names, in the visitor's language; codes stay as they are. */
export function withLanguageCodes(body: FormBody, { languageNames }: Names): FormBody {
  const codes = new Map(languageNames.map(({ value, label }) => [label, value]));
  const chosen = body.get('learningLanguages')?.map((said) => codes.get(said) ?? said);
  return chosen ? new Map([...body, ['learningLanguages', chosen]]) : body;
}

/** `?speak=en&learn=es`; null where it names no language. */
export function languagesAsked(query: Readonly<Record<string, unknown>>) {
  const codesIn = (given: unknown): string[] =>
    [given]
      .flat()
      .flatMap((code) => (typeof code === 'string' ? [keptCode(code)] : []))
      .filter(isLanguage);
  const [nativeLanguage = ''] = codesIn(query.speak);
  const wanted = new Set(codesIn(query.learn));
  wanted.delete(nativeLanguage);
  const learningLanguages = [...wanted].slice(0, languagePolicy.learningMax);
  return nativeLanguage || learningLanguages.length > 0 ? { nativeLanguage, learningLanguages } : null;
}

export interface LanguageListWords {
  max: number;
  none: string;
  unknown: string;
}

/** As codes of languages; empty ones don't count. */
export function languageList({ max, none, unknown }: LanguageListWords) {
  return z
    .array(z.string())
    .transform((codes) => codes.filter((code) => code !== '').map(keptCode))
    .pipe(
      z
        .array(z.string().refine(isLanguage, unknown))
        .min(1, none)
        .max(max, issue('auth.signUp.learning.error.tooMany', { max }))
        .superRefine((codes, ctx) => {
          const again = codes.findIndex((code, n) => codes.indexOf(code) < n);
          if (again >= 0)
            ctx.addIssue({
              code: 'custom',
              message: issue('auth.signUp.learning.error.twice'),
              path: [again],
            });
        }),
    );
}
