import { describe, expect, test } from '@jest/globals';
import { systemRandom } from '../../../../src/kernel/ids.ts';
import {
  incomingKey,
  variantKey,
  mediaTypeOf,
  newMediaName,
  servedKey,
} from '../../../../src/platform/media/media-keys.ts';

describe('a key', () => {
  test('has 128 random bits, the variant and its ending', () => {
    const random = { ...systemRandom, bytes: (n: number) => Buffer.alloc(n, 0xfb) };
    expect(variantKey(newMediaName(random), 'avatar-64')).toBe('-_v7-_v7-_v7-_v7-_v7-w.avatar-64.webp');
  });

  test('is never the same twice', () => {
    const names = Array.from({ length: 1_000 }, () => newMediaName(systemRandom));
    expect(new Set(names).size).toBe(1_000);
  });

  test('tells its type', () => {
    expect(mediaTypeOf(variantKey(newMediaName(systemRandom), 'photo-1600'))).toBe('image/webp');
  });

  test('of a variant is taken apart, that of an upload is not', () => {
    const name = newMediaName(systemRandom);
    expect(servedKey(variantKey(name, 'avatar-64'))).toEqual({ name, kind: 'avatar' });
    expect(mediaTypeOf(incomingKey(name))).toBe('application/octet-stream');
    for (const other of [incomingKey(name), name, '', `../${variantKey(name, 'avatar-64')}`])
      expect(servedKey(other)).toBeNull();
  });

  const name = 'A'.repeat(22);
  test.each([
    '',
    '.',
    '..',
    name,
    `${name}.webp`,
    `${name}.photo-512.html`,
    `${name}.photo-512.constructor`,
    `${name}.Photo.webp`,
    `${name}.photo/512.webp`,
    `${name}.photo-512.webp\n`,
    `../${name}.photo-512.webp`,
    `.${name.slice(1)}.photo-512.webp`,
    `${name}A.photo-512.webp`,
    `${name}.${'x'.repeat(33)}.webp`,
  ])('%j is none', (key) => {
    expect(mediaTypeOf(key)).toBeNull();
  });
});
