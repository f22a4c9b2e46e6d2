import { expect, test } from '@jest/globals';
import { furtherLanguages, languageCodes } from '../../../../src/kernel/languages/codes.ts';
import { languageFinder } from '../../../../src/kernel/languages/finding.ts';
import { ownName } from '../../../../src/kernel/languages/own-names.ts';
import { namesForTags, namesIn } from '../../../../src/web/words/names.ts';

function finderOf(...tags: string[]) {
  const find = languageFinder(
    namesForTags(tags).languages.map(({ value, label }) => ({ code: value, label })),
  );
  return (typed: string) => find(typed).map(({ code }) => code);
}

/** Whose browser asks for it; what they type; what comes first. */
test.each([
  ['zh-HK', '廣東', 'yue'],
  ['zh-HK', 'Cantonese', 'yue'],
  ['zh-HK', '粵', 'yue'],
  ['yue-Hant-HK', '粵語', 'yue'],
  ['zh-TW', '台語', 'nan'],
  ['zh-CN', '普通话', 'zh'],
  ['en-HK', 'canto', 'yue'],
  ['fil-PH', 'Tagalog', 'tl'],
  ['fil-PH', 'Filipino', 'tl'],
  ['tl', 'filip', 'tl'],
  ['en-PH', 'tagalog', 'tl'],
  ['en-PH', 'Bisaya', 'ceb'],
  ['en-PH', 'Ilocano', 'ilo'],
  ['en-US', 'ASL', 'ase'],
  ['en-GB', 'British sign', 'bfi'],
  ['pt-BR', 'libras', 'bzs'],
  ['pt-BR', 'lingua brasileira de sinais', 'bzs'],
  ['fr', 'langue des signes', 'fsl'],
  ['de-DE', 'deutsche gebarden', 'gsg'],
  ['es-MX', 'lengua de senas', 'mfs'],
  ['ja', '手話', 'jsl'],
  ['en', 'Mandarin', 'zh'],
  ['en', 'Arabic', 'ar'],
  ['en', 'Breton', 'br'],
  ['en', 'olelo', 'haw'],
  ['en', 'Türkce', 'tr'],
  ['de', 'spanish', 'es'],
  ['de', 'ESPANOL', 'es'],
  ['ku', 'kurmanci', 'ku'],
  ['en', 'Kurmanji', 'ku'],
  ['en', 'Sorani', 'ckb'],
  ['en', 'farsi', 'fa'],
  ['ko', '한국어', 'ko'],
  ['ru', 'немецкий', 'de'],
])('who has a browser in %s and types "%s" finds %s first', (tag, typed, code) => {
  expect(finderOf(tag)(typed)[0]).toBe(code);
});

test('by "sign" in English every sign language is found', () => {
  expect(finderOf('en')('sign').length).toBeGreaterThanOrEqual(13);
});

test.each(['en', 'de', 'ar', 'zh-Hant', 'ja', 'pt'])(
  'in %s, every language is found by each of its names',
  (locale) => {
    const find = finderOf(locale);
    const names = namesIn(locale);
    const lost = languageCodes.filter((code) =>
      [names.language(code), ownName(code).name, furtherLanguages.get(code)?.[0] ?? ''].some(
        (name) => !find(name).includes(code),
      ),
    );
    expect(lost).toEqual([]);
  },
);

test('what nobody calls a language finds nothing', () => {
  expect(finderOf('en')('qqqq')).toEqual([]);
});
