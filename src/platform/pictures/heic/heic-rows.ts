import type { Shape } from '../picture-rules.ts';

/** Above 8 bits a sample takes two bytes, little endian. */
export interface Plane {
  width: number;
  height: number;
  stride: number; // in bytes
  bits: number;
  data: Uint8Array;
}

/** `shrink`: so many pixels become one, each way. */
export interface Window {
  left: number;
  top: number;
  width: number;
  height: number;
  shrink: number;
}

/** Leaves twice the side, so that the last step is done by a better scaler than a mean. */
export function windowOf(width: number, height: number, cut: Shape['cut'], side: number): Window {
  const [w, h] = cut === 'square' ? [Math.min(width, height), Math.min(width, height)] : [width, height];
  const shrink = Math.max(1, Math.floor(Math.max(w, h) / (side * 2)));
  return { left: (width - w) >> 1, top: (height - h) >> 1, width: w, height: h, shrink };
}

export function sizeOf({ width, height, shrink }: Window): [columns: number, rows: number] {
  return [Math.max(1, Math.floor(width / shrink)), Math.max(1, Math.floor(height / shrink))];
}

export interface Reader {
  samples: Uint8Array | Uint16Array;
  stride: number; // in samples
  scale: number;
  width: number;
  height: number;
  across: number; // samples per pixel of the picture
  down: number;
}

export function readerOf(plane: Plane, whole: { width: number; height: number }): Reader {
  const { data } = plane;
  const deep = plane.bits > 8;
  return {
    samples: deep ? new Uint16Array(data.buffer, data.byteOffset, data.length >> 1) : data,
    stride: deep ? plane.stride >> 1 : plane.stride,
    scale: 255 / (2 ** plane.bits - 1),
    width: plane.width,
    height: plane.height,
    across: plane.width / whole.width,
    down: plane.height / whole.height,
  };
}

/** Means of the samples under each pixel, 0 to 255; by `alpha`, so that hidden colours don't bleed into edges. */
export function readRow(
  row: number,
  window: Window,
  reader: Reader,
  alpha: Reader | null,
  out: Float32Array,
): void {
  const { samples, stride, scale, across, down } = reader;
  const { left, top, shrink } = window;
  if (shrink === 1 && across * down < 1) return readRowBetween(row, window, reader, out);
  const y = Math.floor((top + row * shrink) * down);
  const yEnd = Math.max(y + 1, Math.floor((top + (row + 1) * shrink) * down));
  for (let column = 0; column < out.length; column++) {
    const x = Math.floor((left + column * shrink) * across);
    const xEnd = Math.max(x + 1, Math.floor((left + (column + 1) * shrink) * across));
    let [sum, weights] = [0, 0];
    if (alpha)
      for (let v = y; v < yEnd; v++)
        for (let u = x; u < xEnd; u++) {
          const weight = sampleAt(alpha, (u + 0.5) / across, (v + 0.5) / down);
          sum += samples[v * stride + u]! * weight;
          weights += weight;
        }
    if (weights === 0) {
      for (let v = y; v < yEnd; v++) for (let u = x; u < xEnd; u++) sum += samples[v * stride + u]!;
      weights = (yEnd - y) * (xEnd - x);
    }
    out[column] = (sum * scale) / weights;
  }
}

/** For fewer samples than pixels: bilinear. */
function readRowBetween(row: number, { left, top }: Window, reader: Reader, out: Float32Array): void {
  const { samples, stride, scale, across, down, width, height } = reader;
  const y = Math.max(0, (top + row + 0.5) * down - 0.5);
  const above = Math.min(Math.floor(y), height - 1);
  const below = Math.min(above + 1, height - 1);
  const [a, b, low] = [above * stride, below * stride, y - above];
  for (let column = 0; column < out.length; column++) {
    const x = Math.max(0, (left + column + 0.5) * across - 0.5);
    const u = Math.min(Math.floor(x), width - 1);
    const v = Math.min(u + 1, width - 1);
    const part = x - u;
    const upper = samples[a + u]! * (1 - part) + samples[a + v]! * part;
    const lower = samples[b + u]! * (1 - part) + samples[b + v]! * part;
    out[column] = (upper * (1 - low) + lower * low) * scale;
  }
}

function sampleAt({ samples, stride, across, down }: Reader, x: number, y: number): number {
  return samples[Math.floor(y * down) * stride + Math.floor(x * across)]!;
}
