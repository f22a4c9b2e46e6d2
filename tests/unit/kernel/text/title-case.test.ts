import { expect, test } from '@jest/globals';
import { capitalized } from '../../../../src/kernel/text/title-case.ts';

test.each([
  ['deutsch', 'de', 'Deutsch'],
  ['čeština', 'cs', 'Čeština'],
  ['čeština'.normalize('NFD'), 'cs', 'Čeština'.normalize('NFD')],
  ['ingilizce', 'tr', 'İngilizce'],
  ['ispanca', 'az', 'İspanca'],
  ['islandų', 'lt', 'Islandų'],
  ['ingilizce', 'de', 'Ingilizce'],
  ['άλφα', 'el', 'Άλφα'],
  ['ијекавски', 'sr', 'Ијекавски'],
  ['ijslands', 'nl', 'IJslands'],
  ['ijslands', 'en', 'Ijslands'],
  ['ǆamija', 'hr', 'ǅamija'],
  ['ǉubav', 'hr', 'ǈubav'],
  ['ﬁlip', 'en', 'Filip'],
  ['ßander', 'de', 'Ssander'],
  ['և', 'hy', 'Եւ'],
  ['𐐨𐐩', 'en', '𐐀𐐩'],
])('%s in %s → %s', (word, locale, said) => {
  expect(capitalized(word, locale)).toBe(said);
});

test.each([
  'აზერბაიჯანული',
  'ქართული',
  '日本語',
  'العربية',
  'עברית',
  'ไทย',
  'हिन्दी',
  'Deutsch',
  '‘quoted',
  '3d',
  '',
])('%s has nothing to be made large, and stays', (word) => {
  for (const locale of ['ka', 'en', 'tr']) expect(capitalized(word, locale)).toBe(word);
});
