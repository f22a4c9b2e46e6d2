import { expect, test } from '@jest/globals';
import { decimalDigits, plainTyped, trimmed, withoutInvisible } from '../../../../src/kernel/text/typed.ts';

test('the digits of every script that a language of CLDR counts with are read as what they are', () => {
  const systems = Intl.supportedValuesOf('numberingSystem').filter((system) =>
    /^\p{Nd}$/u.test(new Intl.NumberFormat(`en-u-nu-${system}`).format(7)),
  );
  expect(systems.length).toBeGreaterThan(60);
  for (const system of systems) {
    const written = new Intl.NumberFormat(`en-u-nu-${system}`, { useGrouping: false });
    for (let digit = 0; digit <= 9; digit++)
      expect([system, decimalDigits(written.format(digit))]).toEqual([system, String(digit)]);
  }
});

test('every decimal digit of Unicode is one of ours, and nothing else changes', () => {
  const found: Record<string, number> = {};
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
    const char = String.fromCodePoint(codePoint);
    const digit = decimalDigits(char);
    if (!/^\p{Nd}$/u.test(char)) {
      if (digit !== char) throw new Error(`U+${codePoint.toString(16)} changes`);
    } else found[digit] = (found[digit] ?? 0) + 1;
  }
  expect(Object.keys(found)).toEqual('0123456789'.split(''));
  expect(new Set(Object.values(found)).size).toBe(1);
});

test.each([
  ['\u202aann\u202c', 'ann'],
  ['\u2068ann\u2069 ', 'ann'],
  [' \u200e ann\u200b\n', 'ann'],
  ['an\u200bn', 'an\u200bn'],
  ['\ufeff\u00a0', ''],
])('%j trimmed is %j', (text, trim) => {
  expect(trimmed(text)).toBe(trim);
});

test('half a million spaces inside take no longer than half a million letters', () => {
  const text = `a${' '.repeat(500_000)}b`;
  expect(trimmed(` ${text}\n`) === text).toBe(true);
});

test('no mark that nobody sees is left', () => {
  expect(withoutInvisible('\u00ada\u034f\u061cl\u200bi\u2060c\ufe0fe\ufeff\u{e0061}')).toBe('alice');
});

test.each([
  ['１２–３４−５６', '12-34-56'],
  ['090ー12·34', '090-12.34'],
  [' ＋49 ', '+49'],
])('%j in plain signs is %j', (text, plain) => {
  expect(plainTyped(text)).toBe(plain);
});
