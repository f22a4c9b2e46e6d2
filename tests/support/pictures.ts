import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

export type Rgb = readonly [number, number, number];

/** Four quarters of four colours: upside down, mirrored or turned, each shows. */
export const corners: readonly Rgb[] = [
  [210, 40, 40],
  [40, 180, 60],
  [40, 60, 210],
  [230, 200, 50],
];

/** Pixels of a picture with `corners` top left, top right, bottom left, bottom right. */
export function quarters(width: number, height: number): Buffer {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      data.set(corners[(y * 2 >= height ? 2 : 0) + (x * 2 >= width ? 1 : 0)]!, (y * width + x) * 3);
  return data;
}

export function fromPixels(data: Buffer, width: number, height: number): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

export function drawn(width = 120, height = 80): Sharp {
  return fromPixels(quarters(width, height), width, height);
}

export function jpegOf(width?: number, height?: number): Promise<Buffer> {
  return drawn(width, height).jpeg().toBuffer();
}

function bytes32(n: number): Buffer {
  const word = Buffer.alloc(4);
  word.writeUInt32BE(n);
  return word;
}

export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([bytes32(data.length), body, bytes32(crc32(body))]);
}

const pngSignature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** A black PNG of one bit a pixel: 30,000 × 30,000 of them are some 110 KB. */
export function blackPng(width: number, height: number): Buffer {
  const header = Buffer.concat([bytes32(width), bytes32(height), Buffer.from([1, 0, 0, 0, 0])]);
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height), { level: 9 });
  return Buffer.concat([
    pngSignature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', rows),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The same PNG with more chunks after its header. */
export function withPngChunks(png: Buffer, ...chunks: Buffer[]): Buffer {
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);
}

function riffChunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length & 1)]);
}

export function riff(...chunks: Buffer[]): Buffer {
  return riffChunk('RIFF', Buffer.concat([Buffer.from('WEBP'), ...chunks]));
}

/** A WebP that shows the same 16 × 16 pixels over and over. */
export async function movingWebp(frames: number): Promise<Buffer> {
  const still = await drawn(16, 16).webp().toBuffer();
  const size = Buffer.from([15, 0, 0, 15, 0, 0]);
  const frame = riffChunk(
    'ANMF',
    Buffer.concat([Buffer.alloc(6), size, Buffer.from([40, 0, 0, 0]), still.subarray(12)]),
  );
  return riff(
    riffChunk('VP8X', Buffer.concat([Buffer.from([2, 0, 0, 0]), size])),
    riffChunk('ANIM', Buffer.alloc(6)),
    ...Array.from({ length: frames }, () => frame),
  );
}

/** A JPEG with one more segment behind its start: 0xe1 is APP1, 0xfe a comment. */
export function withSegment(jpeg: Buffer, marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)]);
}

/** What Samsung's cameras write behind a picture: one block, its directory, "SEFT". */
export function samsungTrailer(count = 1): Buffer {
  const block = Buffer.from('\0\0\x01\x0a\x0e\0\0\0Image_UTC_Data1718445600000', 'latin1');
  const directory = Buffer.alloc(12 + 12 * count);
  directory.write('SEFH', 'latin1');
  directory.writeUInt32LE(101, 4);
  directory.writeUInt32LE(count, 8);
  directory.writeUInt32LE(block.length, 16);
  directory.writeUInt32LE(block.length, 20);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(directory.length);
  return Buffer.concat([block, directory, length, Buffer.from('SEFT')]);
}

function boxOf(type: string, data: Buffer): Buffer {
  return Buffer.concat([bytes32(data.length + 8), Buffer.from(type, 'latin1'), data]);
}
const brand = boxOf('ftyp', Buffer.from('mp42\0\0\0\0', 'latin1'));

/** The clip of a motion photo, as far as its boxes go. */
export function clip(): Buffer {
  return Buffer.concat([brand, boxOf('mdat', Buffer.alloc(16, 7)), boxOf('moov', Buffer.alloc(0))]);
}

/** What calls itself a clip and plays nothing. */
export function falseClip(data: Buffer): Buffer {
  return Buffer.concat([brand, boxOf('mdat', data)]);
}

/** A JPEG of so many bytes, filled up with comments, each of `size` bytes at most. */
export function withComments(jpeg: Buffer, length: number, size = 65_000): Buffer {
  const parts: Buffer[] = [];
  for (let left = length - jpeg.length; left > 0; ) {
    // The last two share what is left: a comment has four bytes at least.
    const data = Math.min(size, left > size + 8 ? size : left - 4);
    parts.push(Buffer.from([0xff, 0xfe, (data + 2) >> 8, (data + 2) & 255]), Buffer.alloc(data, 65));
    left -= data + 4;
  }
  return Buffer.concat([jpeg.subarray(0, 2), ...parts, jpeg.subarray(2)]);
}

export const html = Buffer.from('<!doctype html><script>alert(document.domain)</script>');

/** A ZIP with one file, "a", that is empty. */
export function zip(): Buffer {
  const local = Buffer.alloc(31);
  local.writeUInt32LE(0x04034b50);
  local.writeUInt16LE(1, 26);
  local.write('a', 30);
  const central = Buffer.alloc(47);
  central.writeUInt32LE(0x02014b50);
  central.writeUInt16LE(1, 28);
  central.write('a', 46);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

/** An AVIF under HEIC's names: nobody can read it. */
export async function renamedAvif(brand: 'heic' | 'mif1'): Promise<Buffer> {
  const text = (await drawn().avif().toBuffer()).toString('latin1');
  const renamed = Buffer.from(text.replaceAll('av01', 'hvc1').replaceAll('avif', 'heic'), 'latin1');
  renamed.write(brand, 8, 'latin1');
  return renamed;
}
