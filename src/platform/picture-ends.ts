import { cameraTail, endOfJpeg } from './picture-jpeg.ts';
import { endOfBoxes } from './picture-boxes.ts';
import type { PictureFault } from './picture-faults.ts';
import type { PictureKind } from './picture-kind.ts';

/** Where a picture ends by its own account, and whether it moves; null when its structure breaks off. */
type Extent = { end: number; moves: boolean } | null;

const word = (text: string): number => Buffer.from(text, 'latin1').readUInt32BE(0);
const [IDAT, IEND, acTL, ANIM, ANMF, moov] = ['IDAT', 'IEND', 'acTL', 'ANIM', 'ANMF', 'moov'].map(word);

/**
 * Pieces that are no pixels. Pictures have some twenty; a decoder may do much for each, and a file of 10 MB has room for
 * 870,000 empty ones.
 */
const MOST_PIECES = 1_000;

/** PNG, third edition: a signature of 8 bytes, then chunks of length, type, data and checksum up to IEND. */
const png = (bytes: Buffer): Extent => {
  let [moves, pieces] = [false, 0];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const type = bytes.readUInt32BE(at + 4);
    at += 12 + bytes.readUInt32BE(at);
    if (at > bytes.length) return null;
    if (type === acTL) moves = true;
    if (type !== IDAT && ++pieces > MOST_PIECES) return null;
    if (type === IEND) return { end: at, moves };
  }
  return null;
};

/** RFC 9649: RIFF says its length at the beginning; chunks are padded to even lengths. */
const webp = (bytes: Buffer): Extent => {
  const end = 8 + bytes.readUInt32LE(4);
  if (end > bytes.length) return null;
  let [at, moves, pieces] = [12, false, 0];
  while (at + 8 <= end) {
    const type = bytes.readUInt32BE(at);
    if (type === ANIM || type === ANMF) moves = true;
    else if (++pieces > MOST_PIECES) return null;
    const length = bytes.readUInt32LE(at + 4);
    at += 8 + length + (length & 1);
  }
  return at === end ? { end, moves } : null;
};

/** ISO/IEC 14496-12: boxes one after the other; a `moov` among them holds a sequence. */
const isoFile = (bytes: Buffer): Extent => {
  let moves = false;
  const end = endOfBoxes(bytes, 0, (type) => {
    if (type === moov) moves = true;
  });
  return end === null ? null : { end, moves };
};

const jpeg = (bytes: Buffer): Extent => {
  const end = endOfJpeg(bytes, 0, bytes.length);
  if (end === null) return null;
  return { end: cameraTail(bytes, end) ? bytes.length : end, moves: false };
};

const extentOf: Record<PictureKind, (bytes: Buffer) => Extent> = {
  jpeg,
  png,
  webp,
  avif: isoFile,
  heic: isoFile,
};

/**
 * Walks a picture's own structure, without decoding it: is it there to its end, is that the end of the file, and does
 * it stand still? So an animation of 5,000 frames or a ZIP behind a picture costs a walk over its bytes.
 */
export const faultOfExtent = (bytes: Buffer, kind: PictureKind): PictureFault | null => {
  const extent = extentOf[kind](bytes);
  if (!extent) return 'broken';
  if (extent.moves) return 'animated';
  return extent.end === bytes.length ? null : 'attached';
};
