import { fourCC } from './four-cc.ts';
import { walkBoxes } from './picture-boxes.ts';
import { fillerAt, MOST_FILLING } from './picture-tail.ts';

const SOI = 0xd8;
const EOI = 0xd9;

/** After 0xff: a stuffed zero, TEM or a restart marker. */
function standsAlone(marker: number): boolean {
  return marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd7);
}

const MOST_SEGMENTS = 1_000; // a picture has about twenty; with a large profile or many scans, a hundred
const MOST_BLOCKS = 1_000; // Samsung's cameras write fewer than twenty

/** By its markers (ITU-T T.81, annex B), skipping segments and so thumbnails; null when it breaks off before `stop`. */
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

/** T.81, table B.1. */
function beginsFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** The largest frame's pixels; null when it breaks off. */
export function extentOfJpeg(bytes: Buffer): { end: number; pixels: number } | null {
  let pixels = 0;
  const end = endOfJpeg(bytes, 0, bytes.length, (marker, at) => {
    if (beginsFrame(marker) && at + 9 <= bytes.length)
      pixels = Math.max(pixels, bytes.readUInt16BE(at + 5) * bytes.readUInt16BE(at + 7));
  });
  return end === null ? null : { end, pixels };
}

/** Blocks, "SEFH" with their types, distances and lengths, that directory's length, "SEFT" (as ExifTool reads it). */
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

const [FTYP, MOOV] = [fourCC('ftyp'), fourCC('moov')];

function endOfClip(bytes: Buffer, from: number, stop: number): number | null {
  let plays = false;
  const end = walkBoxes(bytes, from, stop, ({ type }) => {
    if (type === MOOV) plays = true;
  });
  return plays ? end : null;
}

/** Cameras append JPEGs (gain maps, previews; CIPA DC-007), a motion photo's clip, Samsung's trailer and padding. */
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
