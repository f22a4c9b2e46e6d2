import { seconds } from '../../kernel/clock.ts';
import type { PictureKind } from '../generated/prisma/enums.ts';

/** In pixels, bytes and milliseconds. */
export const pictureRules = {
  maxBytes: 10 * 1024 * 1024, // phones write 3 to 8 MB
  /** 9,248 × 6,936 and a little: phones with 64 megapixels. JPEG and HEIC are scaled while they are read. */
  maxPixels: 64_200_000,
  pixelsAtOnce: 40_000_000, // of all pictures being decoded; a larger one is decoded alone
  /** Of processor time: the slowest honest picture, a HEIC of 64 megapixels, takes six seconds. */
  maxTime: seconds(20),
  maxWait: seconds(60), // of wall time, on a busy machine
  /** Empty, a process has 110 MB; 64 megapixels add up to 360, an AVIF as much with 16 megapixels. */
  maxMemory: 640 * 1024 * 1024,
  watchEvery: 50,
  keptIdle: seconds(10), // then the process ends, as it does after so many pictures
  madeByOne: 50,
  /** 64 megapixels in tiles take 195 MB with the file; transparency or ten bits take more. */
  maxHeicMemory: 320 * 1024 * 1024,
  quality: 80, // at 80 most eyes see no difference from the original; 4 is libwebp's default effort
  effort: 4,
  placeholderSide: 16, // 50 to 250 bytes, small enough for the page and its row
  placeholderQuality: 50,
} as const;

export const pictureLimits = {
  megabytes: pictureRules.maxBytes / 1024 / 1024,
  megapixels: Math.floor(pictureRules.maxPixels / 1_000_000),
} as const;

/** The share of the surplus above a portrait's square, where faces are; css/pictures.css crops the same way. */
export const HEADROOM = 0.2;

/** `long` names it. `short` is a minimum, since panoramas are also shown in squares. Never enlarged. */
export interface VariantSize {
  long: number;
  short: number;
}

export interface Shape {
  cut: 'square' | 'whole';
  sizes: readonly [VariantSize, ...VariantSize[]];
}

function square(side: number): VariantSize {
  return { long: side, short: side };
}

export const shapes: Record<PictureKind, Shape> = {
  /** For the profile, pages and lists, each at twice its size for dense screens. */
  avatar: { cut: 'square', sizes: [square(512), square(256), square(64)] },
  /** Enlarged, and in the gallery's squares of 190 pixels. */
  photo: {
    cut: 'whole',
    sizes: [
      { long: 1600, short: 800 },
      { long: 512, short: 400 },
    ],
  },
};

const LONGEST = 4_000; // five times the short side, as phones write panoramas

export function sizeOf(
  kind: PictureKind,
  { long, short }: VariantSize,
  width: number,
  height: number,
): { width: number; height: number } {
  if (shapes[kind].cut === 'square') {
    const side = Math.min(long, width, height);
    return { width: side, height: side };
  }
  const [longer, shorter] = [Math.max(width, height), Math.min(width, height)];
  const scale = Math.min(1, Math.max(long / longer, short / shorter), LONGEST / longer);
  const scaled = (side: number): number => Math.max(1, Math.round(side * scale));
  return { width: scaled(width), height: scaled(height) };
}

export function variantName(kind: PictureKind, { long }: VariantSize): string {
  return `${kind}-${long}`;
}
