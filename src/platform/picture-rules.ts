import { seconds } from '../kernel/clock.ts';

/** What pictures may be, and what is made of them. Pixels, bytes and milliseconds. */
export const pictureRules = {
  /** Phones write 3 to 8 MB; a longer upload is refused before anything looks into it. */
  maxBytes: 10 * 1024 * 1024,
  /** 7,300 × 5,500: more than a phone writes by default, and some 160 MB of memory when decoded. */
  maxPixels: 40_000_000,
  /** Of processor time: the slowest honest picture, 40 megapixels, takes a few seconds; a crafted one is given up. */
  maxTime: seconds(12),
  /** By the clock on the wall, on a machine that has much else to do. */
  maxWait: seconds(60),
  /**
   * Bytes of the process that makes a picture. Empty it has 110 MB; JPEG and PNG of 40 megapixels take up to 400 MB more in
   * their worst kinds, an AVIF as much with 16.
   */
  maxMemory: 640 * 1024 * 1024,
  watchEvery: 50,
  /** How long a process waits for its next picture, and how many it makes. */
  keptIdle: seconds(10),
  madeByOne: 50,
  /**
   * What the decoder of HEIC may take, bytes. 40 megapixels in tiles, as phones write them, take 145 MB with the file.
   */
  maxHeicMemory: 160 * 1024 * 1024,
  /** WebP at 80 is what most eyes cannot tell from the original; effort 4 is libwebp's own balance. */
  quality: 80,
  effort: 4,
  /** What stands in until the real one has come: 50 to 250 bytes, so that it fits into the page and its row. */
  placeholderSide: 16,
  placeholderQuality: 50,
} as const;

export type Purpose = 'avatar' | 'photo';

/**
 * Where a square is cut out of a picture that is higher than wide: this share of what is left over goes above it. Faces
 * stand in the upper part of a portrait; css/pictures.css shows the same before it is sent.
 */
export const HEADROOM = 0.2;

/** How a picture is cut, and the sides it is kept in, largest first. Smaller originals are never enlarged. */
export interface Shape {
  cut: 'square' | 'whole';
  sides: readonly [number, ...number[]];
}

export const shapes: Record<Purpose, Shape> = {
  /** Lists, pages, and the profile, each twice as large as it is shown, for dense screens. */
  avatar: { cut: 'square', sides: [512, 256, 64] },
  /** The gallery and the enlarged view. */
  photo: { cut: 'whole', sides: [1600, 512] },
};
