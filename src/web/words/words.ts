import { parse } from '@formatjs/icu-messageformat-parser';
import { formatLocale } from '../../kernel/locale.ts';
import type { Key, Message, Named, ShownTime, Value, ValuesOf } from '../../kernel/message.ts';
import { remembering } from '../../kernel/remembering.ts';
import { type Names, namesForTags } from './names.ts';
import { browserWords } from './browser-words.ts';
import { type Filling, type Formatter, formatters } from './formatter.ts';
import { isolated, mapLiterals, type Parts, withoutTags } from './parts.ts';
import type { Texts } from './texts.ts';
import { elementHtml, escapeHtml, type Tags, timeElement } from './markup.ts';

/** A locale's words. Keys that do not exist throw: a test finds them before anybody meets them. */
export interface Words {
  locale: string; // BCP 47
  dir: 'ltr' | 'rtl';
  /** Plain text: values as they are, tags left out. */
  t: <K extends Key>(key: K, ...values: ValuesOf<K>) => string;
  /** A message; a time; the name of a country or language; a list of them; what is no message as it is. */
  say: (value: Value) => string;
  /** HTML: text and values escaped, tags drawn as `tags` says, times for scripts to find. */
  rich: (key: Key, values?: Message['values'], tags?: Tags) => string;
  /** `say`, as HTML. */
  sayRich: (value: Value, tags?: Tags) => string;
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
  const dir = (getTextInfo?.call(new Intl.Locale(locale)) ?? textInfo)?.direction ?? 'ltr';
  const format = formatters(locale);
  const laidOut = (parts: Parts) => format(dir === 'rtl' ? isolated(parts) : parts);
  const plainOf = remembering(Infinity, (key: string) => laidOut(withoutTags(parse(sourceOf(key)))));
  const htmlOf = remembering(Infinity, (key: string) =>
    laidOut(mapLiterals(parse(sourceOf(key)), escapeHtml)),
  );

  // Those of `pt` for a catalogue called `pt-BR`.
  let names: Names | undefined;
  const nameOf = ({ named, code }: Named): string => (names ??= namesForTags([locale]))[named](code);
  const timeIn = (value: ShownTime): string =>
    filled(plainOf(`web.time.${value.shape}`), { at: value.at }, say);

  const say = (value: Value): string => {
    if (typeof value !== 'object') return String(value);
    if ('key' in value) return filled(plainOf(value.key), value.values, say);
    if ('shape' in value) return timeIn(value);
    return 'named' in value ? nameOf(value) : list.format(value.map(say));
  };
  const sayRich = (value: Value, tags?: Tags): string => {
    if (typeof value !== 'object' || 'named' in value) return escapeHtml(say(value));
    if ('key' in value) return filled(htmlOf(value.key), value.values, sayRich, tags);
    if ('shape' in value) return elementHtml(timeElement(value), escapeHtml(timeIn(value)));
    return list.format(value.map((one) => sayRich(one)));
  };
  return {
    locale,
    dir,
    t: (key, ...[values]) => filled(plainOf(key), values as Message['values'], say),
    say,
    rich: (key, values, tags) => filled(htmlOf(key), values, sayRich, tags),
    sayRich,
    forBrowser: remembering(Infinity, (script) => browserWords(locale, texts, script)),
  };
}

const noValues = {};

function filled(
  formatter: Formatter,
  values: Message['values'] | undefined,
  say: Filling['say'],
  tags?: Tags,
): string {
  return typeof formatter === 'string' ? formatter : formatter({ values: values ?? noValues, say, tags });
}
