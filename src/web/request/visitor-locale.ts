import type { Request } from 'express';
import { remembering } from '../../kernel/remembering.ts';

/** More tags than anybody's browser has; the rest of a header is not looked at. */
const TAGS_MAX = 20;

/** Finds, of the locales we have, the one that fits what a visitor asks for. */
export interface LocaleMatcher {
  /** Tags in their order of preference; null where we have none of their languages. */
  match(tags: readonly string[]): string | null;
}

/** Tags that were made whole are remembered, as many as browsers of a busy day send: making one takes 20 µs. */
const REMEMBERED_MAX = 1_000;

interface FullTag {
  language: string;
  script: string | undefined;
  region: string | undefined;
}

/** The tag with script and region ("zh-TW" → zh-Hant-TW), old codes made new ("iw" → he); null for what is no tag. */
const fullTag = remembering(REMEMBERED_MAX, (tag: string): FullTag | null => {
  try {
    const { language, script, region } = new Intl.Locale(tag.replaceAll('_', '-')).maximize();
    return { language, script, region };
  } catch {
    return null;
  }
});

/**
 * `regional`: for each locale, the regions it is for; elsewhere the plain locale of that language and script. A language
 * in another script is better than none, but any other language that the visitor named comes first.
 */
export function localeMatcher(
  locales: readonly string[],
  regional: Readonly<Record<string, readonly string[]>>,
): LocaleMatcher {
  // Keys: de, de-Latn, de-Latn-AT.
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

/** What the browser asks for, the most wanted first. */
export function acceptedTags(req: Request): string[] {
  return req.headers['accept-language'] === undefined ? [] : req.acceptsLanguages();
}
