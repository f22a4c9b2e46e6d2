import { fileTypeFromBuffer } from 'file-type';

/** What programs and disks append: white space, DOS's end of file, zeros, erased flash. */
const FILLERS = new Set([0x00, 0x09, 0x0a, 0x0d, 0x1a, 0x20, 0xff]);
const [SOI, EOI] = [0xd8, 0xd9];
/** A disk's largest cluster. */
export const MOST_FILLING = 64 * 1024;

/** A repeated EOI counts; null: something else stands there. */
export function fillerAt(bytes: Buffer, at: number): number | null {
  const [byte, next] = [bytes[at]!, bytes[at + 1]];
  if (byte === 0xff && next === EOI) return at + 2;
  return FILLERS.has(byte) && !(byte === 0xff && next === SOI) ? at + 1 : null;
}

/** Of archives, programs, documents and media. So long that 3 MB of compressed pixels match once in 500 times. */
const signatures = new RegExp(
  'PK\\x03\\x04|PK\\x05\\x06\\0\\0|Rar!\\x1a\\x07|7z\\xbc\\xaf\\x27|\\x7fELF|%PDF-|GIF8[79]a|\\x89PNG\\r\\n|' +
    '\\xff\\xd8\\xff[\\xe0-\\xef][^]{2}[A-Za-z]{4}|RIFF[^]{4}[A-Z]{4}|ftyp[a-z]{2}',
);
const markup =
  /<(!doctype|\?php|\?xml|html|head|body|script|style|svg|img|iframe|object|embed|meta|link|form)[\s/>]/i;

function isWritten(byte: number): boolean {
  return byte >= 0x20 && byte <= 0x7e;
}
/** UTF-16 has a zero after each character. */
function isBetween(byte: number): boolean {
  return byte === 0 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
const RUN = 24; // two in five bytes of pixels are printable, so a run of so many comes once in 10¹⁰
const VALUES = 10; // compressed pixels may repeat a few values; words have more

function isText(bytes: Buffer): boolean {
  if (bytes.length < RUN) return bytes.filter(isWritten).length > bytes.length / 2;
  const seenIn = new Uint32Array(256);
  let [run, length, values] = [1, 0, 0];
  for (const byte of bytes) {
    if (isWritten(byte) || isBetween(byte)) {
      length++;
      if (seenIn[byte] !== run) values++;
      seenIn[byte] = run;
      if (length >= RUN && values >= VALUES) return true;
    } else if (length > 0) {
      run++;
      length = values = 0;
    }
  }
  return false;
}

/** Padding, or the rest of an overwritten larger picture (CVE-2023-21036), but nothing that opens as a file or page. */
export async function isHarmlessTail(bytes: Buffer, from: number): Promise<boolean> {
  let at = from;
  while (at < bytes.length) {
    const next = fillerAt(bytes, at);
    if (next === null) break;
    at = next;
    if (at - from > MOST_FILLING) return false;
  }
  if (at >= bytes.length) return true;
  const rest = bytes.subarray(at);
  if (await fileTypeFromBuffer(rest)) return false;
  const text = rest.toString('latin1');
  return !signatures.test(text) && !markup.test(text) && !isText(rest);
}
