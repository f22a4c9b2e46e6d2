import {
  englishLanguageName,
  furtherLanguages,
  isLanguage,
  languageCodes,
} from '../../kernel/languages/codes.ts';
import { ownName } from '../../kernel/languages/own-names.ts';
import { capitalized } from '../../kernel/text/title-case.ts';

/** Undefined where Intl has none, or only that of another language that it takes this one for (Twi for Akan). */
function intlName(display: Intl.DisplayNames, code: string): string | undefined {
  const name = display.of(code);
  const other = new Intl.Locale(code).language;
  if (!name || other === code || !isLanguage(other)) return name;
  return name.includes(display.of(other) ?? name) ? undefined : name;
}

/** By code, each language under a name that no other one has. */
export function languageNamesIn(locale: string): ReadonlyMap<string, string> {
  const display = new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' });
  const english = (code: string) => (locale === 'en' ? furtherLanguages.get(code)?.[0] : undefined);
  const named = languageCodes.map((code): [string, string] => {
    const name = english(code) ?? intlName(display, code) ?? englishLanguageName(code);
    return [code, capitalized(name, locale)];
  });
  const count = new Map<string, number>();
  for (const [, name] of named) count.set(name, (count.get(name) ?? 0) + 1);
  return new Map(
    named.map(([code, name]) => [code, count.get(name) === 1 ? name : `${name} (${ownName(code).name})`]),
  );
}
