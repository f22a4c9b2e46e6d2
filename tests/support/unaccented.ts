import { namesIn } from '../../src/web/words/names.ts';

const { countries, languageNames } = namesIn('en');
const month = new Intl.DateTimeFormat('en', { month: 'long' });
const months = Array.from({ length: 12 }, (_, n) => month.format(new Date(2026, n)));

/** What is the same in every language, or in that of the reader: brands, people of the catalogue, places, languages, moments, codes; and what is quoted. */
const names = [
  'ChatLink',
  'JPEG|PNG|WebP|HEIC|AVIF|JSON|ZIP|MB|SMS|HTML',
  'Firefox|Chrome|Safari|Edge|Windows|macOS|Android|iPhone|iPad|Linux',
  'Lena|Mateo|lena\\.m|gGmbH|A{80}',
  // As Intl joins a list.
  'and',
  ...[...countries, ...languageNames].map(({ label }) => label.replace(/[.()]/g, '\\$&')),
  ...months.flatMap((name) => [name, name.slice(0, 3)]),
  'AM|PM|[ABC][12]|KFR',
];
const stays = new RegExp(
  `(?<!\\p{L})(${names.sort((a, b) => b.length - a.length).join('|')})(?!\\p{L})|“[^”]*”|⟧ and ⟦|\\S*@\\S+|\\S+\\.(example|com)\\S*|[\\da-f]{8}-[\\da-f-]{27}`,
  'gu',
);

/** Words that en-XA would have changed. */
export function unaccentedIn(text: string): string[] {
  const words = text.replace(stays, ' ').match(/\p{L}+/gu) ?? [];
  return words.filter((word) => /^[a-z]+$/i.test(word) && /[acdeghijklnorstuwyz]/i.test(word));
}
