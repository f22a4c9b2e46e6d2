import { formatLocale } from '../../kernel/locale.ts';
import type { Key, Message, Named, ShownTime, Value, ValuesOf } from '../../kernel/message.ts';
import { remembering } from '../../kernel/remembering.ts';
import { type Names, namesForTags } from './names.ts';
import { browserWords } from './browser-words.ts';
import { type Formatter, formatterOf, mapLiterals, type Resolved, withoutTags } from './format.ts';
import type { Texts } from './texts.ts';
import { elementHtml, escapeHtml, plainTags, type Tags, timeElement } from './markup.ts';

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
  const plainOf = remembering(Infinity, (key: string) => formatterOf(sourceOf(key), locale, withoutTags));
  const htmlOf = remembering(Infinity, (key: string) =>
    formatterOf(sourceOf(key), locale, (parts) => mapLiterals(parts, escapeHtml)),
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
    if ('key' in value) return filled(htmlOf(value.key), value.values, sayRich, withPlain(tags));
    if ('shape' in value) return elementHtml(timeElement(value), escapeHtml(timeIn(value)));
    return list.format(value.map((one) => sayRich(one)));
  };
  return {
    locale,
    dir: (getTextInfo?.call(new Intl.Locale(locale)) ?? textInfo)?.direction ?? 'ltr',
    t: (key, ...[values]) => filled(plainOf(key), values as Message['values'], say),
    say,
    rich: (key, values, tags) => filled(htmlOf(key), values, sayRich, withPlain(tags)),
    sayRich,
    forBrowser: remembering(Infinity, (script) => browserWords(locale, texts, script)),
  };
}

function filled(
  formatter: Formatter,
  values: Message['values'] = {},
  say: (value: Value) => string,
  tags: Resolved = {},
): string {
  if (typeof formatter === 'string') return formatter;
  const said = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'number' ? value : say(value),
  ]);
  return formatter({ ...tags, ...Object.fromEntries(said) });
}

function drawn(tags: Tags): Resolved {
  return Object.fromEntries(
    Object.entries(tags).map(([tag, element]) => [
      tag,
      (chunks: string[]) => elementHtml(element, chunks.join('')),
    ]),
  );
}

const plainDrawn = drawn(plainTags);

function withPlain(tags?: Tags): Resolved {
  return tags ? { ...plainDrawn, ...drawn(tags) } : plainDrawn;
}
