import { expect, test } from '@jest/globals';
import { interestCodes, interestGroups, isInterest } from '../../../src/kernel/interests.ts';
import { english } from '../../support/words.ts';

test('codes are unique, and such as the database takes', () => {
  expect(new Set(interestCodes).size).toBe(interestCodes.length);
  for (const code of interestCodes) expect(code).toMatch(/^[a-z-]{2,30}$/);
});

test('no two interests or groups look alike', () => {
  const labels = interestGroups.flatMap(({ code: group, interests }) => [
    english.t(`profile.interestGroup.${group}`),
    ...interests.map((code) => english.t(`profile.interest.${code}`)),
  ]);
  expect(new Set(labels.map((label) => label.toLowerCase())).size).toBe(labels.length);
});

test('a label is known for each of them, and for nothing else', () => {
  for (const code of interestCodes)
    expect([isInterest(code), english.t(`profile.interest.${code}`)]).toEqual([
      true,
      expect.stringMatching(/^[A-Z][A-Za-z ]+$/),
    ]);
  for (const code of ['', 'golf?', '__proto__', 'constructor']) expect(isInterest(code)).toBe(false);
});
