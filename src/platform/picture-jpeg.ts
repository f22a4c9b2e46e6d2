import { endOfBoxes } from './picture-boxes.ts';

const SOI = 0xd8;
const EOI = 0xd9;

/** A byte that stands alone after 0xff: a stuffed zero, TEM, or one of the eight restart markers. */
const standsAlone = (marker: number): boolean =>
  marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd7);

/** A picture has some twenty, one with a large colour profile or many scans some hundred. */
const MOST_SEGMENTS = 1_000;
/** What Samsung's cameras write has less than twenty. */
const MOST_BLOCKS = 1_000;
/** Zeros that a camera leaves between two things, in bytes. */
const MOST_PADDING = 64 * 1024;

/**
 * The end of the JPEG that begins at `from`, by its markers (ITU-T T.81, annex B); null when it breaks off before
 * `stop`. Segments are skipped whole, so an EXIF thumbnail's end is not taken for the picture's.
 */
export const endOfJpeg = (bytes: Buffer, from: number, stop: number): number | null => {
  if (bytes[from] !== 0xff || bytes[from + 1] !== SOI) return null;
  let segments = 0;
  for (let at = from + 2; ; ) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= stop) return null;
    const marker = bytes[at + 1]!;
    if (marker === EOI) return at + 2;
    if (marker === 0xff) at += 1;
    else if (standsAlone(marker)) at += 2;
    else if (marker === SOI || at + 4 > stop || ++segments > MOST_SEGMENTS) return null;
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
};

/**
 * Where Samsung's trailer begins, which its cameras write behind almost every picture: blocks, then a directory
 * "SEFH" (version, count, and for each block 4 bytes of type, its distance back and its length), the directory's
 * length, "SEFT". As ExifTool reads it. The end of the file when there is none.
 */
const samsungTrailer = (bytes: Buffer): number => {
  const end = bytes.length;
  if (end < 24 || bytes.toString('latin1', end - 4) !== 'SEFT') return end;
  const directory = end - 8 - bytes.readUInt32LE(end - 8);
  if (directory < 0 || bytes.toString('latin1', directory, directory + 4) !== 'SEFH') return end;
  const count = bytes.readUInt32LE(directory + 8);
  if (count > MOST_BLOCKS || directory + 12 + count * 12 > end - 8) return end;
  const distances = Array.from({ length: count }, (_, n) => bytes.readUInt32LE(directory + 16 + n * 12));
  return directory - Math.max(0, ...distances);
};

const [FTYP, MOOV] = ['ftyp', 'moov'].map((name) => Buffer.from(name).readUInt32BE(0)) as [number, number];

/** The end of the clip that begins at `from`: boxes, of which one says how it is to be played. Null: it is none. */
const endOfClip = (bytes: Buffer, from: number): number | null => {
  let plays = false;
  const end = endOfBoxes(bytes, from, (type) => {
    if (type === MOOV) plays = true;
  });
  return plays ? end : null;
};

/**
 * Whether all that follows a JPEG's end is what cameras put there themselves: further JPEGs (the gain map of an HDR
 * picture, a preview; CIPA DC-007), the clip of a motion photo, Samsung's trailer, zeros between them. All of it is
 * left behind when the picture is made anew; anything else is a stranger.
 */
export const cameraTail = (bytes: Buffer, end: number): boolean => {
  const stop = samsungTrailer(bytes);
  let [at, zeros] = [end, 0];
  while (at < stop) {
    if (at + 8 <= stop && bytes.readUInt32BE(at + 4) === FTYP) {
      const next = endOfClip(bytes.subarray(0, stop), at);
      if (next === null) return false;
      at = next;
    } else if (bytes[at] === 0) {
      at++;
      if (++zeros > MOST_PADDING) return false;
    } else if (bytes[at] === 0xff) {
      const next = endOfJpeg(bytes, at, stop);
      if (next === null) return false;
      at = next;
    } else return false;
  }
  return at === stop;
};
