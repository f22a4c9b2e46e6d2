import { z } from 'zod';
import { isLanguage } from '../../../kernel/places.ts';

export interface LanguageListWords {
  max: number;
  none: string;
  unknown: string;
}

/** As ISO 639-1 codes; empty ones don't count. */
export function languageList({ max, none, unknown }: LanguageListWords) {
  return z
    .array(z.string())
    .transform((codes) => codes.filter((code) => code !== ''))
    .pipe(
      z
        .array(z.string().refine(isLanguage, unknown))
        .min(1, none)
        .max(max, `Choose at most ${max} languages.`)
        .superRefine((codes, ctx) => {
          const again = codes.findIndex((code, n) => codes.indexOf(code) < n);
          if (again >= 0)
            ctx.addIssue({ code: 'custom', message: 'Choose each language only once.', path: [again] });
        }),
    );
}
