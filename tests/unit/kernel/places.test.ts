import { expect, test } from '@jest/globals';
import { countryCodes, isCountry } from '../../../src/kernel/places.ts';

test('countries are ISO 3166-1 alpha-2', () => {
  expect(countryCodes.length).toBeGreaterThan(240);
  for (const code of countryCodes) expect(code).toMatch(/^[A-Z]{2}$/);
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
