import sharp, { type Metadata, type ResizeOptions, type Sharp } from 'sharp';
import type { PictureKind } from '../generated/prisma/enums.ts';
import { coloursOfHeif, heicAsPng } from './heic/heic-library.ts';
import { type Bitmap, recoloured, squareOf, withoutHidden } from './picture-bitmap.ts';
import { type Colours, toSrgbFrom } from './picture-colours.ts';
import type { PictureFault } from './picture-faults.ts';
import { coloursOfPng } from './picture-png.ts';
import { pictureRules as rules, shapes, sizeOf, variantName } from './picture-rules.ts';

export interface Variant {
  name: string;
  width: number;
  height: number;
  type: string;
  bytes: Buffer;
}

export interface Picture {
  variants: Variant[]; // largest first
  placeholder: string;
  width: number; // of the original, upright
  height: number;
}

/** libvips reads SVG, GIF, TIFF and more. All loaders are blocked but four, and those read memory only, never files. */
export function prepareSharp(): void {
  sharp.block({ operation: ['VipsForeignLoad'] });
  const opened = ['Jpeg', 'Png', 'Webp', 'Heif'].map((kind) => `VipsForeignLoad${kind}Buffer`);
  sharp.unblock({ operation: opened });
  // No two pictures are alike, so a cache is wasted; one thread each, since several are made at once.
  sharp.cache(false);
  sharp.concurrency(1);
}

export interface Seen {
  width: number;
  height: number;
  pixels: number;
  page: number; // which of several pictures in one file is shown
  hevc: boolean;
  colours: Colours | null; // null: sRGB, or an ICC profile says it better
  deep: boolean;
}

async function header(bytes: Buffer): Promise<Metadata | null> {
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch {
    return null;
  }
}

/** Reads the header only, so that a bomb is found before it is decoded. */
export async function lookAt(bytes: Buffer): Promise<Seen | { fault: PictureFault }> {
  const seen = await header(bytes);
  if (!seen) return { fault: 'broken' };
  const pixels = seen.width * seen.height;
  if (pixels > rules.maxPixels) return { fault: 'too-many-pixels' };
  const hevc = seen.format === 'heif' && seen.compression !== 'av1';
  const av1 = seen.format === 'heif' && !hevc;
  const told = av1 ? coloursOfHeif : seen.format === 'png' ? coloursOfPng : null;
  const colours = (!seen.hasProfile && told?.(bytes)) || null;
  const deep = seen.depth === 'ushort';
  return { ...seen.autoOrient, pixels, page: seen.pagePrimary ?? 0, hevc, colours, deep };
}

function faultOf(err: unknown): PictureFault {
  return /pixel limit/.test((err as Error).message) ? 'too-many-pixels' : 'broken';
}

const smallest = {
  width: rules.placeholderSide,
  height: rules.placeholderSide,
  fit: 'inside',
  withoutEnlargement: true,
} as const;

/** Decodes once, as large as the largest variant. Cropped later: sharp would rotate the whole picture first. */
function decoded(bytes: Buffer, page: number, size: ResizeOptions): Sharp {
  return sharp(bytes, {
    page,
    limitInputPixels: rules.maxPixels,
    failOn: 'error', // warnings are common in honest pictures; data that ends early isn't
  })
    .autoOrient()
    .resize(size);
}

async function developed(picture: Sharp, { colours, deep, hevc }: Seen): Promise<Bitmap> {
  // HEIC's own decoder has converted them.
  const toSrgb = colours && !hevc ? toSrgbFrom(colours) : null;
  const { data, info } = await picture
    .toColourspace(toSrgb && deep ? 'rgb16' : 'srgb')
    .raw({ depth: toSrgb && deep ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return withoutHidden(toSrgb ? recoloured({ data, info }, deep, toSrgb) : { data, info });
}

/** sharp writes no metadata unless it is told to. */
function rendered({ data, info }: Bitmap, size: ResizeOptions, quality: number = rules.quality) {
  return sharp(data, { raw: info })
    .resize(size)
    .webp({ quality, effort: rules.effort })
    .toBuffer({ resolveWithObject: true });
}

const nothing: Bitmap = { data: Buffer.alloc(4), info: { width: 1, height: 1, channels: 4 } };

/** Blank for a transparent picture, since the placeholder would show behind it. */
async function standIn(bitmap: Bitmap): Promise<Bitmap> {
  const hasAlpha = bitmap.info.channels % 2 === 0;
  if (!hasAlpha) return bitmap;
  const { isOpaque } = await sharp(bitmap.data, { raw: bitmap.info }).stats();
  return isOpaque ? bitmap : nothing;
}

export async function makePicture(
  bytes: Buffer,
  seen: Seen,
  kind: PictureKind,
): Promise<Picture | { fault: PictureFault }> {
  const { width, height, hevc } = seen;
  const { cut, sizes } = shapes[kind];
  const largest = sizeOf(kind, sizes[0], width, height);
  const isPortrait = cut === 'square' && height > width;
  // A portrait is scaled whole first, to the width of its square.
  const whole = { width: largest.width, height: Math.ceil((largest.width * height) / width) };
  const first = isPortrait ? whole : largest;
  const middle = cut === 'square' && !isPortrait ? 'square' : 'whole';
  const readable = hevc ? heicAsPng(bytes, middle, Math.max(first.width, first.height)) : bytes;
  if ('fault' in readable) return readable;
  let bitmap: Bitmap;
  try {
    const size = { ...first, fit: middle === 'square' ? 'cover' : 'fill' } as const;
    bitmap = await developed(decoded(readable, hevc ? 0 : seen.page, size), seen);
    if (isPortrait) bitmap = squareOf(bitmap);
  } catch (err) {
    return { fault: faultOf(err) };
  }

  const variants: Variant[] = [];
  for (const variant of sizes) {
    const size = sizeOf(kind, variant, width, height);
    const { data, info } = await rendered(bitmap, { ...size, fit: 'fill' });
    const name = variantName(kind, variant);
    variants.push({ name, width: info.width, height: info.height, type: 'image/webp', bytes: data });
  }
  const early = await standIn(bitmap);
  const small = await rendered(early, smallest, rules.placeholderQuality);
  const placeholder = `data:image/webp;base64,${small.data.toString('base64')}`;
  return { variants, placeholder, width, height };
}
