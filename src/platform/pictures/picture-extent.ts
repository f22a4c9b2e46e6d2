import { fourCC } from './four-cc.ts';
import type { PictureFault } from './picture-faults.ts';
import { extentOfHeif } from './picture-heif.ts';
import { endOfCameraTail, extentOfJpeg } from './picture-jpeg.ts';
import type { PictureFormat } from './picture-format.ts';
import { isHarmlessTail } from './picture-tail.ts';

/** Where the picture ends in its file, and what its headers say. */
interface Extent {
  end: number;
  animated: boolean;
  pixels: number;
}

const [IHDR, IDAT, IEND, acTL] = ['IHDR', 'IDAT', 'IEND', 'acTL'].map(fourCC);
const [VP8X, VP8, VP8L, ANIM, ANMF] = ['VP8X', 'VP8 ', 'VP8L', 'ANIM', 'ANMF'].map(fourCC);

const MOST_CHUNKS = 1_000; // a picture has about twenty; a file of 10 MB has room for 870,000 empty ones

/** PNG, third edition: 8 bytes of signature, then chunks of length, type, data and checksum. */
function png(bytes: Buffer): Extent | null {
  let [animated, chunks, pixels] = [false, 0, 0];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const [begin, type] = [at + 8, bytes.readUInt32BE(at + 4)];
    at += 12 + bytes.readUInt32BE(at);
    if (at > bytes.length) return null;
    if (type === acTL) animated = true;
    if (type === IHDR && at >= begin + 12) pixels = bytes.readUInt32BE(begin) * bytes.readUInt32BE(begin + 4);
    if (type !== IDAT && ++chunks > MOST_CHUNKS) return null;
    if (type === IEND) return { end: at, animated, pixels };
  }
  return null;
}

/** RFC 9649, 2.5 to 2.7. */
function pixelsOfWebp(bytes: Buffer, type: number, at: number): number {
  if (at + 10 > bytes.length) return 0;
  if (type === VP8X) return (bytes.readUIntLE(at + 4, 3) + 1) * (bytes.readUIntLE(at + 7, 3) + 1);
  if (type === VP8) return (bytes.readUInt16LE(at + 6) & 0x3fff) * (bytes.readUInt16LE(at + 8) & 0x3fff);
  if (type !== VP8L) return 0;
  const bits = bytes.readUInt32LE(at + 1);
  return ((bits & 0x3fff) + 1) * (((bits >> 14) & 0x3fff) + 1);
}

/** RFC 9649: RIFF begins with its length; chunks are padded to even lengths. */
function webp(bytes: Buffer): Extent | null {
  const end = 8 + bytes.readUInt32LE(4);
  if (end > bytes.length) return null;
  let [at, animated, chunks, pixels] = [12, false, 0, 0];
  while (at + 8 <= end) {
    const type = bytes.readUInt32BE(at);
    if (type === ANIM || type === ANMF) animated = true;
    else if (++chunks > MOST_CHUNKS) return null;
    pixels = Math.max(pixels, pixelsOfWebp(bytes, type, at + 8));
    const length = bytes.readUInt32LE(at + 4);
    at += 8 + length + (length & 1);
  }
  return at === end ? { end, animated, pixels } : null;
}

function jpeg(bytes: Buffer): Extent | null {
  const extent = extentOfJpeg(bytes);
  return extent && { ...extent, animated: false };
}

const extentOf: Record<PictureFormat, (bytes: Buffer) => Extent | null> = {
  jpeg,
  png,
  webp,
  heif: extentOfHeif,
};

/** Walks the structure without decoding: 5,000 frames or an attached ZIP cost little. Gives only the picture. */
export async function pictureIn(
  bytes: Buffer,
  format: PictureFormat,
): Promise<{ picture: Buffer; pixels: number } | { fault: PictureFault }> {
  const extent = extentOf[format](bytes);
  if (!extent) return { fault: 'broken' };
  const { end, animated, pixels } = extent;
  if (animated) return { fault: 'animated' };
  if (!(await isHarmlessTail(bytes, format === 'jpeg' ? endOfCameraTail(bytes, end) : end)))
    return { fault: 'attached' };
  if (pixels === 0) return { fault: 'broken' };
  return { picture: bytes.subarray(0, end), pixels };
}
