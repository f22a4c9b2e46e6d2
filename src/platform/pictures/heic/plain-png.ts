import { crc32, deflateSync } from 'node:zlib';
import type { Rgb } from './heic-pixels.ts';

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** Hardly compressed: it only goes from one decoder to the next. */
export function plainPng({ width, height, channels, data }: Rgb, icc: Uint8Array | null): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  // 8 bits a sample; type 6 is RGBA, 2 RGB.
  header.set([8, channels === 4 ? 6 : 2], 8);
  const length = width * channels;
  const rows = Buffer.alloc((length + 1) * height);
  for (let row = 0; row < height; row++)
    data.copy(rows, row * (length + 1) + 1, row * length, (row + 1) * length);
  const profile = icc
    ? [chunk('iCCP', Buffer.concat([Buffer.from('icc\0\0', 'latin1'), deflateSync(icc)]))]
    : [];
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...profile,
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
