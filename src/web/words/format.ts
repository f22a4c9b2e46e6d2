import {
  isLiteralElement,
  isPluralElement,
  isSelectElement,
  isTagElement,
  type MessageFormatElement,
  parse,
} from '@formatjs/icu-messageformat-parser';
import { formatLocale } from '../../kernel/locale.ts';
import { type Formats, IntlMessageFormat } from 'intl-messageformat';

type Parts = readonly MessageFormatElement[];
type Inner = (chunks: string[]) => string;
export type Resolved = Readonly<Record<string, string | number | Inner>>;

/** UTC, as the reader's zone isn't known: a script of ours shows times in it. */
const formats = {
  date: {
    day: { dateStyle: 'medium', timeZone: 'UTC' },
    moment: { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' },
    month: { month: 'long', year: 'numeric', timeZone: 'UTC' },
  },
} as unknown as Partial<Formats>;

/** `change` each part that holds no others, and each tag once its children are changed; at any depth. */
export function mapParts(
  parts: Parts,
  change: (part: MessageFormatElement) => readonly MessageFormatElement[],
): MessageFormatElement[] {
  return parts.flatMap((part) => {
    if (isTagElement(part)) return change({ ...part, children: mapParts(part.children, change) });
    if (!isPluralElement(part) && !isSelectElement(part)) return change(part);
    const options = Object.entries(part.options).map(([name, option]) => [
      name,
      { ...option, value: mapParts(option.value, change) },
    ]);
    return [{ ...part, options: Object.fromEntries(options) } as typeof part];
  });
}

export function mapLiterals(parts: Parts, map: (text: string) => string): MessageFormatElement[] {
  return mapParts(parts, (part) => [isLiteralElement(part) ? { ...part, value: map(part.value) } : part]);
}

/** For plain text: a tag gives what is in it. */
export function withoutTags(parts: Parts): MessageFormatElement[] {
  return mapParts(parts, (part) => (isTagElement(part) ? part.children : [part]));
}

/** What one message says, once it is given its values. Without any it is a string. */
export type Formatter = string | ((values: Resolved) => string);

/** Throws on what is no ICU message. `arrange`: what becomes of it first. */
export function formatterOf(
  source: string,
  locale: string,
  arrange: (parts: Parts) => MessageFormatElement[],
): Formatter {
  const parts = arrange(parse(source));
  if (parts.every(isLiteralElement)) return parts.map(({ value }) => value).join('');
  const format = new IntlMessageFormat(parts, formatLocale(locale), formats);
  return (values) => {
    const said = format.format<string>(values as never);
    return Array.isArray(said) ? said.join('') : String(said);
  };
}
