const MOST_BOXES = 1_000; // a file has fewer than twenty at its top level

/** Of an ISO media file (ISO/IEC 14496-12, 4.2). */
export interface Box {
  type: number;
  body: number;
  end: number;
}

/** Null where no header stands, or the box breaks off. */
export function boxAt(bytes: Buffer, at: number, stop = bytes.length): Box | null {
  if (at + 8 > stop) return null;
  const [size, type] = [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)];
  // 0: to the end of the file.
  if (size === 0) return { type, body: at + 8, end: stop };
  if (size !== 1) return size < 8 || at + size > stop ? null : { type, body: at + 8, end: at + size };
  // 1: the size follows in 64 bits, of which no upload needs the upper half.
  if (at + 16 > stop || bytes.readUInt32BE(at + 8) !== 0) return null;
  const end = at + bytes.readUInt32BE(at + 12);
  return end < at + 16 || end > stop ? null : { type, body: at + 16, end };
}

/** Gives the end of the last one; null when one breaks off. */
export function walkBoxes(bytes: Buffer, from: number, stop: number, see: (box: Box) => void): number | null {
  let at = from;
  for (let boxes = 0; at + 8 <= stop; boxes++) {
    const box = boxAt(bytes, at, stop);
    if (!box || boxes === MOST_BOXES) return null;
    see(box);
    at = box.end;
  }
  return at;
}
