import sharp, { type Metadata, type Region, type ResizeOptions } from 'sharp';
import { heicAsPng } from './heic-library.ts';
import type { PictureFault } from './picture-faults.ts';
import { HEADROOM, type Purpose, pictureRules as rules, type Shape, shapes } from './picture-rules.ts';

export interface Variant {
  /** "avatar-64": the purpose and the longest side at most. */
  name: string;
  width: number;
  height: number;
  /** "image/webp". */
  type: string;
  bytes: Buffer;
}

export interface Picture {
  /** Largest first. */
  variants: Variant[];
  /** A data URI, some 200 characters, that looks like the picture from far away. */
  placeholder: string;
  /** Of the original, upright. */
  width: number;
  height: number;
}

/** Pixels as they lie in memory. */
interface Bitmap {
  data: Buffer;
  info: { width: number; height: number; channels: 1 | 2 | 3 | 4 };
}

/**
 * libvips reads SVG, GIF, TIFF, its own and more formats that nobody shall send. All loaders are shut for the whole
 * process and four opened again, for bytes in memory only: no file name ever reaches one.
 */
export const prepareStudio = (): void => {
  sharp.block({ operation: ['VipsForeignLoad'] });
  const opened = ['Jpeg', 'Png', 'Webp', 'Heif'].map((kind) => `VipsForeignLoad${kind}Buffer`);
  sharp.unblock({ operation: opened });
  // No two pictures are alike, so remembered results are memory lost; and one thread a picture, since several are
  // made at once.
  sharp.cache(false);
  sharp.concurrency(1);
};

/** What the header of a picture says. */
export interface Seen {
  /** Upright. */
  width: number;
  height: number;
  pixels: number;
  /** Which of several pictures in one file is meant to be shown. */
  page: number;
  /** HEVC, which sharp's libraries see but cannot decode. */
  hevc: boolean;
}

const header = async (bytes: Buffer): Promise<Metadata | null> => {
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch {
    return null;
  }
};

/** Reads the header only, so that a bomb is known before it is decoded. */
export const lookAt = async (bytes: Buffer): Promise<Seen | { fault: PictureFault }> => {
  const seen = await header(bytes);
  if (!seen) return { fault: 'broken' };
  const pixels = seen.width * seen.height;
  if (pixels > rules.maxPixels) return { fault: 'too-many-pixels' };
  const hevc = seen.format === 'heif' && seen.compression !== 'av1';
  return { ...seen.autoOrient, pixels, page: seen.pagePrimary ?? 0, hevc };
};

const faultOf = (err: unknown): PictureFault => {
  return /pixel limit/.test((err as Error).message) ? 'too-many-pixels' : 'broken';
};

const square = (side: number) => ({ width: side, height: side, fit: 'cover' }) as const;
const within = (side: number) =>
  ({ width: side, height: side, fit: 'inside', withoutEnlargement: true }) as const;

/** The square of a portrait, in pixels of it as large as that square needs it. */
const squareOf = (width: number, height: number, side: number) => {
  const over = Math.floor((height * side) / width) - side;
  return { left: 0, top: Math.floor(over * HEADROOM), width: side, height: side };
};

/**
 * The one time that the original is decoded: upright, in sRGB, 8 bits, as large as its largest variant. `cut`: what of
 * that is kept; all of it without.
 */
const developed = async (
  bytes: Buffer,
  page: number,
  size: ResizeOptions,
  cut: Region | null,
): Promise<Bitmap> => {
  const upright = sharp(bytes, {
    page,
    limitInputPixels: rules.maxPixels,
    // Warnings are common in honest pictures (a maker's odd markers); data that ends early is not.
    failOn: 'error',
  })
    .autoOrient()
    .resize(size);
  const { data, info } = await (cut ? upright.extract(cut) : upright)
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { data, info };
};

/** A fresh WebP of nothing but pixels: sharp writes no metadata unless it is told to. */
const printed = ({ data, info }: Bitmap, size: ResizeOptions, quality: number = rules.quality) =>
  sharp(data, { raw: info })
    .resize(size)
    .webp({ quality, effort: rules.effort })
    .toBuffer({ resolveWithObject: true });

const nothing: Bitmap = { data: Buffer.alloc(4), info: { width: 1, height: 1, channels: 4 } };

/** What the placeholder shows: nothing for a picture that one can look through, for it would be seen behind it. */
const standIn = async (bitmap: Bitmap): Promise<Bitmap> => {
  const hasAlpha = bitmap.info.channels % 2 === 0;
  if (!hasAlpha) return bitmap;
  const { isOpaque } = await sharp(bitmap.data, { raw: bitmap.info }).stats();
  return isOpaque ? bitmap : nothing;
};

/** Decodes a picture that was looked at, and makes everything of it that is ever shown. */
export const makePicture = async (
  bytes: Buffer,
  { width, height, page, hevc }: Seen,
  purpose: Purpose,
): Promise<Picture | { fault: PictureFault }> => {
  const { cut, sides } = shapes[purpose];
  const largest = Math.min(sides[0], width, height);
  const isPortrait = cut === 'square' && height > width;
  // HEIC's decoder cuts squares out of the middle; of a portrait it gives all, high enough for its width to do.
  const whole: Shape = { cut: 'whole', sides: [Math.ceil((largest * height) / width)] };
  const readable = hevc ? heicAsPng(bytes, isPortrait ? whole : shapes[purpose]) : bytes;
  if ('fault' in readable) return readable;
  const sized = (side: number) => (cut === 'square' ? square(Math.min(side, width, height)) : within(side));
  let bitmap: Bitmap;
  try {
    bitmap = isPortrait
      ? await developed(readable, hevc ? 0 : page, { width: largest }, squareOf(width, height, largest))
      : await developed(readable, hevc ? 0 : page, sized(sides[0]), null);
  } catch (err) {
    return { fault: faultOf(err) };
  }

  const variants: Variant[] = [];
  for (const side of sides) {
    const { data, info } = await printed(bitmap, sized(side));
    const name = `${purpose}-${side}`;
    variants.push({ name, width: info.width, height: info.height, type: 'image/webp', bytes: data });
  }
  const early = await standIn(bitmap);
  const small = await printed(early, within(rules.placeholderSide), rules.placeholderQuality);
  const placeholder = `data:image/webp;base64,${small.data.toString('base64')}`;
  return { variants, placeholder, width, height };
};
