import { fourCC } from './four-cc.ts';
import { type Box, boxAt, walkBoxes } from './picture-boxes.ts';
import { endOfItems } from './picture-places.ts';

const [FTYP, META, MDAT, MOOV] = ['ftyp', 'meta', 'mdat', 'moov'].map(fourCC);
const [IPRP, IPCO, ISPE] = ['iprp', 'ipco', 'ispe'].map(fourCC);
/** A file is broken when one of these is too long. */
const known = new Set(['ftyp', 'meta', 'mdat', 'moov', 'free', 'skip', 'uuid', 'mpvd', 'sefd'].map(fourCC));
const MOST_BOXES = 1_000;

/** The largest one is the whole, of which tiles are parts (ISO/IEC 23008-12, 6.5.3). */
function pixelsOf(bytes: Buffer, meta: Box): number {
  let most = 0;
  const within = (type: number, see: (box: Box) => void) => (box: Box) => {
    if (box.type === type) see(box);
  };
  const size = within(ISPE!, ({ body, end }) => {
    if (body + 12 <= end) most = Math.max(most, bytes.readUInt32BE(body + 4) * bytes.readUInt32BE(body + 8));
  });
  const properties = within(IPCO!, ({ body, end }) => walkBoxes(bytes, body, end, size));
  // After its version.
  walkBoxes(
    bytes,
    meta.body + 4,
    meta.end,
    within(IPRP!, ({ body, end }) => walkBoxes(bytes, body, end, properties)),
  );
  return most;
}

/** The first box with pixels may run to the end of the file; the last item ends it, so that nothing hides behind. */
export function extentOfHeif(bytes: Buffer): { end: number; animated: boolean; pixels: number } | null {
  let [at, animated, pixels, hasPixels] = [0, false, 0, false];
  let itemsEnd = bytes.length;
  for (let boxes = 0; at + 8 <= bytes.length; boxes++) {
    const [size, type] = [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)];
    if (boxes === MOST_BOXES) return null;
    const isAnotherFile = type === FTYP && at > 0;
    if (isAnotherFile || (size === 0 && (type !== MDAT || hasPixels))) break;
    const box = boxAt(bytes, at);
    if (!box && known.has(type)) return null;
    if (!box) break;
    if (type === MOOV) animated = true;
    if (type === MDAT) hasPixels = true;
    if (type === META) {
      pixels = Math.max(pixels, pixelsOf(bytes, box));
      itemsEnd = endOfItems(bytes, box);
    }
    at = size === 0 ? Math.max(box.body, itemsEnd) : box.end;
    if (size === 0) break;
  }
  return { end: at, animated, pixels };
}

/** Those that libvips 8.18 accepts as a first brand. */
const readable = new Set('heic heix hevc heim heis hevm hevs mif1 msf1 avif'.split(' '));

/** In place. */
export function withReadableBrand(bytes: Buffer): void {
  if (bytes.length < 16 || bytes.readUInt32BE(4) !== FTYP) return;
  const others = bytes.toString('latin1', 16, Math.min(bytes.readUInt32BE(0), 256));
  // Under the general brand libvips takes an AVIF for a HEIC, and refuses it.
  if (others.includes('avif')) bytes.write('avif', 8, 'latin1');
  else if (!readable.has(bytes.toString('latin1', 8, 12))) bytes.write('mif1', 8, 'latin1');
}
