import type { PictureFault } from './picture-faults.ts';
import type { Shape } from './picture-rules.ts';

/** Samples of one channel; beyond 8 bits each takes two bytes, the lower first. */
export interface Plane {
  width: number;
  height: number;
  /** Bytes from one row to the next. */
  stride: number;
  bits: number;
  data: Uint8Array;
}

/** A decoded picture as its codec keeps it: brightness, and two differences of colour, often in fewer samples. */
export interface Planes {
  width: number;
  height: number;
  luma: Plane;
  blue: Plane;
  red: Plane;
  /** ITU-T H.273: how colours were made into these planes, and whether they use all values. */
  matrix: number;
  full: boolean;
  icc: Uint8Array | null;
}

export class HeicFault extends Error {
  readonly fault: PictureFault;
  constructor(fault: PictureFault) {
    super(fault);
    this.fault = fault;
  }
}

/** Where a piece of the picture lies, and how many pixels become one, each way. */
export interface Window {
  left: number;
  top: number;
  width: number;
  height: number;
  shrink: number;
}

/**
 * As little of the picture as its largest variant needs: the middle square for one that is cut, and as many pixels as
 * leave twice the side, so that the last step is left to a better scaler than a mean.
 */
export const windowOf = (width: number, height: number, cut: Shape['cut'], side: number): Window => {
  const [w, h] = cut === 'square' ? [Math.min(width, height), Math.min(width, height)] : [width, height];
  const shrink = Math.max(1, Math.floor(Math.max(w, h) / (side * 2)));
  return { left: (width - w) >> 1, top: (height - h) >> 1, width: w, height: h, shrink };
};

/** The mean of the samples under each pixel of the window, 0 to 255. */
const sampled = (plane: Plane, whole: { width: number; height: number }, window: Window): Float32Array => {
  const { shrink } = window;
  const [columns, rows] = sizeOf(window);
  const samples = plane.bits > 8 ? new Uint16Array(plane.data.slice().buffer) : plane.data;
  const stride = plane.bits > 8 ? plane.stride >> 1 : plane.stride;
  const scale = 255 / (2 ** plane.bits - 1);
  const [across, down] = [plane.width / whole.width, plane.height / whole.height];
  const out = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const y = Math.floor((window.top + row * shrink) * down);
    const yEnd = Math.max(y + 1, Math.floor((window.top + (row + 1) * shrink) * down));
    for (let column = 0; column < columns; column++) {
      const x = Math.floor((window.left + column * shrink) * across);
      const xEnd = Math.max(x + 1, Math.floor((window.left + (column + 1) * shrink) * across));
      let sum = 0;
      for (let v = y; v < yEnd; v++) for (let u = x; u < xEnd; u++) sum += samples[v * stride + u]!;
      out[row * columns + column] = (sum * scale) / ((yEnd - y) * (xEnd - x));
    }
  }
  return out;
};

const sizeOf = ({ width, height, shrink }: Window): [columns: number, rows: number] => [
  Math.max(1, Math.floor(width / shrink)),
  Math.max(1, Math.floor(height / shrink)),
];

/** The weights of red and blue in brightness: BT.709, BT.2020, and BT.601 for all the rest (H.273, table 4). */
const weights: Record<number, readonly [red: number, blue: number]> = {
  1: [0.2126, 0.0722],
  9: [0.2627, 0.0593],
};
const older = [0.299, 0.114] as const;

export interface Rgb {
  width: number;
  height: number;
  /** Three bytes a pixel. */
  data: Buffer;
}

/** The window of the picture in red, green and blue. */
export const toRgb = (planes: Planes, window: Window): Rgb => {
  const { luma, blue, red, matrix, full } = planes;
  const [y, cb, cr] = [luma, blue, red].map((plane) => sampled(plane, planes, window)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const [width, height] = sizeOf(window);
  const data = Buffer.alloc(width * height * 3);
  const [kr, kb] = weights[matrix] ?? older;
  const kg = 1 - kr - kb;
  // The narrow range keeps 16 to 235 for brightness and 16 to 240 for colours.
  const [black, gain, reach] = full ? [0, 1, 1] : [16, 255 / 219, 255 / 224];
  const byte = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));
  for (let i = 0; i < y.length; i++) {
    const light = (y[i]! - black) * gain;
    const u = (cb[i]! - 128) * reach;
    const v = (cr[i]! - 128) * reach;
    const [r, b] = [light + 2 * (1 - kr) * v, light + 2 * (1 - kb) * u];
    // Matrix 0 (H.273): the planes are green, blue and red themselves.
    const rgb = matrix === 0 ? [cr[i]!, y[i]!, cb[i]!] : [r, (light - kr * r - kb * b) / kg, b];
    data[i * 3] = byte(rgb[0]!);
    data[i * 3 + 1] = byte(rgb[1]!);
    data[i * 3 + 2] = byte(rgb[2]!);
  }
  return { width, height, data };
};
