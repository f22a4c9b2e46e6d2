import type { ToSrgb } from './picture-colours.ts';
import { HEADROOM } from './picture-rules.ts';

export interface Bitmap {
  data: Buffer;
  info: { width: number; height: number; channels: 1 | 2 | 3 | 4 };
}

export function squareOf({ data, info }: Bitmap): Bitmap {
  const { width, height, channels } = info;
  const [row, top] = [width * channels, Math.floor((height - width) * HEADROOM)];
  return { data: data.subarray(top * row, (top + width) * row), info: { width, height: width, channels } };
}

/** `deep`: 16 bits a sample. */
export function recoloured({ data, info }: Bitmap, deep: boolean, toSrgb: ToSrgb): Bitmap {
  const samples = deep ? new Uint16Array(data.buffer, data.byteOffset, data.length >> 1) : data;
  const most = deep ? 65_535 : 255;
  const { channels } = info;
  const colours = channels < 3 ? 1 : 3;
  const out = Buffer.alloc(samples.length);
  const rgb = new Float32Array(3);
  for (let at = 0; at < samples.length; at += channels) {
    for (let c = 0; c < 3; c++) rgb[c] = samples[at + (c % colours)]! / most;
    toSrgb(rgb);
    for (let c = 0; c < channels; c++)
      out[at + c] = Math.round((c < colours ? rgb[c]! : samples[at + c]! / most) * 255);
  }
  return { data: out, info };
}

/** Cut-out areas may still hold the original's colours. */
export function withoutHidden({ data, info }: Bitmap): Bitmap {
  const { channels } = info;
  if (channels % 2 === 0)
    for (let at = 0; at < data.length; at += channels)
      if (data[at + channels - 1] === 0) data.fill(0, at, at + channels);
  return { data, info };
}
