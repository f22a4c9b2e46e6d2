import { type Colours, toSrgbFrom } from '../picture-colours.ts';
import type { PictureFault } from '../picture-faults.ts';
import { type Plane, readerOf, readRow, sizeOf, type Window } from './heic-rows.ts';

export interface Planes {
  width: number;
  height: number;
  luma: Plane;
  blue: Plane | null; // null: grey
  red: Plane | null;
  alpha: Plane | null; // null: opaque
  premultiplied: boolean;
  matrix: number; // ITU-T H.273; `full`: samples use all their values
  full: boolean;
  colours: Colours | null; // an ICC profile takes precedence
  icc: Uint8Array | null;
}

export class HeicFault extends Error {
  readonly fault: PictureFault;
  constructor(fault: PictureFault) {
    super(fault);
    this.fault = fault;
  }
}

/** Of red and blue, by matrix: BT.709, BT.2020, otherwise BT.601 (H.273, table 4). */
const weights: Record<number, readonly [red: number, blue: number]> = {
  1: [0.2126, 0.0722],
  9: [0.2627, 0.0593],
};
const older = [0.299, 0.114] as const;

function decoderOf({ matrix, full }: Pick<Planes, 'matrix' | 'full'>) {
  const [kr, kb] = weights[matrix] ?? older;
  const kg = 1 - kr - kb;
  // The limited range: 16 to 235 for luma, 16 to 240 for chroma.
  const [black, gain, reach] = full ? [0, 1, 1] : [16, 255 / 219, 255 / 224];
  return (y: number, cb: number, cr: number, rgb: Float32Array): void => {
    const light = (y - black) * gain;
    const [u, v] = [(cb - 128) * reach, (cr - 128) * reach];
    const [r, b] = [light + 2 * (1 - kr) * v, light + 2 * (1 - kb) * u];
    // Matrix 0 (H.273): the planes are green, blue and red themselves.
    if (matrix === 0) rgb.set([cr, y, cb]);
    else rgb.set([r, (light - kr * r - kb * b) / kg, b]);
  };
}

export interface Rgb {
  width: number;
  height: number;
  channels: 3 | 4;
  data: Buffer;
}

/** In sRGB; with an ICC profile, in the profile's colours. */
export function toRgb(planes: Planes, window: Window): Rgb {
  const [width, height] = sizeOf(window);
  const readers = [planes.luma, planes.blue, planes.red].map((plane) => plane && readerOf(plane, planes));
  const alpha = planes.alpha && readerOf(planes.alpha, planes);
  const weight = planes.premultiplied ? null : alpha;
  const [y, cb, cr, seen] = [0, 128, 128, 255].map((value) => new Float32Array(width).fill(value)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const channels = alpha ? 4 : 3;
  const data = Buffer.alloc(width * height * channels);
  const decode = decoderOf(planes);
  const toSrgb = planes.icc || !planes.colours ? null : toSrgbFrom(planes.colours);
  const rgb = new Float32Array(3);
  const byte = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));

  for (let row = 0; row < height; row++) {
    for (const [n, out] of [y, cb, cr].entries()) {
      const reader = readers[n];
      if (reader) readRow(row, window, reader, weight, out);
    }
    if (alpha) readRow(row, window, alpha, null, seen);
    for (let column = 0; column < width; column++) {
      const at = (row * width + column) * channels;
      const opaque = byte(seen[column]!);
      if (alpha) data[at + 3] = opaque;
      if (opaque === 0) continue;
      decode(y[column]!, cb[column]!, cr[column]!, rgb);
      if (planes.premultiplied && alpha) for (let c = 0; c < 3; c++) rgb[c]! *= 255 / seen[column]!;
      if (toSrgb) {
        for (let c = 0; c < 3; c++) rgb[c]! /= 255;
        toSrgb(rgb);
        for (let c = 0; c < 3; c++) rgb[c]! *= 255;
      }
      for (let c = 0; c < 3; c++) data[at + c] = byte(rgb[c]!);
    }
  }
  return { width, height, channels, data };
}
