import { describe, expect, test } from '@jest/globals';
import { toSrgbFrom } from '../../../../src/platform/pictures/picture-colours.ts';

function shown(primaries: number, transfer: number, ...codes: number[]): number[] {
  const rgb = Float32Array.from(codes);
  toSrgbFrom({ primaries, transfer })?.(rgb);
  return [...rgb].map((code) => Math.round(code * 255));
}

describe('colours by numbers', () => {
  test.each([
    ['sRGB', 1, 13],
    ['BT.709, as browsers read it', 1, 1],
    ['nothing', 2, 2],
    ['what nobody knows', 99, 99],
    ['what is kept for later', 0, 0],
  ])('of %s are left alone', (_name, primaries, transfer) => {
    expect(toSrgbFrom({ primaries, transfer })).toBeNull();
  });

  test.each([
    ['linear light', 8, 0.2158605, 128],
    ['a gamma of 2.2', 4, 0.5, 128],
    ['a gamma of 2.8', 5, 0.5, 106],
  ])('of %s', (_name, transfer, code, byte) => {
    expect(shown(1, transfer, code, code, code)).toEqual([byte, byte, byte]);
  });

  test.each([5, 6, 7, 9, 11, 12])(
    'of primaries %d leave grey grey, and black and white where they are',
    (primaries) => {
      for (const code of [0, 0.25, 0.5, 1]) {
        const byte = Math.round(code * 255);
        for (const value of shown(primaries, 13, code, code, code))
          expect(Math.abs(value - byte)).toBeLessThan(2);
      }
    },
  );

  test.each([16, 18])('of a high range (%d) grow with their codes, and end at white', (transfer) => {
    const greys = Array.from({ length: 101 }, (_, n) => shown(9, transfer, n / 100, n / 100, n / 100)[1]!);
    expect(greys.every((grey, n) => n === 0 || grey >= greys[n - 1]!)).toBe(true);
    expect([greys[0], greys[100]]).toEqual([0, 255]);
  });

  test('of a high range keep their hue when they are too bright', () => {
    const [r, g, b] = shown(1, 16, 0.8, 0.6, 0.6) as [number, number, number];
    expect(r).toBe(255);
    expect([g, g]).toEqual([b, b]);
    expect(g).toBeLessThan(150);
  });
});
