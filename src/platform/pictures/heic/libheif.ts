import { createRequire } from 'node:module';
import type { Colours } from '../picture-colours.ts';
import { HeicFault } from './heic-pixels.ts';

export interface Libheif {
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
  _heif_image_handle_get_nclx_color_profile(error: number, handle: number, profileAt: number): void;
  _heif_image_get_plane_readonly(image: number, channel: number, strideAt: number): number;
  _heif_image_get_width(image: number, channel: number): number;
  _heif_image_get_height(image: number, channel: number): number;
  _heif_image_get_bits_per_pixel_range(image: number, channel: number): number;
  _heif_image_has_channel(image: number, channel: number): number;
  _heif_image_handle_is_premultiplied_alpha(handle: number): number;
}

/** ECMAScript's own library doesn't describe it. */
interface Memory {
  buffer: ArrayBuffer;
  grow: (this: Memory, pages: number) => number;
}
declare const WebAssembly: { Memory: { prototype: Memory } };

/** Bounds WebAssembly's memory to `most` bytes while it works: `grow` throws beyond, and libheif gives up. */
export const withMemory = <T>(most: number, work: (isFull: () => boolean) => T): T => {
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

function open(): Libheif {
  return (
    createRequire(import.meta.url)('libheif-js/libheif-wasm/libheif.js') as (options: object) => Libheif
  )({
    print: () => {},
    printErr: () => {},
  });
}

export interface Told {
  colours: Colours;
  matrix: number;
  full: boolean;
}

export interface OpenHeif {
  heif: Libheif;
  handle: number;
  error: number;
  out: number;
  answer: () => number; // of the last call. Throws HeicFault.
  told: () => Told | null;
}

/** In WebAssembly, which a crafted file can't leave. Nothing is freed: the whole memory goes. Throws HeicFault. */
export function openHeif(file: Uint8Array, maxPixels: number): OpenHeif {
  const heif = open();
  const error = heif._malloc(16);
  const out = heif._malloc(8);
  const failed = (): boolean => heif.HEAP32[error >> 2] !== 0;
  const answer = (): number => {
    if (failed()) throw new HeicFault('broken');
    return heif.HEAPU32[out >> 2]!;
  };

  const at = heif._malloc(file.length);
  heif.HEAPU8.set(file, at);
  const context = heif._heif_context_alloc();
  // Field two of heif_security_limits, 64 bits: the maximum of pixels.
  const limits = heif._heif_context_get_security_limits(context);
  heif.HEAPU32.set([maxPixels, 0], (limits + 8) >> 2);
  heif._heif_context_read_from_memory_without_copy(error, context, at, file.length, 0);
  answer();
  heif._heif_context_get_primary_image_handle(error, context, out);
  const handle = answer();
  const told = (): Told | null => {
    if (failed()) return null;
    const profile = heif.HEAPU32[out >> 2]!;
    // After its version: primaries, transfer, matrix, range; four bytes each but the last.
    const [primaries = 1, transfer = 13, matrix = 6] = heif.HEAP32.subarray((profile + 4) >> 2);
    return { colours: { primaries, transfer }, matrix, full: heif.HEAPU8[profile + 16] !== 0 };
  };
  return { heif, handle, error, out, answer, told };
}
