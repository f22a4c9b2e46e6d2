import { expect, test } from '@jest/globals';
import { createRequire } from 'node:module';
import {
  englishLanguageName,
  furtherLanguages,
  isLanguage,
  isSigned,
  keptCode,
  languageCodes,
} from '../../../../src/kernel/languages/codes.ts';

interface Entry {
  Type: string;
  Subtag?: string;
  Description: string[];
  Prefix?: string[];
  Scope?: string;
  Deprecated?: string;
  'Preferred-Value'?: string;
}
/** IANA's list of what BCP 47 is made of. */
const registry = createRequire(import.meta.url)(
  'language-subtag-registry/data/json/registry.json',
) as Entry[];
const registered = new Map(
  registry.filter(({ Type }) => Type === 'language').map((entry) => [entry.Subtag!, entry]),
);

test('languages are ISO 639-1, and some fifty more by three letters', () => {
  const byLength = (length: number) => languageCodes.filter((code) => code.length === length);
  expect(byLength(2).length).toBeGreaterThan(180);
  expect(byLength(3)).toEqual([...furtherLanguages.keys()]);
  expect(byLength(3).length).toBeGreaterThanOrEqual(40);
  expect(byLength(3).length).toBeLessThanOrEqual(60);
  expect(byLength(2).length + byLength(3).length).toBe(languageCodes.length);
  expect(new Set(languageCodes).size).toBe(languageCodes.length);
});

test.each(languageCodes)('%s is a language of the registry that is in use', (code) => {
  const entry = registered.get(code);
  expect(code).toMatch(/^[a-z]{2,3}$/);
  expect(entry).toBeDefined();
  expect([entry?.Deprecated, entry?.['Preferred-Value']]).toEqual([undefined, undefined]);
});

/** Called as people call them, not as a catalogue does. */
const byAnotherName: Record<string, string> = {
  nan: 'Min Nan Chinese',
  ilo: 'Iloko',
  gcf: 'Guadeloupean Creole French',
  jam: 'Jamaican Creole English',
  kea: 'Kabuverdianu',
  mfe: 'Morisyen',
  nah: 'Nahuatl languages',
  ary: 'Moroccan Arabic',
};

test.each([...furtherLanguages.keys()])(
  '%s has a name of the registry, or a reason to have another',
  (code) => {
    const said = registered
      .get(code)!
      .Description.map((name) => name.replace(' (macrolanguage)', '').replaceAll("'", '’'));
    expect(said).toContain(byAnotherName[code] ?? englishLanguageName(code));
  },
);

test('a group of languages is none, but for those that people speak of as one', () => {
  const groups = [...furtherLanguages.keys()].filter((code) => registered.get(code)!.Scope === 'collection');
  expect(groups).toEqual(['nah']);
});

test('signed languages are those that the registry calls so', () => {
  const signs = registry.filter(({ Type, Prefix }) => Type === 'extlang' && Prefix?.includes('sgn'));
  const known = signs.map(({ Subtag = '' }) => Subtag).filter(isLanguage);
  expect(languageCodes.filter(isSigned).sort()).toEqual(known.sort());
  expect(known.length).toBeGreaterThanOrEqual(9);
});

test.each([
  ['de', true],
  ['DE', false],
  ['xx', false],
  ['yue', true],
  ['ase', true],
  ['fil', false],
  ['kmr', false],
  ['cmn', false],
  ['constructor', false],
  ['', false],
])('%j is a language: %s', (code, is) => {
  expect(isLanguage(code)).toBe(is);
});

test.each([
  ['fil', 'tl'],
  ['tl', 'tl'],
  ['kmr', 'ku'],
  ['cmn', 'zh'],
  ['yue', 'yue'],
  ['xx', 'xx'],
  ['constructor', 'constructor'],
])('%s is kept as %s', (code, kept) => {
  expect(keptCode(code)).toBe(kept);
});
