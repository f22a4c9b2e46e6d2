import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { interestCodes } from '../../../../../src/kernel/interests.ts';
import {
  type Content,
  mergeInterests,
  readShown,
  shownOf,
  writeShown,
} from '../../../../../src/features/profile/profile/profile-content.ts';

const some = fc.subarray([...interestCodes].slice(0, 12));
function content(interests: string[]): Content {
  return {
    displayName: null,
    bio: '',
    country: 'DE',
    interests,
    visibility: 'members',
  };
}

test('a merge has every addition and removal of either side, and nothing else', () => {
  fc.assert(
    fc.property(some, some, some, (shown, now, wanted) => {
      const both = mergeInterests(now, wanted, shown);
      expect(new Set(both).size).toBe(both.length);
      for (const code of interestCodes) {
        const [was, is, asked] = [shown, now, wanted].map((list) => list.includes(code));
        expect(both.includes(code)).toBe(is === was ? asked : is);
      }
    }),
  );
});

test('what a form was filled with is read as it was written', () => {
  fc.assert(
    fc.property(some, (interests) => {
      const shown = shownOf(content(interests));
      expect(readShown(writeShown(shown))).toEqual(shown);
    }),
  );
});

test.each(['', '/', 'x'.repeat(100_000), `${'a'.repeat(6)}/tea`])('%j was never written', (text) => {
  expect(readShown(text)).toBeNull();
});

test("marks that don't match their interests are refused", () => {
  const text = writeShown(shownOf(content(['tea'])));
  expect(readShown(`${text}.sea`)).toBeNull();
  expect(readShown(text.replace(/\/.*/, ''))).toBeNull();
});
