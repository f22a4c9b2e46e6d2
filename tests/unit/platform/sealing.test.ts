import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { systemRandom } from '../../../src/kernel/ids.ts';
import { createSealing } from '../../../src/platform/sealing.ts';

const [first, second] = [
  { id: 'k1', key: randomBytes(32) },
  { id: 'k2', key: randomBytes(32) },
];
const sealing = createSealing([first], 'trial', systemRandom);

test('what was sealed is opened, under its key, for its context and its purpose alone', () => {
  const sealed = sealing.seal('JBSWY3DP', 'ann');
  expect(sealed.keyId).toBe('k1');
  expect(sealing.open(sealed, 'ann')).toBe('JBSWY3DP');
  expect(sealing.open(sealed, 'ben')).toBeNull();
  expect(createSealing([first], 'another', systemRandom).open(sealed, 'ann')).toBeNull();
  expect(createSealing([{ ...second, id: 'k1' }], 'trial', systemRandom).open(sealed, 'ann')).toBeNull();
});

test('a newer key seals, an older one still opens, and one that was retired does not', () => {
  const sealed = sealing.seal('JBSWY3DP', 'ann');
  const rotated = createSealing([second, first], 'trial', systemRandom);
  expect(rotated.open(sealed, 'ann')).toBe('JBSWY3DP');
  expect(rotated.seal('JBSWY3DP', 'ann').keyId).toBe('k2');
  expect(createSealing([second], 'trial', systemRandom).open(sealed, 'ann')).toBeNull();
});

test('nothing that was changed on the way is opened, and the same secret never looks the same', () => {
  const sealed = sealing.seal('JBSWY3DP', 'ann');
  const bytes = Buffer.from(sealed.text, 'base64url');
  for (let n = 0; n < bytes.length; n++) {
    const changed = Buffer.from(bytes);
    changed[n]! ^= 1;
    expect(sealing.open({ ...sealed, text: changed.toString('base64url') }, 'ann')).toBeNull();
  }
  for (const text of ['', 'AAAA', bytes.subarray(0, 27).toString('base64url')])
    expect(sealing.open({ ...sealed, text }, 'ann')).toBeNull();
  expect(sealing.seal('JBSWY3DP', 'ann').text).not.toBe(sealed.text);
});
