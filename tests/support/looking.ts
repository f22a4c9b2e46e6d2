import { expect } from '@jest/globals';
import sharp from 'sharp';
import { corners } from './pictures.ts';

/** The colours near the four corners, in the order of `corners`. */
export async function coloursAt(bytes: Buffer): Promise<number[][]> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number): number[] => {
    const pixel = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
    return [...data.subarray(pixel, pixel + 3)];
  };
  return [at(0.15, 0.15), at(0.85, 0.15), at(0.15, 0.85), at(0.85, 0.85)];
}

export async function expectCorners(bytes: Buffer): Promise<void> {
  for (const [n, colour] of (await coloursAt(bytes)).entries())
    for (const [channel, value] of colour.entries())
      expect(Math.abs(value - corners[n]![channel]!)).toBeLessThan(12);
}
