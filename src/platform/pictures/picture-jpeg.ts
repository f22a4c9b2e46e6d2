import { boxType, walkBoxes } from './picture-boxes.ts';
import { fillerAt, MOST_FILLING } from './picture-tail.ts';

const SOI = 0xd8;
const EOI = 0xd9;

/** A byte that stands alone after 0xff: a stuffed zero, TEM, or one of the eight restart markers. */
function standsAlone(marker: number): boolean {
  return marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd7);
}

/** A picture has some twenty, one with a large colour profile or many scans some hundred. */
const MOST_SEGMENTS = 1_000;
/** What Samsung's cameras write has less than twenty. */
const MOST_BLOCKS = 1_000;

/**
 * The end of the JPEG that begins at `from`, by its markers (ITU-T T.81, annex B); null when it breaks off before
 * `stop`. Segments are skipped whole, so an EXIF thumbnail's end is not taken for the picture's.
 */
export function endOfJpeg(
  bytes: Buffer,
  from: number,
  stop: number,
  see: (marker: number, at: number) => void = () => {},
): number | null {
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
    else {
      see(marker, at);
      at += 2 + bytes.readUInt16BE(at + 2);
    }
  }
}

/** Begins a frame and says its size; of the sixteen three mean other things (T.81, table B.1). */
function beginsFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** A JPEG's end, and the pixels of its largest frame; null when it breaks off. */
export function extentOfJpeg(bytes: Buffer): { end: number; pixels: number } | null {
  let pixels = 0;
  const end = endOfJpeg(bytes, 0, bytes.length, (marker, at) => {
    if (beginsFrame(marker) && at + 9 <= bytes.length)
      pixels = Math.max(pixels, bytes.readUInt16BE(at + 5) * bytes.readUInt16BE(at + 7));
  });
  return end === null ? null : { end, pixels };
}

/**
 * Where Samsung's trailer begins, which its cameras write behind almost every picture: blocks, then a directory
 * "SEFH" (version, count, and for each block 4 bytes of type, its distance back and its length), the directory's
 * length, "SEFT". As ExifTool reads it. The end of the file when there is none.
 */
function samsungTrailer(bytes: Buffer): number {
  const end = bytes.length;
  if (end < 24 || bytes.toString('latin1', end - 4) !== 'SEFT') return end;
  const directory = end - 8 - bytes.readUInt32LE(end - 8);
  if (directory < 0 || bytes.toString('latin1', directory, directory + 4) !== 'SEFH') return end;
  const count = bytes.readUInt32LE(directory + 8);
  if (count > MOST_BLOCKS || directory + 12 + count * 12 > end - 8) return end;
  const distances = Array.from({ length: count }, (_, n) => bytes.readUInt32LE(directory + 16 + n * 12));
  return directory - Math.max(0, ...distances);
}

const [FTYP, MOOV] = [boxType('ftyp'), boxType('moov')];

/** The end of the clip that begins at `from`: boxes, of which one says how it is to be played. Null: it is none. */
function endOfClip(bytes: Buffer, from: number, stop: number): number | null {
  let plays = false;
  const end = walkBoxes(bytes, from, stop, ({ type }) => {
    if (type === MOOV) plays = true;
  });
  return plays ? end : null;
}

/**
 * How far what follows a JPEG's end is what cameras put there themselves: further JPEGs (the gain map of an HDR picture,
 * a preview; CIPA DC-007), the clip of a motion photo, Samsung's trailer, filling between them. All of it is left behind
 * when the picture is made anew; what comes then is a stranger.
 */
export function endOfCameraTail(bytes: Buffer, end: number): number {
  const stop = samsungTrailer(bytes);
  let [at, known] = [end, end];
  while (at < stop) {
    const isClip = at + 8 <= stop && bytes.readUInt32BE(at + 4) === FTYP;
    const filler = isClip ? null : fillerAt(bytes, at);
    if (filler !== null) {
      at = filler;
      if (at - known > MOST_FILLING) return known;
      continue;
    }
    const next = isClip ? endOfClip(bytes, at, stop) : endOfJpeg(bytes, at, stop);
    if (next === null) return known;
    at = known = next;
  }
  return stop === bytes.length ? known : bytes.length;
}
