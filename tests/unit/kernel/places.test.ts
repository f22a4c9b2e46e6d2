import { expect, test } from '@jest/globals';
import {
  countryCodes,
  directionOf,
  isCountry,
  isLanguage,
  languageCodes,
  ownLanguageName,
} from '../../../src/kernel/places.ts';

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

test('a language has its own name and direction', () => {
  expect([ownLanguageName('de'), ownLanguageName('ja')]).toEqual(['Deutsch', '日本語']);
  expect([directionOf('ar'), directionOf('he'), directionOf('de')]).toEqual(['rtl', 'rtl', 'ltr']);
});
