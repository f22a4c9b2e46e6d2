import { z } from 'zod';
import { isLanguage } from '../../kernel/places.ts';

export interface LanguageListWords {
  max: number;
  /** What is said when no language was chosen. */
  none: string;
  /** What is said of a code that is no language. */
  unknown: string;
}

/** Several selects of one name, as ISO 639-1 codes: empty ones do not count, and none may repeat another. */
export const languageList = ({ max, none, unknown }: LanguageListWords) =>
  z
    .array(z.string())
    .transform((codes) => codes.filter((code) => code !== ''))
    .pipe(
      z
        .array(z.string().refine(isLanguage, unknown))
        .min(1, none)
        .max(max, `Choose at most ${max} languages.`)
        .refine((codes) => new Set(codes).size === codes.length, 'Choose each language only once.'),
    );
