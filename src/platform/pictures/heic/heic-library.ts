import type { Colours } from '../picture-colours.ts';
import type { PictureFault } from '../picture-faults.ts';
import { pictureRules as rules, type Shape } from '../picture-rules.ts';
import { HeicFault, type Planes, toRgb } from './heic-pixels.ts';
import { type Plane, windowOf } from './heic-rows.ts';
import { openHeif, withMemory } from './libheif.ts';
import { plainPng } from './plain-png.ts';

const [YCbCr, asCoded] = [0, 99]; // heif.h: colour space YCbCr, chroma as it was coded
const [LUMA, BLUE, RED, ALPHA] = [0, 1, 2, 6];
const longestProfile = 1024 * 1024; // bytes: a printer's profile can have a megabyte, a camera's some hundred

/** Upright. Throws HeicFault. */
function decodeHeic(file: Uint8Array, maxPixels: number): Planes {
  const { heif, handle, error, out, answer, told } = openHeif(file, maxPixels);
  const width = heif._heif_image_handle_get_width(handle);
  const height = heif._heif_image_handle_get_height(handle);
  if (width * height > maxPixels) throw new HeicFault('too-many-pixels');

  // As coded: with upsampled chroma, libheif 1.23 gives the first row and column a wrong colour.
  heif._heif_decode_image(error, handle, out, YCbCr, asCoded, 0);
  const image = answer();

  const icc = (): Uint8Array | null => {
    const size = heif._heif_image_handle_get_raw_color_profile_size(handle);
    if (size === 0 || size > longestProfile) return null;
    const start = heif._malloc(size);
    heif._heif_image_handle_get_raw_color_profile(error, handle, start);
    return heif.HEAP32[error >> 2] === 0 ? heif.HEAPU8.slice(start, start + size) : null;
  };
  const profile = icc();
  heif._heif_image_get_nclx_color_profile(error, image, out);
  const coded = told();
  heif._heif_image_handle_get_nclx_color_profile(error, handle, out);
  const written = told();

  // Last, since allocating more memory moves the planes.
  const has = (channel: number): boolean => heif._heif_image_has_channel(image, channel) !== 0;
  const planeOf = (channel: number): Plane => {
    const start = heif._heif_image_get_plane_readonly(image, channel, out);
    const stride = heif.HEAPU32[out >> 2]!;
    const rows = heif._heif_image_get_height(image, channel);
    if (start === 0) throw new HeicFault('broken');
    return {
      width: heif._heif_image_get_width(image, channel),
      height: rows,
      stride,
      bits: heif._heif_image_get_bits_per_pixel_range(image, channel),
      data: heif.HEAPU8.subarray(start, start + stride * rows),
    };
  };
  return {
    width,
    height,
    luma: planeOf(LUMA),
    blue: has(BLUE) ? planeOf(BLUE) : null,
    red: has(RED) ? planeOf(RED) : null,
    alpha: has(ALPHA) ? planeOf(ALPHA) : null,
    premultiplied: heif._heif_image_handle_is_premultiplied_alpha(handle) !== 0,
    matrix: coded?.matrix ?? 6,
    full: coded?.full ?? true,
    colours: (written ?? coded)?.colours ?? null,
    icc: profile,
  };
}

/** HEVC, which sharp can't decode, as an upright PNG: the middle square or all, at least twice as long as `side`. */
export function heicAsPng(
  bytes: Uint8Array,
  cut: Shape['cut'],
  side: number,
): Buffer | { fault: PictureFault } {
  return withMemory(rules.maxHeicMemory, (isFull) => {
    try {
      const planes = decodeHeic(bytes, rules.maxPixels);
      const { width, height, icc } = planes;
      return plainPng(toRgb(planes, windowOf(width, height, cut, side)), icc);
    } catch (err) {
      if (isFull()) return { fault: 'too-heavy' };
      return { fault: err instanceof HeicFault ? err.fault : 'broken' };
    }
  });
}

/** For AVIF: sharp decodes it, but ignores its colour numbers. Null: none. */
export function coloursOfHeif(bytes: Uint8Array): Colours | null {
  return withMemory(rules.maxHeicMemory, () => {
    try {
      const { heif, handle, error, out, told } = openHeif(bytes, rules.maxPixels);
      heif._heif_image_handle_get_nclx_color_profile(error, handle, out);
      return told()?.colours ?? null;
    } catch {
      return null;
    }
  });
}
