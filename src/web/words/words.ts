import type { Key, Message, Named, Value, ValuesOf } from '../../kernel/message.ts';
import { remembering } from '../../kernel/remembering.ts';
import { namesIn } from './names.ts';
import { browserWords } from './browser-words.ts';
import {
  type Formatter,
  formatLocale,
  formatterOf,
  mapLiterals,
  type Resolved,
  withoutTags,
} from './format.ts';
import type { Texts } from './texts.ts';
import { elementHtml, escapeHtml, plainTags, type Tags } from './markup.ts';

/** A locale's words. Keys that do not exist throw: a test finds them before anybody meets them. */
export interface Words {
  locale: string; // BCP 47
  dir: 'ltr' | 'rtl';
  /** Plain text: values as they are, tags left out. */
  t: <K extends Key>(key: K, ...values: ValuesOf<K>) => string;
  /** A message; the name of a country or language; a list of them; what is no message as it is. */
  say: (value: Value) => string;
  /** HTML: text and values escaped, tags drawn as `tags` says. */
  rich: (key: Key, values?: Message['values'], tags?: Tags) => string;
  /** What the script of a name says: JSON that may stand in HTML. Empty: nothing. */
  forBrowser: (script: string) => string;
}

export function createWords(locale: string, texts: Texts): Words {
  const { textInfo, getTextInfo } = new Intl.Locale(locale) as unknown as {
    textInfo?: { direction: 'ltr' | 'rtl' };
    getTextInfo?: () => { direction: 'ltr' | 'rtl' };
  };
  const list = new Intl.ListFormat(formatLocale(locale), { type: 'conjunction' });
  const sourceOf = (key: string): string => {
    const source = texts.get(key);
    if (source === undefined) throw new Error(`There is no message "${key}"`);
    return source;
  };
  const plainOf = remembering(Infinity, (key: string) => formatterOf(sourceOf(key), locale, withoutTags));
  const htmlOf = remembering(Infinity, (key: string) =>
    formatterOf(sourceOf(key), locale, (parts) => mapLiterals(parts, escapeHtml)),
  );

  const nameOf = ({ named, code }: Named): string =>
    named === 'country' ? namesIn(locale).country(code) : namesIn(locale).language(code);
  const inWords = (value: Value): string | number => (typeof value === 'number' ? value : say(value));
  const filled = (
    formatter: Formatter,
    values: Message['values'] = {},
    escape: (text: string) => string,
    tags: Resolved = {},
  ): string => {
    if (typeof formatter === 'string') return formatter;
    const said = Object.entries(values).map(([name, value]) => {
      const words = inWords(value);
      return [name, typeof words === 'string' ? escape(words) : words];
    });
    return formatter({ ...tags, ...Object.fromEntries(said) });
  };

  const asIs = (text: string): string => text;
  const say = (value: Value): string => {
    if (typeof value !== 'object') return String(value);
    if ('key' in value) return filled(plainOf(value.key), value.values, asIs);
    return 'named' in value ? nameOf(value) : list.format(value.map(say));
  };
  return {
    locale,
    dir: (getTextInfo?.call(new Intl.Locale(locale)) ?? textInfo)?.direction ?? 'ltr',
    t: (key, ...[values]) => filled(plainOf(key), values as Message['values'], asIs),
    say,
    rich: (key, values, tags) => filled(htmlOf(key), values, escapeHtml, drawn(tags)),
    forBrowser: remembering(Infinity, (script) => browserWords(locale, texts, script)),
  };
}

function drawn(tags: Tags = {}): Resolved {
  const elements = Object.entries({ ...plainTags, ...tags });
  return Object.fromEntries(
    elements.map(([tag, element]) => [tag, (chunks: string[]) => elementHtml(element, chunks.join(''))]),
  );
}
