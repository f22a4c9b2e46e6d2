import { type Box, boxAt, boxType, walkBoxes } from './picture-boxes.ts';
import { endOfItems } from './picture-places.ts';

const [FTYP, META, MDAT, MOOV] = ['ftyp', 'meta', 'mdat', 'moov'].map(boxType);
const [IPRP, IPCO, ISPE] = ['iprp', 'ipco', 'ispe'].map(boxType);
/** What stands in such files at their outermost; one of these that is too long has broken off. */
const known = new Set(['ftyp', 'meta', 'mdat', 'moov', 'free', 'skip', 'uuid', 'mpvd', 'sefd'].map(boxType));
const MOST_BOXES = 1_000;

/** The pixels of the largest picture in there: the whole, of which tiles are parts (ISO/IEC 23008-12, 6.5.3). */
function pixelsOf(bytes: Buffer, meta: Box): number {
  let most = 0;
  const within = (type: number, see: (box: Box) => void) => (box: Box) => {
    if (box.type === type) see(box);
  };
  const size = within(ISPE!, ({ body, end }) => {
    if (body + 12 <= end) most = Math.max(most, bytes.readUInt32BE(body + 4) * bytes.readUInt32BE(body + 8));
  });
  const properties = within(IPCO!, ({ body, end }) => walkBoxes(bytes, body, end, size));
  // Behind its version.
  walkBoxes(
    bytes,
    meta.body + 4,
    meta.end,
    within(IPRP!, ({ body, end }) => walkBoxes(bytes, body, end, properties)),
  );
  return most;
}

/**
 * Where HEIC and AVIF end: boxes one after the other. The first one with pixels may say that it goes on to the end of the
 * file: then it ends where the last of what the file's items are made of does. No other may, for whatever follows could be
 * put into it. A `moov` holds a sequence.
 */
export function extentOfHeif(bytes: Buffer): { end: number; moves: boolean; pixels: number } | null {
  let [at, moves, pixels, hasPixels] = [0, false, 0, false];
  let itemsEnd = bytes.length;
  for (let boxes = 0; at + 8 <= bytes.length; boxes++) {
    const [size, type] = [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)];
    if (boxes === MOST_BOXES) return null;
    const isAnotherFile = type === FTYP && at > 0;
    if (isAnotherFile || (size === 0 && (type !== MDAT || hasPixels))) break;
    const box = boxAt(bytes, at);
    if (!box && known.has(type)) return null;
    if (!box) break;
    if (type === MOOV) moves = true;
    if (type === MDAT) hasPixels = true;
    if (type === META) {
      pixels = Math.max(pixels, pixelsOf(bytes, box));
      itemsEnd = endOfItems(bytes, box);
    }
    at = size === 0 ? Math.max(box.body, itemsEnd) : box.end;
    if (size === 0) break;
  }
  return { end: at, moves, pixels };
}

/** The brands that libvips 8.18 knows; a file that begins with another it refuses, whatever is in there. */
const readable = new Set('heic heix hevc heim heis hevm hevs mif1 msf1 avif'.split(' '));

/** Gives a HEIF file a first brand by which it is read. In place. */
export function withReadableBrand(bytes: Buffer): void {
  if (bytes.length < 16 || bytes.readUInt32BE(4) !== FTYP) return;
  const others = bytes.toString('latin1', 16, Math.min(bytes.readUInt32BE(0), 256));
  // Under the general brand an AVIF is taken for a HEIC, and refused.
  if (others.includes('avif')) bytes.write('avif', 8, 'latin1');
  else if (!readable.has(bytes.toString('latin1', 8, 12))) bytes.write('mif1', 8, 'latin1');
}
