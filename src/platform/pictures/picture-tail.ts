import { fileTypeFromBuffer } from 'file-type';

/** What programs and disks leave behind a picture: white space, the end of a DOS file, zeros, what is erased. */
const FILLERS = new Set([0x00, 0x09, 0x0a, 0x0d, 0x1a, 0x20, 0xff]);
const [SOI, EOI] = [0xd8, 0xd9];
/** Bytes of filling; a disk's largest clusters have as many. */
export const MOST_FILLING = 64 * 1024;

/** The end of what stands at `at` to fill room, a JPEG's end said twice included; null: something else stands there. */
export function fillerAt(bytes: Buffer, at: number): number | null {
  const [byte, next] = [bytes[at]!, bytes[at + 1]];
  if (byte === 0xff && next === EOI) return at + 2;
  return FILLERS.has(byte) && !(byte === 0xff && next === SOI) ? at + 1 : null;
}

/**
 * How archives, programs, documents, pictures and clips begin or end, wherever it is among other bytes. Long enough that
 * three megabytes of packed pixels look like one of them once in five hundred times.
 */
const signatures = new RegExp(
  'PK\\x03\\x04|PK\\x05\\x06\\0\\0|Rar!\\x1a\\x07|7z\\xbc\\xaf\\x27|\\x7fELF|%PDF-|GIF8[79]a|\\x89PNG\\r\\n|' +
    '\\xff\\xd8\\xff[\\xe0-\\xef][^]{2}[A-Za-z]{4}|RIFF[^]{4}[A-Z]{4}|ftyp[a-z]{2}',
);
/** How pages and scripts do. */
const markup =
  /<(!doctype|\?php|\?xml|html|head|body|script|style|svg|img|iframe|object|embed|meta|link|form)[\s/>]/i;

function isWritten(byte: number): boolean {
  return byte >= 0x20 && byte <= 0x7e;
}
/** Of text in 16 bits each second one. */
function isBetween(byte: number): boolean {
  return byte === 0 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
/** So many bytes of text in a row: of pixels' bytes two in five are such, so that it comes once in 10¹⁰. */
const RUN = 24;
/** Packed pixels may have long rows of a few values; words have more. */
const VALUES = 10;

/** Whether it reads like text; in a few bytes nothing can be told from text but by their share of it. */
function isText(bytes: Buffer): boolean {
  if (bytes.length < RUN) return bytes.filter(isWritten).length > bytes.length / 2;
  // The run in which a value was seen last.
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

/**
 * Whether what follows a picture's end is nothing: filling, or what is left of a larger picture that was cut and written
 * over itself (CVE-2023-21036), bytes in the middle of its pixels. Pixels are all that is kept, so this need not find
 * whatever can be hidden; what can be opened as something else, a file, a page, a script, is no picture's end.
 */
export async function isNothing(bytes: Buffer, from: number): Promise<boolean> {
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
