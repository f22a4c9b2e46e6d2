import { fourCC } from './four-cc.ts';
import type { Colours } from './picture-colours.ts';

const [IDAT, cICP] = ['IDAT', 'cICP'].map(fourCC);

/** From the chunk cICP, which stands before the pixels (PNG, third edition, 11.3.2.6). Null: there is none. */
export function coloursOfPng(bytes: Buffer): Colours | null {
  for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const type = bytes.readUInt32BE(at + 4);
    if (type === cICP) return { primaries: bytes[at + 8]!, transfer: bytes[at + 9]! };
    if (type === IDAT) return null;
  }
  return null;
}
