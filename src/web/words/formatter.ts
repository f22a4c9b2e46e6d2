import {
  isLiteralElement,
  type MessageFormatElement,
  type PluralOrSelectOption,
  TYPE,
} from '@formatjs/icu-messageformat-parser';
import { formatLocale } from '../../kernel/locale.ts';
import type { Message, Value } from '../../kernel/message.ts';
import { remembering } from '../../kernel/remembering.ts';
import { elementHtml, plainTags, type Tags } from './markup.ts';
import type { Parts } from './parts.ts';

/** What a message is filled with. `say`: what stands for a value that is neither counted nor dated; `tags`: beside those that stand for themselves. */
export interface Filling {
  values: Message['values'];
  say: (value: Value) => string;
  tags: Tags | undefined;
}

/** What one message says. Without anything to fill in it is a string. */
export type Formatter = string | ((filling: Filling) => string);

/** `count`: what `#` stands for. */
type Part = (filling: Filling, count: number) => string;

/** UTC, as the reader's zone isn't known: a script of ours shows times in it. */
const dateStyles: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  day: { dateStyle: 'medium', timeZone: 'UTC' },
  moment: { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' },
  time: { timeStyle: 'short', timeZone: 'UTC' },
  month: { month: 'long', year: 'numeric', timeZone: 'UTC' },
};

function valueOf({ values }: Filling, name: string): Value {
  const value = values[name];
  if (value === undefined) throw new Error(`There is no value "${name}"`);
  return value;
}

/**
 * Makes a function of a parsed message. FormatJS's own formatter walks the message each time it is said, by lists and
 * objects, and finds its Intl formats by JSON: pages take a third longer with it (bench/README.md).
 */
export function formatters(locale: string): (parts: Parts) => Formatter {
  const intl = formatLocale(locale);
  const number = new Intl.NumberFormat(intl);
  const rulesOf = remembering(Infinity, (type: Intl.PluralRuleType) => new Intl.PluralRules(intl, { type }));
  const dateIn = remembering(Infinity, (style: string) => {
    const options = dateStyles[style];
    if (!options) throw new Error(`There are no dates of the style "${style}"`);
    return new Intl.DateTimeFormat(intl, options);
  });

  function optionsOf(options: Record<string, PluralOrSelectOption>): (key: string) => Part | undefined {
    const parts = new Map(Object.entries(options).map(([key, { value }]) => [key, joined(value)]));
    return (key) => parts.get(key);
  }

  function partOf(element: MessageFormatElement): Part {
    switch (element.type) {
      case TYPE.literal:
        return () => element.value;
      case TYPE.argument:
        return (filling) => filling.say(valueOf(filling, element.value));
      case TYPE.pound:
        return (_filling, count) => number.format(count);
      case TYPE.number:
        return (filling) => number.format(Number(valueOf(filling, element.value)));
      case TYPE.date: {
        const date = dateIn(typeof element.style === 'string' ? element.style : '');
        return (filling) => date.format(Number(valueOf(filling, element.value)));
      }
      case TYPE.select: {
        const option = optionsOf(element.options);
        const other = option('other')!;
        return (filling, count) =>
          (option(filling.say(valueOf(filling, element.value))) ?? other)(filling, count);
      }
      case TYPE.plural: {
        const option = optionsOf(element.options);
        const [other, rules] = [option('other')!, rulesOf(element.pluralType ?? 'cardinal')];
        return (filling) => {
          const value = Number(valueOf(filling, element.value));
          const count = value - element.offset;
          return (option(`=${value}`) ?? option(rules.select(count)) ?? other)(filling, count);
        };
      }
      case TYPE.tag: {
        const [name, inner] = [element.value, joined(element.children)];
        return (filling, count) => {
          const tag = filling.tags?.[name] ?? plainTags[name];
          if (!tag) throw new Error(`There is no tag "${name}"`);
          return elementHtml(tag, inner(filling, count));
        };
      }
      case TYPE.time:
        throw new Error('No message of ours has a time alone');
    }
  }

  function joined(parts: Parts): Part {
    const made = parts.map(partOf);
    return (filling, count) => {
      let text = '';
      for (const part of made) text += part(filling, count);
      return text;
    };
  }

  return (parts) => {
    if (parts.every(isLiteralElement)) return parts.map(({ value }) => value).join('');
    const message = joined(parts);
    return (filling) => message(filling, 0);
  };
}
