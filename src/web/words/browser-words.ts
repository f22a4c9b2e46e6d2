import {
  isLiteralElement,
  isPluralElement,
  type MessageFormatElement,
  parse,
  type PluralElement,
  TYPE,
} from '@formatjs/icu-messageformat-parser';
import { formatLocale } from '../../kernel/locale.ts';
import { mapParts } from './parts.ts';
import type { Texts } from './texts.ts';

/** With its values still in braces; where it counts, one for each plural category (Unicode, UTS 35) of the locale. */
type BrowserForm = string | Readonly<Record<string, string>>;

/** As it is read: without the apostrophes that a catalogue doubles, or quotes braces with. */
function laidOut(parts: readonly MessageFormatElement[]): string {
  return parts
    .map((part) => (isLiteralElement(part) ? part.value : 'value' in part ? `{${part.value}}` : ''))
    .join('');
}

/** Scripts carry no parser: what they say is laid out for them. */
function formOf(locale: string, source: string): BrowserForm {
  const parts = parse(source);
  const plural = parts.find((part): part is PluralElement => isPluralElement(part));
  if (!plural) return laidOut(parts);
  const { pluralCategories } = new Intl.PluralRules(formatLocale(locale)).resolvedOptions();
  return Object.fromEntries(
    pluralCategories.map((category) => {
      const chosen = plural.options[category] ?? plural.options.other!;
      const counted = mapParts(chosen.value, (part) => [
        part.type === TYPE.pound ? { type: TYPE.argument, value: plural.value } : part,
      ]);
      return [category, laidOut(parts.flatMap((part) => (part === plural ? counted : [part])))];
    }),
  );
}

/** The entries `browser.<script>.<name>` of every catalogue, by their keys. */
export function browserWords(locale: string, texts: Texts, script: string): string {
  const mine = [...texts].filter(([key]) => key.split('.', 3).slice(1).join('.') === `browser.${script}`);
  if (mine.length === 0) return '';
  const forms = Object.fromEntries(mine.map(([key, source]) => [key, formOf(locale, source)]));
  // `<` could end the script that holds it.
  return JSON.stringify(forms).replaceAll('<', '\\u003c');
}
