import { expect, test } from '@jest/globals';
import { isLanguage, isSigned, languageCodes } from '../../../../src/kernel/languages/codes.ts';
import { nearLanguages } from '../../../../src/kernel/languages/near.ts';

test('nearness goes both ways, to other languages that there are', () => {
  for (const code of languageCodes) {
    const near = nearLanguages(code);
    expect(near.filter((other) => !isLanguage(other) || other === code)).toEqual([]);
    expect(near.filter((other) => !nearLanguages(other).includes(code))).toEqual([]);
    expect(new Set(near).size).toBe(near.length);
  }
});

test.each([
  ['no', 'nb nn'],
  ['sr', 'hr bs cnr'],
  ['id', 'ms'],
  ['zh', 'yue nan wuu hak'],
  ['yue', 'zh'],
  ['ar', 'ary arz apc acm afb'],
  ['tl', 'ceb ilo hil'],
  ['ku', 'ckb'],
  ['ja', ''],
  ['xx', ''],
  ['constructor', ''],
])('near to %s: %s', (code, others) => {
  expect([...nearLanguages(code)].sort()).toEqual(others.split(' ').filter(Boolean).sort());
});

test('no unknown code is near to anything, and nothing spoken is near to signs', () => {
  expect(nearLanguages('fil')).toEqual([]);
  for (const code of languageCodes.filter(isSigned))
    expect(nearLanguages(code).filter((other) => !isSigned(other))).toEqual([]);
});
