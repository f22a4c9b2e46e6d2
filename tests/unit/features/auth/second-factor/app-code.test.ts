import { expect, test } from '@jest/globals';
import decodeQR from 'qr/decode.js';
import encodeQR from 'qr';
import { generateSync } from 'otplib';
import {
  appAddress,
  keyInGroups,
  newAppKey,
  stepOf,
} from '../../../../../src/features/auth/second-factor/app-code.ts';

/** RFC 6238, appendix B, with the SHA-1 secret; of eight digits the last six. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
test.each([
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
])('at %d s the code of RFC 6238 is right', (seconds, code) => {
  expect(stepOf(secret, code.slice(2), new Date(seconds * 1000))).toBe(Math.floor(seconds / 30));
});

test('a code is taken from the beginning of the step before its own to the end of the one after', () => {
  const token = generateSync({ secret, epoch: 3_000_000_000 });
  const step = 100_000_000;
  const at = (ms: number) => stepOf(secret, token, new Date(3_000_000_000_000 + ms));
  expect([at(-30_001), at(-30_000), at(0), at(29_999), at(30_000), at(59_999), at(60_000)]).toEqual([
    null,
    step,
    step,
    step,
    step,
    step,
    null,
  ]);
});

test.each(['94 28 70'.slice(3), '', 'abcdef', '12345', '1234567', 'x'.repeat(20_000), '٩٤٢٨٧'])(
  '%j is no code',
  (typed) => expect(stepOf(secret, typed, new Date(59_000))).toBeNull(),
);

test('spaces and other digits are read as people type them', () => {
  for (const typed of ['287 082', ' 287082\n', '٢٨٧٠٨٢', '287-082'])
    expect(stepOf(secret, typed, new Date(59_000))).toBe(1);
});

test('a key has 160 bits, no two are the same, and it is read in groups', () => {
  const keys = new Set(Array.from({ length: 50 }, newAppKey));
  expect(keys.size).toBe(50);
  for (const key of keys) expect(key).toMatch(/^[A-Z2-7]{32}$/);
  expect(keyInGroups(secret)).toBe('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ');
});

test('an app reads name, key and site from the picture', () => {
  const address = appAddress(secret, 'ann.k');
  const url = new URL(address);
  expect([url.protocol, url.host, decodeURIComponent(url.pathname)]).toEqual([
    'otpauth:',
    'totp',
    '/ChatLink:ann.k',
  ]);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({ secret, issuer: 'ChatLink' });
  const modules = encodeQR(address, 'raw', { border: 4 });
  const scale = 4;
  const size = modules.length * scale;
  const data = new Uint8ClampedArray(size * size * 4).fill(255);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      if (modules[Math.floor(y / scale)]![Math.floor(x / scale)])
        data.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3);
  expect(decodeQR({ width: size, height: size, data })).toBe(address);
});
