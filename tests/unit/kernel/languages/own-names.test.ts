import { expect, test } from '@jest/globals';
import { languageCodes } from '../../../../src/kernel/languages/codes.ts';
import { ownName } from '../../../../src/kernel/languages/own-names.ts';

test.each([
  ['de', 'Deutsch'],
  ['ja', '日本語'],
  ['sk', 'slovenčina'],
  ['ks', 'کٲشُر'],
  ['sd', 'سنڌي'],
  ['ha', 'Hausa'],
  ['uz', 'o‘zbek'],
  ['km', 'ខ្មែរ'],
  ['tl', 'Tagalog'],
  ['yue', '粵語'],
  ['haw', 'ʻŌlelo Hawaiʻi'],
  ['chr', 'ᏣᎳᎩ'],
  ['ckb', 'کوردیی ناوەندی'],
  ['ug', 'ئۇيغۇرچە'],
  ['ka', 'ქართული'],
])('%s calls itself %s', (code, name) => {
  expect(ownName(code)).toMatchObject({ name, lang: code });
});

const cldrKnows = languageCodes.filter((code) => Intl.DisplayNames.supportedLocalesOf(code).length > 0);

/** By another name of theirs: CLDR knows Low German of one region, Montenegrin as Serbian, Cebuano by its English name. */
const otherwise = ['tl', 'ceb', 'cnr', 'nds'];

test('languages call themselves what CLDR says, where it says anything', () => {
  expect(cldrKnows.length).toBeGreaterThan(135);
  const nameInCldr = (code: string) => new Intl.DisplayNames([code], { type: 'language' }).of(code);
  expect(cldrKnows.filter((code) => ownName(code).name !== nameInCldr(code))).toEqual(otherwise);
});

/** ISO 15924 → Unicode's names of the scripts that languages are written in. */
const scripts = new Map(
  `Arab Arabic, Armn Armenian, Beng Bengali, Cans Canadian_Aboriginal, Cher Cherokee, Cyrl Cyrillic, Deva Devanagari, Ethi Ethiopic,
   Geor Georgian, Grek Greek, Gujr Gujarati, Guru Gurmukhi, Hans Han, Hant Han, Hebr Hebrew, Jpan Han, Khmr Khmer, Knda Kannada,
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
