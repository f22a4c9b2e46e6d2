import { createHmac, hkdfSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { deriveHmac } from '../../../src/platform/keys.ts';

const secret = 'a secret of the site, long enough to be one';
const hmac = deriveHmac(secret, 'device');

test('a MAC is HMAC-SHA-256 under a key derived for its purpose, so it is the same on every machine', () => {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'chatlink/device', 32));
  const right = createHmac('sha256', key).update('["ann","7"]').digest('base64url');
  expect(hmac.mac('ann', '7')).toBe(right);
  expect(deriveHmac(secret, 'device').mac('ann', '7')).toBe(right);
  expect(right).toMatch(/^[\w-]{43}$/);
});

test('another purpose and another secret make another MAC', () => {
  const mac = hmac.mac('ann');
  expect(deriveHmac(secret, 'network').mac('ann')).not.toBe(mac);
  expect(deriveHmac(`${secret}!`, 'device').mac('ann')).not.toBe(mac);
});

test.each([
  [
    ['ab', 'c'],
    ['a', 'bc'],
  ],
  [['abc'], ['a', 'b', 'c']],
  [['a', ''], ['a']],
  [[], ['']],
  [['a', 'b'], ['a","b']],
  [['1'], ['1 ']],
  [['é'], ['e\u0301']],
] as string[][][])('texts %j are not texts %j', (one = [], two = []) => {
  expect(hmac.mac(...one)).not.toBe(hmac.mac(...two));
  expect(hmac.isRight(hmac.mac(...one), ...two)).toBe(false);
});

test('only the right MAC is right, and nothing that is not one makes it throw', () => {
  const mac = hmac.mac('ann', '7');
  expect(hmac.isRight(mac, 'ann', '7')).toBe(true);
  const flipped = mac.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  const padded = `${mac}=`;
  for (const given of ['', mac.slice(1), `${mac}A`, padded, flipped, mac.toUpperCase(), 'é'.repeat(43), '💥'])
    expect([given, hmac.isRight(given, 'ann', '7')]).toEqual([given, false]);
  expect(hmac.isRight(mac, '7', 'ann')).toBe(false);
});
