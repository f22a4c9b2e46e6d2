import { expect, test } from '@jest/globals';
import {
  newRecoveryCodes,
  readRecoveryCode,
  recoveryCodeInGroups,
} from '../../../../../src/features/auth/second-factor/recovery-codes.ts';
import { systemRandom } from '../../../../../src/kernel/ids.ts';

const code = '7Q2M9XKD4TBWH3ZC';

test('ten codes of 80 bits, none twice', () => {
  const codes = Array.from({ length: 20 }, () => newRecoveryCodes(systemRandom)).flat();
  expect(codes).toHaveLength(200);
  expect(new Set(codes).size).toBe(200);
  for (const one of codes) {
    expect(one).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
    expect(readRecoveryCode(recoveryCodeInGroups(one))).toBe(one);
  }
});

test.each([
  '7Q2M-9XKD-4TBW-H3ZC',
  ' 7q2m 9xkd 4tbw h3zc ',
  '7q2m9xkd4tbwh3zc',
  '7Q2M–9XKD—4TBW‑H3ZC',
  '７Ｑ２Ｍ-9XKD-4TBW-H3ZC',
])('%j is read', (typed) => expect(readRecoveryCode(typed)).toBe(code));

test('letters that look like digits are those digits', () => {
  expect(readRecoveryCode('OoIiLl0000000000')).toBe('0011110000000000');
});

test.each(['', '123456', code.slice(1), `${code}7`, 'UUUUUUUUUUUUUUUU', 'x'.repeat(1_000)])(
  '%j can be none',
  (typed) => expect(readRecoveryCode(typed)).toBeNull(),
);
