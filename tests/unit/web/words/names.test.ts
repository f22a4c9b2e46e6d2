import { describe, expect, test } from '@jest/globals';
import { languageCodes } from '../../../../src/kernel/languages/codes.ts';
import { countryCodes } from '../../../../src/kernel/places.ts';
import {
  isSameName,
  knownLocales,
  type Names,
  namesForTags,
  namesIn,
} from '../../../../src/web/words/names.ts';

describe('the names that fit what a browser asks for', () => {
  const germany: [string[], string, string][] = [
    [['zh-TW'], 'zh-Hant', '德國'],
    [['zh-Hant'], 'zh-Hant', '德國'],
    [['zh-HK'], 'zh-Hant-HK', '德國'],
    [['zh-MO'], 'zh-Hant-HK', '德國'],
    [['zh-Hant-HK'], 'zh-Hant-HK', '德國'],
    [['yue-Hant-HK', 'zh-HK'], 'yue', '德國'],
    [['yue-CN'], 'yue-Hans', '德国'],
    [['cmn-Hant'], 'zh-Hant', '德國'],
    [['zh'], 'zh', '德国'],
    [['zh-CN'], 'zh', '德国'],
    [['zh-SG'], 'zh', '德国'],
    [['sr-Latn-RS'], 'sr-Latn', 'Nemačka'],
    [['sr-ME'], 'sr-Latn', 'Nemačka'],
    [['sh'], 'sr-Latn', 'Nemačka'],
    [['sr'], 'sr', 'Немачка'],
    [['uz-Cyrl'], 'uz-Cyrl', 'Германия'],
    [['pt-PT'], 'pt-PT', 'Alemanha'],
    [['pt-BR'], 'pt', 'Alemanha'],
    [['de_DE'], 'de', 'Deutschland'],
    [['zh_Hant_TW'], 'zh-Hant', '德國'],
    [['DE-de'], 'de', 'Deutschland'],
    [['fil'], 'fil', 'Germany'],
    [['tl'], 'fil', 'Germany'],
    [['iw'], 'he', 'גרמניה'],
    [['in'], 'id', 'Jerman'],
    [['mo'], 'ro', 'Germania'],
    [['nb-NO'], 'nb', 'Tyskland'],
    // Yiddish has too few names to be offered: what comes next is.
    [['ji', 'he'], 'he', 'גרמניה'],
    [['tlh', 'de'], 'de', 'Deutschland'],
    // Nothing in Arabic letters for Punjabi: another language that the visitor reads, or else the other letters.
    [['pa-PK', 'ur'], 'ur', 'جرمنی'],
    [['pa-PK'], 'pa', 'ਜਰਮਨੀ'],
    [['*'], 'en', 'Germany'],
    [['', 'x', '-', 'a-b-c', 'de--DE', '💥', '__proto__'], 'en', 'Germany'],
    [[], 'en', 'Germany'],
    [[...Array<string>(20).fill('tlh'), 'de'], 'en', 'Germany'],
    [[...Array<string>(19).fill('tlh'), 'de'], 'de', 'Deutschland'],
  ];
  test.each(germany)('%j → %s', (tags, locale, name) => {
    const names = namesForTags(tags);
    expect([names.locale, names.country('DE')]).toEqual([locale, name]);
  });

  test('regions have their own names where many differ', () => {
    expect(['pt-PT', 'pt-AO', 'pt-BR', 'pt'].map((tag) => namesForTags([tag]).country('MK'))).toEqual([
      'Macedónia do Norte',
      'Macedónia do Norte',
      'Macedônia do Norte',
      'Macedônia do Norte',
    ]);
    expect(['zh-TW', 'zh-HK'].map((tag) => namesForTags([tag]).country('IT'))).toEqual(['義大利', '意大利']);
  });
});

test.each(knownLocales)('%s has a name for every country, in its own letters', (locale) => {
  const names = namesIn(locale);
  expect(names.locale).toBe(locale);
  const nameless = countryCodes.filter((code) => names.country(code) === code);
  expect(nameless).toEqual([]);
  expect(names.countries).toHaveLength(countryCodes.length);
  expect(names.languages).toHaveLength(languageCodes.length);
});

describe('places by their short names', () => {
  test.each([
    ['en', 'Hong Kong, Macao, Palestine, Myanmar'],
    ['de', 'Hongkong, Macau, Palästina, Myanmar'],
    ['fr', 'Hong Kong, Macao, Palestine, Myanmar'],
    ['es', 'Hong Kong, Macao, Palestina, Myanmar'],
    ['ja', '香港, マカオ, パレスチナ, ミャンマー'],
    ['zh', '香港, 澳门, 巴勒斯坦, 缅甸'],
    ['zh-Hant', '香港, 澳門, 巴勒斯坦, 緬甸'],
    ['ru', 'Гонконг, Макао, Палестина, Мьянма'],
  ])('%s: %s', (locale, said) => {
    const names = namesIn(locale);
    expect(['HK', 'MO', 'PS', 'MM'].map((code) => names.country(code)).join(', ')).toBe(said);
  });

  test.each(knownLocales)('%s: no brackets, no office, no abbreviation', (locale) => {
    const names = namesIn(locale);
    const full = new Intl.DisplayNames([locale], { type: 'region' });
    for (const code of ['HK', 'MO', 'PS', 'MM']) {
      expect(names.country(code)).not.toMatch(/[()（）]|SAR/);
      expect(names.country(code).length).toBeLessThan(24);
    }
    // "US", "UK", "Bosnia" and the like are no names to look for in a list.
    for (const code of ['US', 'GB', 'BA', 'KR', 'SA'].filter((one) => full.of(one) !== one))
      expect(names.country(code)).toBe(full.of(code));
  });
});

describe('languages by two names', () => {
  const labelOf = (names: Names, code: string) => names.languages.find(({ value }) => value === code)!.label;

  test.each([
    ['en', 'sk', 'Slovak · slovenčina'],
    ['cs', 'cs', 'Čeština'],
    ['fi', 'fi', 'Suomi'],
    ['hu', 'hu', 'Magyar'],
    ['eu', 'eu', 'Euskara'],
    ['ka', 'ka', 'ქართული'],
    ['ka', 'az', 'აზერბაიჯანული · azərbaycan'],
    ['az', 'az', 'Azərbaycan'],
    ['tr', 'en', 'İngilizce · English'],
    ['de', 'de', 'Deutsch'],
    ['sr-Latn', 'de', 'Nemački · Deutsch'],
  ])('in %s, %s is "%s"', (locale, code, label) => {
    expect(labelOf(namesIn(locale), code)).toBe(label);
  });

  test.each([
    ['Čeština', 'čeština', true],
    ['TÜRKÇE', 'türkçe', true],
    ['Íslenska', 'íslenska', true],
    ['Čeština', 'čeština'.normalize('NFD'), true],
    ['Cestina', 'čeština', false],
    ['İngilizce', 'ıngilizce', false],
  ])('%s and %s are the same name: %s', (one, other, same) => {
    expect(isSameName(one, other)).toBe(same);
  });

  test('no name begins with a capital letter where its script has none', () => {
    const georgian = namesIn('ka').languages.map(({ label }) => label);
    expect(georgian.filter((label) => /[\u1C90-\u1CBF]/.test(label))).toEqual([]);
  });
});
