import { parse } from '@formatjs/icu-messageformat-parser';
import { expect, test } from '@jest/globals';
import { type Formats, IntlMessageFormat } from 'intl-messageformat';
import { type Filling, formatters } from '../../../../src/web/words/formatter.ts';
import { el, elementHtml } from '../../../../src/web/words/markup.ts';
import { catalogueOf, shapeOf } from '../../../support/wording/entries.ts';
import { catalogueFiles } from '../../../support/wording/files.ts';

type Given = Record<string, string | number>;

/** By the formatter that ICU's messages are known for. */
function reference(locale: string, text: string, given: Given): string {
  const utc = { timeZone: 'UTC' } as const;
  const formats = {
    date: {
      day: { dateStyle: 'medium', ...utc },
      time: { timeStyle: 'short', ...utc },
      moment: { dateStyle: 'medium', timeStyle: 'short', ...utc },
      month: { month: 'long', year: 'numeric', ...utc },
    },
  } as unknown as Partial<Formats>;
  const draw = (tag: string) => [tag, (chunks: string[]) => elementHtml(el(tag), chunks.join(''))] as const;
  const tags = Object.fromEntries([...shapeOf(text).tags].map(draw));
  const said = new IntlMessageFormat(parse(text), locale, formats).format<string>({ ...given, ...tags });
  return [said].flat().join('');
}

function ours(locale: string, text: string, values: Given): string {
  const formatter = formatters(locale)(parse(text));
  const tags = Object.fromEntries([...shapeOf(text).tags].map((tag) => [tag, el(tag)]));
  const filling: Filling = { values, say: String, tags };
  return typeof formatter === 'string' ? formatter : formatter(filling);
}

const numbers = [0, 1, 2, 3, 5, 11, 21, 1_234_567];

/** Each number where it counts, each time where it is dated, each of its words where it chooses. */
function fillings(text: string): Given[] {
  const words = [...text.matchAll(/(\w+) *\{/g)].map(([, word]) => word!);
  const values = [...shapeOf(text).values];
  return ['something', ...words].flatMap((word) =>
    numbers.map((n) =>
      Object.fromEntries(
        values.map(([name, kind]) => {
          if (kind === 'date') return [name, Date.UTC(2024, 0, 1) + n * 1e8];
          return [name, kind === 'count' || kind === 'ordinal' ? n : kind === 'select' ? word : `<${name}>`];
        }),
      ),
    ),
  );
}

function differences(locale: string, texts: Iterable<string>): string[] {
  return [...texts].flatMap((text) =>
    fillings(text).flatMap((given) => {
      const [one, other] = [ours(locale, text, given), reference(locale, text, given)];
      return one === other ? [] : [`${locale}: ${one} instead of ${other}`];
    }),
  );
}

test('every entry is said as FormatJS says it', () => {
  const texts = [...catalogueOf(catalogueFiles, 'en').values()];
  expect(texts.length).toBeGreaterThan(100);
  expect(differences('en-GB', texts)).toEqual([]);
});

const furtherKinds = [
  '{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}} of {all, number}',
  '{n, plural, offset:1 =0 {nobody} =1 {you} one {you and # more} other {you and # more, <b># in all</b>}}',
  '{n, plural, one {# day} few {# days} many {# days} other {# days}} since {at, date, day}',
  "it''s '{'{name}'}' {kind, select, a {{n, number} as} other {<em>others</em>}}",
];

test.each(['fr', 'ar', 'uk', 'ja', 'de-CH'])('messages of other languages too: %s', (locale) =>
  expect(differences(locale, furtherKinds)).toEqual([]),
);

test('what no message of ours has is refused when it is read, and not when somebody wants to hear it', () => {
  const read = (text: string) => () => formatters('en')(parse(text));
  expect(read('At {at, time, short}')).toThrow('time');
  expect(read('On {at, date, long}')).toThrow('long');
});
