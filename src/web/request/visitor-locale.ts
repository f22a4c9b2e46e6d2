import type { Request } from 'express';
import Negotiator from 'negotiator';
import { isLanguage, keptCode } from '../../kernel/languages/codes.ts';
import { remembering } from '../../kernel/remembering.ts';

const TAGS_MAX = 20;

export interface LocaleMatcher {
  match(tags: readonly string[]): string | null; // most wanted first; null: none of those languages
}

const REMEMBERED_MAX = 1_000;

interface FullTag {
  language: string;
  script: string | undefined;
  region: string | undefined;
}

/** "zh-TW" → zh-Hant-TW, "iw" → he; null: no tag. */
const fullTag = remembering(REMEMBERED_MAX, (tag: string): FullTag | null => {
  try {
    const { language, script, region } = new Intl.Locale(tag.replaceAll('_', '-')).maximize();
    return { language, script, region };
  } catch {
    return null;
  }
});

/** `regional`: the regions of a locale. Another script of a language comes after other wanted languages. */
export function localeMatcher(
  locales: readonly string[],
  regional: Readonly<Record<string, readonly string[]>>,
): LocaleMatcher {
  const localeBy = new Map<string, string>();
  for (const locale of locales) {
    const { language, script } = fullTag(locale)!;
    if (!localeBy.has(language)) localeBy.set(language, locale);
    localeBy.set(`${language}-${script}`, locale);
  }
  for (const [locale, regions] of Object.entries(regional)) {
    const { language, script } = fullTag(locale)!;
    for (const region of regions) localeBy.set(`${language}-${script}-${region}`, locale);
  }
  return {
    match(tags) {
      const wanted = tags.slice(0, TAGS_MAX).flatMap((tag) => fullTag(tag) ?? []);
      for (const { language, script, region } of wanted) {
        const written = `${language}-${script}`;
        const locale = localeBy.get(`${written}-${region}`) ?? localeBy.get(written);
        if (locale) return locale;
      }
      for (const { language } of wanted) if (localeBy.has(language)) return localeBy.get(language)!;
      return null;
    },
  };
}

/** Most wanted first; of an empty header, none. */
export function tagsIn(header: string): string[] {
  return header === '' ? [] : new Negotiator({ headers: { 'accept-language': header } }).languages();
}

export function acceptedTags(req: Request): string[] {
  return tagsIn(req.headers['accept-language'] ?? '');
}

/** The language that the visitor reads is most likely one that they speak; empty: it is none of ours. */
export function languageReadBy(req: Request): string {
  const [tag = ''] = acceptedTags(req);
  const code = keptCode(tag.split('-')[0]!.toLowerCase());
  return isLanguage(code) ? code : '';
}
