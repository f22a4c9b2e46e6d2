import { expect, test } from '@jest/globals';
import { countryCodes, isCountry, isLanguage, languageCodes, ownName } from '../../../src/kernel/places.ts';

test('countries are ISO 3166-1 alpha-2, languages ISO 639-1', () => {
  expect(countryCodes.length).toBeGreaterThan(240);
  expect(languageCodes.length).toBeGreaterThan(180);
  for (const code of countryCodes) expect(code).toMatch(/^[A-Z]{2}$/);
  for (const code of languageCodes) expect(code).toMatch(/^[a-z]{2}$/);
});

test.each([
  ['DE', true],
  ['de', false],
  ['XX', false],
  ['', false],
  ['__proto__', false],
])('%j is a country: %s', (code, is) => {
  expect(isCountry(code)).toBe(is);
});

test.each([
  ['de', true],
  ['DE', false],
  ['xx', false],
  ['constructor', false],
])('%j is a language: %s', (code, is) => {
  expect(isLanguage(code)).toBe(is);
});

test.each([
  ['de', 'Deutsch'],
  ['ja', '日本語'],
  ['sk', 'slovenčina'],
  ['ks', 'کٲشُر'],
  ['sd', 'سنڌي'],
  ['ha', 'Hausa'],
  ['uz', 'o‘zbek'],
  ['km', 'ខ្មែរ'],
  ['tl', 'Filipino'],
  ['ug', 'ئۇيغۇرچە'],
  ['ka', 'ქართული'],
])('%s calls itself %s', (code, name) => {
  expect(ownName(code)).toMatchObject({ name, lang: code });
});

const cldrKnows = languageCodes.filter((code) => Intl.DisplayNames.supportedLocalesOf(code).length > 0);

test('languages call themselves what CLDR says, where it says anything', () => {
  expect(cldrKnows.length).toBeGreaterThan(120);
  const ours = cldrKnows.map((code) => ownName(code).name);
  expect(ours).toEqual(cldrKnows.map((code) => new Intl.DisplayNames([code], { type: 'language' }).of(code)));
});

/** ISO 15924 → Unicode's names of the scripts that languages of ISO 639-1 are written in. */
const scripts = new Map(
  `Arab Arabic, Armn Armenian, Beng Bengali, Cans Canadian_Aboriginal, Cyrl Cyrillic, Deva Devanagari, Ethi Ethiopic,
   Geor Georgian, Grek Greek, Gujr Gujarati, Guru Gurmukhi, Hans Han, Hebr Hebrew, Jpan Han, Khmr Khmer, Knda Kannada,
   Kore Hangul, Laoo Lao, Latn Latin, Mlym Malayalam, Mymr Myanmar, Orya Oriya, Sinh Sinhala, Taml Tamil, Telu Telugu,
   Thaa Thaana, Thai Thai, Tibt Tibetan, Yiii Yi`
    .split(',')
    .map((pair): [string, string] => {
      const [code = '', name = ''] = pair.trim().split(' ');
      return [code, name];
    }),
);

test.each(languageCodes.map((code) => [code, ownName(code)] as const))(
  '%s: its own name is written as its lang and dir say',
  (_, { name, lang, dir }) => {
    const script = new Intl.Locale(lang).maximize().script!;
    const letters = name.match(/\p{L}/gu) ?? [];
    const strange = letters.filter(
      (letter) => !new RegExp(`\\p{Script_Extensions=${scripts.get(script)}}|\\p{Lm}`, 'u').test(letter),
    );
    expect(strange).toEqual([]);
    expect(dir).toBe(/[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Thaana}]/u.test(name) ? 'rtl' : 'ltr');
    // A mark of direction would be the page's matter, and a capital Georgian letter nobody's.
    expect(name).not.toMatch(/[\p{Bidi_Control}\u1C90-\u1CBF]/u);
  },
);
