/** A file has less than twenty at its outermost. */
const MOST_BOXES = 1_000;

/**
 * Walks the boxes of an ISO media file (ISO/IEC 14496-12, 4.2) from `from` to the end of `bytes` and shows the type of
 * each. Gives the end of the last; null when one is longer than what is there.
 */
export const endOfBoxes = (bytes: Buffer, from: number, see: (type: number) => void): number | null => {
  let [at, boxes] = [from, 0];
  while (at + 8 <= bytes.length) {
    const size = bytes.readUInt32BE(at);
    if (++boxes > MOST_BOXES) return null;
    see(bytes.readUInt32BE(at + 4));
    // 0: to the end of the file. 1: the size is too large for 32 bits and follows as 64, which no upload is.
    if (size === 0) return bytes.length;
    if (size < 8 || at + size > bytes.length) return null;
    at += size;
  }
  return at;
};
