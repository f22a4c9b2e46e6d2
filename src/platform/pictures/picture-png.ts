import type { Colours } from './picture-colours.ts';

function word(text: string): number {
  return Buffer.from(text, 'latin1').readUInt32BE(0);
}
const [IDAT, cICP] = ['IDAT', 'cICP'].map(word);

/** cICP stands before the pixels (third edition, 11.3.2.6); null: none. */
export function coloursOfPng(bytes: Buffer): Colours | null {
  for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const type = bytes.readUInt32BE(at + 4);
    if (type === cICP) return { primaries: bytes[at + 8]!, transfer: bytes[at + 9]! };
    if (type === IDAT) return null;
  }
  return null;
}
