import { describe, expect, test } from '@jest/globals';
import { languageCodes } from '../../../../src/kernel/languages/codes.ts';
import { languageNamesIn } from '../../../../src/web/words/language-names.ts';
import { knownLocales, namesIn } from '../../../../src/web/words/names.ts';

describe.each(knownLocales)('in %s', (locale) => {
  const names = namesIn(locale);

  test('every language has a name and a label that no other one has', () => {
    expect(names.languageNames.map(({ value }) => value).sort()).toEqual([...languageCodes].sort());
    for (const list of [names.languageNames, names.languages]) {
      const labels = list.map(({ label }) => label.toLocaleLowerCase(locale).normalize('NFKC'));
      expect(labels.filter((label, n) => labels.indexOf(label) !== n)).toEqual([]);
    }
    expect(languageCodes.filter((code) => names.language(code) === code)).toEqual([]);
  });

  test('none goes by the name of another one that Intl takes it for', () => {
    const display = new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' });
    const says = (code: string) => (display.of(code) ?? '-').toLowerCase();
    expect(names.language('tw').toLowerCase()).not.toContain(says('ak'));
    expect(names.language('cnr').toLowerCase()).not.toContain(says('sr'));
  });
});

test.each([
  ['en', 'nan', 'Hokkien'],
  ['en', 'jam', 'Jamaican Patois'],
  ['en', 'tl', 'Filipino'],
  ['en', 'tw', 'Twi'],
  ['de', 'yue', 'Kantonesisch'],
  ['de', 'ase', 'Amerikanische Gebärdensprache'],
  ['de', 'bfi', 'British Sign Language'],
  ['es', 'prs', 'Darí'],
  ['pt', 'kea', 'Crioulo cabo-verdiano'],
  ['zh-Hant-HK', 'yue', '廣東話'],
  ['sr', 'cnr', 'Montenegrin'],
])('in %s, %s is called %s', (locale, code, name) => {
  expect(languageNamesIn(locale).get(code)).toBe(name);
});

test.each([
  ['en', 'tl', 'Filipino · Tagalog'],
  ['de', 'tl', 'Filipino · Tagalog'],
  ['en', 'yue', 'Cantonese · 粵語'],
  ['en', 'bzs', 'Brazilian Sign Language · Libras'],
  ['pt', 'bzs', 'Brazilian Sign Language · Libras'],
])('in %s, the line of %s is "%s"', (locale, code, line) => {
  expect(namesIn(locale).languages.find(({ value }) => value === code)?.label).toBe(line);
});
