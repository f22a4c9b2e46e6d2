import { createRequire } from 'node:module';
import { HeicFault, type Planes, type Plane, toRgb, windowOf } from './heic-pixels.ts';
import type { PictureFault } from './picture-faults.ts';
import { pictureRules as rules, type Shape } from './picture-rules.ts';
import { plainPng } from './plain-png.ts';

/** What is used of libheif's C interface, as its WebAssembly build exports it: addresses and sizes are numbers. */
interface Libheif {
  HEAPU8: Uint8Array;
  HEAP32: Int32Array;
  HEAPU32: Uint32Array;
  _malloc(size: number): number;
  _heif_context_alloc(): number;
  _heif_context_get_security_limits(context: number): number;
  _heif_context_read_from_memory_without_copy(
    error: number,
    context: number,
    at: number,
    size: number,
    options: 0,
  ): void;
  _heif_context_get_primary_image_handle(error: number, context: number, handleAt: number): void;
  _heif_image_handle_get_width(handle: number): number;
  _heif_image_handle_get_height(handle: number): number;
  _heif_image_handle_get_raw_color_profile_size(handle: number): number;
  _heif_image_handle_get_raw_color_profile(error: number, handle: number, at: number): void;
  _heif_decode_image(
    error: number,
    handle: number,
    imageAt: number,
    colours: number,
    chroma: number,
    options: 0,
  ): void;
  _heif_image_get_nclx_color_profile(error: number, image: number, profileAt: number): void;
  _heif_image_get_plane_readonly(image: number, channel: number, strideAt: number): number;
  _heif_image_get_width(image: number, channel: number): number;
  _heif_image_get_height(image: number, channel: number): number;
  _heif_image_get_bits_per_pixel_range(image: number, channel: number): number;
}

/** From libheif's heif.h: colour space YCbCr, and chroma in a quarter or all of the samples. */
const [YCbCr, quartered, whole] = [0, 1, 3];
/** A profile of a printer can have a megabyte; those of cameras have some hundred bytes. */
const longestProfile = 1024 * 1024;

/** WebAssembly's memory, as far as it is meant here: ECMAScript's own library does not describe it. */
interface Memory {
  buffer: ArrayBuffer;
  grow: (this: Memory, pages: number) => number;
}
declare const WebAssembly: { Memory: { prototype: Memory } };

/**
 * Does work during which nothing in WebAssembly gets more than `most` bytes: it asks this prototype, and libheif gives up
 * when there is no more.
 */
const withMemory = <T>(most: number, work: (isFull: () => boolean) => T): T => {
  const { prototype } = WebAssembly.Memory;
  const { grow } = prototype;
  let reached = false;
  prototype.grow = function (this: Memory, pages) {
    reached ||= this.buffer.byteLength + pages * 65_536 > most;
    if (reached) throw new RangeError('enough');
    return grow.call(this, pages);
  };
  try {
    return work(() => reached);
  } finally {
    prototype.grow = grow;
  }
};

const open = (): Libheif =>
  (createRequire(import.meta.url)('libheif-js/libheif-wasm/libheif.js') as (options: object) => Libheif)({
    print: () => {},
    printErr: () => {},
  });

/**
 * Decodes the primary picture of a HEIF file, upright, with libheif in WebAssembly: what is crafted to break out of the
 * decoder stays in there. Throws HeicFault. Nothing is freed: the whole of its memory goes with the last word of it.
 */
const decodeHeic = (file: Uint8Array, maxPixels: number): Planes => {
  const heif = open();
  const error = heif._malloc(16);
  const out = heif._malloc(8);
  const said = (): void => {
    if (heif.HEAP32[error >> 2] !== 0) throw new HeicFault('broken');
  };
  const answer = (): number => {
    said();
    return heif.HEAPU32[out >> 2]!;
  };

  const at = heif._malloc(file.length);
  heif.HEAPU8.set(file, at);
  const context = heif._heif_context_alloc();
  // Field two of heif_security_limits, 64 bits: the tiles' and the whole picture's most pixels.
  const limits = heif._heif_context_get_security_limits(context);
  heif.HEAPU32.set([maxPixels, 0], (limits + 8) >> 2);
  heif._heif_context_read_from_memory_without_copy(error, context, at, file.length, 0);
  said();
  heif._heif_context_get_primary_image_handle(error, context, out);
  const handle = answer();
  const width = heif._heif_image_handle_get_width(handle);
  const height = heif._heif_image_handle_get_height(handle);
  if (width * height > maxPixels) throw new HeicFault('too-many-pixels');

  // Small pictures are not made smaller, so their colours are wanted at every pixel.
  const chroma = width * height > 4_000_000 ? quartered : whole;
  heif._heif_decode_image(error, handle, out, YCbCr, chroma, 0);
  const image = answer();

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
  const colours = (): { matrix: number; full: boolean } => {
    heif._heif_image_get_nclx_color_profile(error, image, out);
    if (heif.HEAP32[error >> 2] !== 0) return { matrix: 6, full: true };
    const profile = heif.HEAPU32[out >> 2]!;
    // Version, primaries, curve, matrix, range: four bytes each but for the last.
    return { matrix: heif.HEAP32[(profile + 12) >> 2]!, full: heif.HEAPU8[profile + 16] !== 0 };
  };
  const icc = (): Uint8Array | null => {
    const size = heif._heif_image_handle_get_raw_color_profile_size(handle);
    if (size === 0 || size > longestProfile) return null;
    const start = heif._malloc(size);
    heif._heif_image_handle_get_raw_color_profile(error, handle, start);
    return heif.HEAP32[error >> 2] === 0 ? heif.HEAPU8.slice(start, start + size) : null;
  };
  const profile = icc();
  const range = colours();
  return { width, height, luma: planeOf(0), blue: planeOf(1), red: planeOf(2), icc: profile, ...range };
};

/**
 * HEVC in HEIF, which sharp's own libraries cannot decode, as a PNG that shows the same, upright, at least as large as
 * the largest variant needs.
 */
export const heicAsPng = (bytes: Uint8Array, { cut, sides }: Shape): Buffer | { fault: PictureFault } =>
  withMemory(rules.maxHeicMemory, (isFull) => {
    try {
      const planes = decodeHeic(bytes, rules.maxPixels);
      const { width, height, icc } = planes;
      return plainPng(toRgb(planes, windowOf(width, height, cut, sides[0])), icc);
    } catch (err) {
      if (isFull()) return { fault: 'too-heavy' };
      return { fault: err instanceof HeicFault ? err.fault : 'broken' };
    }
  });
