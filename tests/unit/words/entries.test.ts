import { expect, test } from '@jest/globals';
import { featureOrder } from '../../support/architecture/rooms.ts';
import { catalogues } from '../../support/words.ts';
import { catalogueOf, faultsOfCatalogues, shapeOf } from '../../support/wording/entries.ts';
import { catalogueFiles } from '../../support/wording/files.ts';

/** Emails and texts of auth lie in a file of their own. */
const features = ['web', 'mail', ...featureOrder];

test('catalogues are of features, and hold entries that say the same in each language', () => {
  expect(catalogueFiles.length).toBeGreaterThan(1);
  expect(faultsOfCatalogues(catalogueFiles, features)).toEqual([]);
});

test('the pseudo-locales take what English takes', () => {
  expect(catalogues.locales).toEqual(expect.arrayContaining(['en', 'en-XA', 'ar-XB']));
  for (const [key, text] of catalogueOf(catalogueFiles, 'en')) {
    const { values, tags } = shapeOf(text);
    for (const locale of ['en-XA', 'ar-XB']) {
      const pseudo = catalogues.wordsIn(locale);
      const given = Object.fromEntries(
        [...values].map(([name, kind]) => [name, kind === 'count' || kind === 'date' ? 1 : name]),
      );
      const drawn = Object.fromEntries([...tags].map((name) => [name, { name, attributes: {} }]));
      expect([key, pseudo.rich(key as never, given, drawn)]).toEqual([key, expect.stringMatching(/\S/)]);
    }
  }
});

const english = `{
  "title": "Learn",
  "hello": "Hello {name}",
  "link": "Read <link>the rules</link>",
  "tries": "{count, plural, one {# try} other {# tries}}"
}
`;

function planted(file: { locale?: string; feature?: string; source: string }): string[] {
  const files = [
    { locale: 'en', feature: 'home', source: english },
    { locale: 'fr', feature: 'home', ...file },
  ];
  return faultsOfCatalogues(files, features).map((fault) => fault.replace(/^locales\//, ''));
}

test.each([
  ['{ "title": "Apprendre" }', 'fr/home.json: has lines that are no entry, as "key": "text"'],
  ['{\n"titre": "Apprendre"\n}', 'fr/home.json: titre: English has no such entry'],
  ['{\n"title": "Apprendre",\n"title": "Encore"\n}', 'fr/home.json: title: is there twice'],
  ['{\n"title": " "\n}', 'fr/home.json: title: says nothing'],
  [
    '{\n"title": "Apprendre {site}"\n}',
    'fr/home.json: title: takes {site} (value) where English takes nothing',
  ],
  ['{\n"hello": "Bonjour"\n}', 'fr/home.json: hello: takes nothing where English takes {name} (value)'],
  [
    '{\n"hello": "Bonjour {name, number}"\n}',
    'fr/home.json: hello: takes {name} (count) where English takes {name} (value)',
  ],
  ['{\n"link": "Lisez les règles"\n}', 'fr/home.json: link: has no tag where English has <link>'],
  [
    '{\n"link": "Lisez <lien>les règles</lien>"\n}',
    'fr/home.json: link: has <lien> where English has <link>',
  ],
  ['{\n"title": "Apprendre {"\n}', 'fr/home.json: title: is no ICU message: EXPECT_ARGUMENT_CLOSING_BRACE'],
  [
    '{\n"tries": "{count, plural, one {# essai} other {# essais}}"\n}',
    'fr/home.json: tries: {count} has no "many"',
  ],
])('a planted fault is found: %s', (source, fault) => expect(planted({ source })).toContain(fault));

test('files are of known features, keys are paths, and English plurals have one and other', () => {
  expect(planted({ feature: 'gifts', source: '{\n}' })).toEqual(['fr/gifts.json: is of no feature']);
  const faults = (entry: string) =>
    faultsOfCatalogues([{ locale: 'en', feature: 'home', source: `{\n${entry}\n}` }], features);
  expect(faults('"Sign up": "Join"')).toEqual(['locales/en/home.json: Sign up: is no path in camelCase']);
  expect(faults('"tries": "{n, plural, other {# tries}}"')).toEqual([
    'locales/en/home.json: tries: {n} has no "one"',
  ]);
  expect(faults('"tries": "{n, plural, one {a} few {b} other {c}}"')).toEqual([
    'locales/en/home.json: tries: {n} has a "few" that en does not know',
  ]);
});
