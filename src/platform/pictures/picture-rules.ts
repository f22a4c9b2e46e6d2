import { seconds } from '../../kernel/clock.ts';

/** What pictures may be, and what is made of them. Pixels, bytes and milliseconds. */
export const pictureRules = {
  /** Phones write 3 to 8 MB; a longer upload is refused before anything looks into it. */
  maxBytes: 10 * 1024 * 1024,
  /** 9,248 × 6,936 and a little: what phones with 64 megapixels write. JPEG and HEIC are made smaller while they are read. */
  maxPixels: 64_200_000,
  /** Of pictures that are made side by side; a larger one is made alone. */
  pixelsAtOnce: 40_000_000,
  /** Of processor time: the slowest honest picture, a HEIC of 64 megapixels, takes six; a crafted one is given up. */
  maxTime: seconds(20),
  /** By the clock on the wall, on a machine that has much else to do. */
  maxWait: seconds(60),
  /**
   * Bytes of the process that makes a picture. Empty it has 110 MB; JPEG, PNG, WebP and HEIC of 64 megapixels take up to 360
   * MB more in their worst kinds, an AVIF as much with 16.
   */
  maxMemory: 640 * 1024 * 1024,
  watchEvery: 50,
  /** How long a process waits for its next picture, and how many it makes. */
  keptIdle: seconds(10),
  madeByOne: 50,
  /**
   * What the decoder of HEIC may take, bytes. 64 megapixels in tiles, as phones write them, take 195 MB with the file; one
   * can look through some of them, and some have ten bits.
   */
  maxHeicMemory: 320 * 1024 * 1024,
  /** WebP at 80 is what most eyes cannot tell from the original; effort 4 is libwebp's own balance. */
  quality: 80,
  effort: 4,
  /** What stands in until the real one has come: 50 to 250 bytes, so that it fits into the page and its row. */
  placeholderSide: 16,
  placeholderQuality: 50,
} as const;

/** The same for sentences. */
export const pictureLimits = {
  megabytes: pictureRules.maxBytes / 1024 / 1024,
  megapixels: Math.floor(pictureRules.maxPixels / 1_000_000),
} as const;

export type Purpose = 'avatar' | 'photo';

/**
 * Where a square is cut out of a picture that is higher than wide: this share of what is left over goes above it. Faces
 * stand in the upper part of a portrait; css/pictures.css shows the same before it is sent.
 */
export const HEADROOM = 0.2;

/**
 * A variant is called by its long side. `short`: what its short side has at least, for a panorama is shown in squares as
 * well, and would have a hundred rows there. Smaller originals are never enlarged.
 */
export interface Variety {
  long: number;
  short: number;
}

/** How a picture is cut, and what it is kept in, largest first. */
export interface Shape {
  cut: 'square' | 'whole';
  sizes: readonly [Variety, ...Variety[]];
}

function square(side: number): Variety {
  return { long: side, short: side };
}

export const shapes: Record<Purpose, Shape> = {
  /** Lists, pages, and the profile, each twice as large as it is shown, for dense screens. */
  avatar: { cut: 'square', sizes: [square(512), square(256), square(64)] },
  /** The enlarged view, and the gallery's squares of 190 pixels. Twice as wide as high is as it was. */
  photo: {
    cut: 'whole',
    sizes: [
      { long: 1600, short: 800 },
      { long: 512, short: 400 },
    ],
  },
};

/** The long side of what is kept at most: five times the short one, as phones write panoramas. */
const LONGEST = 4_000;

/** How large a variant of an original of this size is, in whole pixels. */
export function sizeOf(
  purpose: Purpose,
  { long, short }: Variety,
  width: number,
  height: number,
): { width: number; height: number } {
  if (shapes[purpose].cut === 'square') {
    const side = Math.min(long, width, height);
    return { width: side, height: side };
  }
  const [longer, shorter] = [Math.max(width, height), Math.min(width, height)];
  const scale = Math.min(1, Math.max(long / longer, short / shorter), LONGEST / longer);
  const scaled = (side: number): number => Math.max(1, Math.round(side * scale));
  return { width: scaled(width), height: scaled(height) };
}

/** "photo-512": a variant's name. */
export function nameOf(purpose: Purpose, { long }: Variety): string {
  return `${purpose}-${long}`;
}
