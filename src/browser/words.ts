import { formatLocale } from '../kernel/locale.ts';
import type { Key, ValuesOf } from '../kernel/message.ts';
import { all } from './elements.ts';

/** What scripts say: the page brings it, in its language, beside each script (views/partials/script.ejs). */
type BrowserKey = Extract<Key, `${string}.browser.${string}`>;

const forms = new Map<string, string | Record<string, string>>(
  all(HTMLScriptElement, 'script[data-words]').flatMap((block) =>
    Object.entries(JSON.parse(block.textContent) as Record<string, string | Record<string, string>>),
  ),
);

const { lang } = document.documentElement;
const plural = new Intl.PluralRules(lang);
const number = new Intl.NumberFormat(formatLocale(lang));

/** Plain text. What counts takes the form that the language has for its number. */
export function t<K extends BrowserKey>(key: K, ...[values]: ValuesOf<K>): string {
  const form = forms.get(key) ?? key;
  const given = Object.entries((values ?? {}) as Record<string, string | number>);
  const counted = given.find(([, value]) => typeof value === 'number');
  const text = typeof form === 'string' ? form : (form[plural.select(Number(counted?.[1]))] ?? form.other!);
  return given.reduce(
    (said, [name, value]) =>
      said.replaceAll(`{${name}}`, () => (typeof value === 'number' ? number.format(value) : value)),
    text,
  );
}
