import { fourCC } from './four-cc.ts';
import { type Box, walkBoxes } from './picture-boxes.ts';

const ILOC = fourCC('iloc');

/** Numbers of 0 to 8 bytes; throws beyond the end, as Buffer does. */
function readerOf(bytes: Buffer, from: number) {
  let at = from;
  return (size: number): number => {
    at += size;
    if (size === 0) return 0;
    // Six bytes reach any place in a file of ours.
    return size > 6 ? bytes.readUIntBE(at - 6, 6) : bytes.readUIntBE(at - size, size);
  };
}

/** ISO/IEC 14496-12, 8.11.3. */
function endIn(bytes: Buffer, { body, end }: Box): number {
  const read = readerOf(bytes.subarray(0, end), body);
  const version = read(1);
  read(3);
  const [sizes, more] = [read(1), read(1)];
  const [offset, length, base, index] = [sizes >> 4, sizes & 15, more >> 4, version === 0 ? 0 : more & 15];
  const wide = version < 2 ? 2 : 4;
  let last = 0;
  for (let items = read(wide); items > 0; items--) {
    read(wide);
    const isInFile = version === 0 || (read(2) & 15) === 0;
    read(2);
    const from = read(base);
    // Extents without bytes are all alike, and there may be any number of them.
    const most = index + offset + length === 0 ? 1 : Infinity;
    for (let extents = Math.min(read(2), most); extents > 0; extents--) {
      read(index);
      const [begin, size] = [read(offset), read(length)];
      // No length: to the end of the file.
      if (isInFile) last = Math.max(last, size === 0 ? bytes.length : from + begin + size);
    }
  }
  return last;
}

/** The end of the file where it can't be told. */
export function endOfItems(bytes: Buffer, meta: Box): number {
  let last = 0;
  try {
    // After its version.
    walkBoxes(bytes, meta.body + 4, meta.end, (box) => {
      if (box.type === ILOC) last = Math.max(last, endIn(bytes, box));
    });
  } catch {
    return bytes.length;
  }
  return last === 0 ? bytes.length : Math.min(last, bytes.length);
}
