import { createHmac } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { type CodeSubject, createCodes } from '../../../src/platform/codes.ts';

const key = Buffer.from('12345678901234567890123456789012');
const other = Buffer.from('another-key-of-thirty-two-bytes!');
const codes = createCodes([{ id: 'k1', key }], 6);
const subject: CodeSubject = {
  purpose: 'registration',
  challengeId: '01978a00-0000-7000-8000-000000000000',
  destination: 'ann@example.com',
  send: 1,
};

test('the same subject has the same code, which is HMAC-SHA-256 truncated as RFC 4226 does, over 64 bits', () => {
  const mac = createHmac('sha256', key)
    .update('["registration","01978a00-0000-7000-8000-000000000000","ann@example.com",1]')
    .digest();
  const number = mac.readBigUInt64BE(mac[31]! & 15) % 1_000_000n;
  const code = number.toString().padStart(6, '0');
  expect(codes.derive(subject, 'k1')).toBe(code);
  expect(createCodes([{ id: 'k1', key }], 6).derive(subject, 'k1')).toBe(code);
});

test.each([
  ['purpose', { purpose: 'reset' }],
  ['challenge', { challengeId: '01978a00-0000-7000-8000-000000000001' }],
  ['destination', { destination: 'ann@example.org' }],
  ['send', { send: 2 }],
])('another %s has another code', (_, change) => {
  expect(codes.derive({ ...subject, ...change }, 'k1')).not.toBe(codes.derive(subject, 'k1'));
});

test('another key makes another code, and a key that is gone makes none', () => {
  const both = createCodes(
    [
      { id: 'k2', key: other },
      { id: 'k1', key },
    ],
    6,
  );
  expect(both.currentKeyId).toBe('k2');
  expect(both.derive(subject, 'k1')).toBe(codes.derive(subject, 'k1'));
  expect(both.derive(subject, 'k2')).not.toBe(codes.derive(subject, 'k1'));
  expect(both.derive(subject, 'k3')).toBeNull();
});

test('a field cannot run into the next', () => {
  const one = { ...subject, purpose: 'a","b', challengeId: 'c' };
  const two = { ...subject, purpose: 'a', challengeId: 'b","c' };
  expect(codes.derive(one, 'k1')).not.toBe(codes.derive(two, 'k1'));
});

test('only the right code matches', () => {
  const code = codes.derive(subject, 'k1')!;
  expect(codes.matches(subject, 'k1', code)).toBe(true);
  for (const typed of ['', '0', code.slice(1), `${code}0`, ` ${code}`, '------', '1'.repeat(6), 'ééé'])
    expect([typed, codes.matches(subject, 'k1', typed)]).toEqual([typed, false]);
});

test('under a key that is gone nothing matches, not even what stands in its place', () => {
  expect(codes.matches(subject, 'gone', '------')).toBe(false);
  expect(codes.matches(subject, 'gone', codes.derive(subject, 'k1')!)).toBe(false);
});

test('codes have six digits, zeros in front included, and no digit or leading digit is preferred', () => {
  const count = 20_000;
  const made = Array.from({ length: count }, (_, send) => codes.derive({ ...subject, send }, 'k1')!);
  expect(made.every((code) => /^\d{6}$/.test(code))).toBe(true);
  for (let place = 0; place < 6; place++) {
    const counts = Array<number>(10).fill(0);
    for (const code of made) counts[Number(code[place])]!++;
    // Chi-square with nine degrees of freedom: beyond 40 is less likely than 1 in 100,000. The key is fixed, so
    // this never wavers.
    const chi = counts.reduce((sum, n) => sum + (n - count / 10) ** 2 / (count / 10), 0);
    expect(chi).toBeLessThan(40);
  }
});

test('without a key there are no codes', () => {
  expect(() => createCodes([], 6)).toThrow('needs at least one key');
});
