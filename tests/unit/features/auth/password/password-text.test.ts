import { describe, expect, test } from '@jest/globals';
import { passwordPolicy } from '../../../../../src/features/auth/policy.ts';
import { passwordPair } from '../../../../../src/features/auth/password/password.forms.ts';
import { normalPassword } from '../../../../../src/features/auth/password/password-text.ts';
import { readIssue } from '../../../../../src/kernel/message.ts';
import { english } from '../../../../support/words.ts';
import { inTwoEncodings } from '../../../../support/two-encodings.ts';

function faults(password: string, passwordConfirmation = password): string[] {
  const { error } = passwordPair.safeParse({ password, passwordConfirmation });
  return error?.issues.map(({ message }) => english.say(readIssue(message))) ?? [];
}

describe('a new password', () => {
  test.each(inTwoEncodings)('%s: may be typed once in this encoding, once in that', (_, normal, other) => {
    expect(faults(normal, other)).toEqual([]);
    expect(faults(other, normal)).toEqual([]);
    expect(faults(other, `${normal}!`)).toEqual(["The two passwords don't match."]);
  });

  const short = 'Use at least 8 characters.';
  const long = 'Use at most 128 characters.';
  test.each<[string, string, string[]]>([
    ['7 letters with 7 accents apart', 'é'.repeat(7).normalize('NFD'), [short]],
    ['8 letters with 8 accents apart', 'é'.repeat(8).normalize('NFD'), []],
    ['128 syllables, each in three pieces', '각'.repeat(128).normalize('NFD'), []],
    ['129 syllables, each in three pieces', '각'.repeat(129).normalize('NFD'), [long]],
    ['128 letters of four bytes', '𐌰'.repeat(128), []],
    ['129 letters of four bytes', '𐌰'.repeat(129), [long]],
    ['86 letters of three bytes whose NFC has six', '\u0958'.repeat(86), [long]],
    ['64 letters of three bytes whose NFC has six', '\u0958'.repeat(64), []],
    ['no more than nothing', '', ['Choose a password.']],
  ])('%s', (_, password, expected) => {
    expect(faults(password)).toEqual(expected);
  });
});

describe('what is too long is not even normalised', () => {
  test.each<[string, string, boolean]>([
    ['512 bytes', 'x'.repeat(512), true],
    ['513 bytes', 'x'.repeat(513), false],
    ['1,536 bytes that are 512 in NFC', '가'.repeat(170).normalize('NFD') + 'xx', true],
    ['1,537 units', 'x'.repeat(1_537), false],
    ['fifty thousand accents in the wrong order', `a${'\u0301\u0323'.repeat(25_000)}`, false],
  ])('%s', (_, typed, fits) => {
    const before = Object.getOwnPropertyDescriptor(String.prototype, 'normalize')!;
    const normalised: number[] = [];
    const value = function (this: string, form: string): string {
      normalised.push(this.length);
      return Reflect.apply(before.value as typeof value, this, [form]);
    };
    Object.defineProperty(String.prototype, 'normalize', { ...before, value });
    const accepted = normalPassword(typed) !== null;
    Object.defineProperty(String.prototype, 'normalize', before);
    expect(accepted).toBe(fits);
    expect(normalised).toEqual(typed.length > 3 * passwordPolicy.maxBytes ? [] : [typed.length]);
  });
});
