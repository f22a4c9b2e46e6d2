import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

export type Packing = 'br' | 'gz';

export type Pack = (bytes: Buffer, packing: Packing) => Buffer;

/** At the highest level: packed once, sent for a year. */
export const pack: Pack = (bytes, packing) =>
  packing === 'br' ? brotliCompressSync(bytes) : gzipSync(bytes, { level: 9 });

/** By a hash of the content, so that a changed file is never found. */
function fileFor(dir: string, bytes: Buffer, packing: Packing): string {
  return join(dir, `${createHash('sha256').update(bytes).digest('hex')}.${packing}`);
}

/** Packed at build time; anything else now. */
export function packedIn(dir: string): Pack {
  return (bytes, packing) => {
    const file = fileFor(dir, bytes, packing);
    return existsSync(file) ? readFileSync(file) : pack(bytes, packing);
  };
}

export function packInto(dir: string): Pack {
  return (bytes, packing) => {
    const [file, packed] = [fileFor(dir, bytes, packing), pack(bytes, packing)];
    mkdirSync(dir, { recursive: true });
    // Other processes find all of it or nothing.
    writeFileSync(`${file}.new`, packed);
    renameSync(`${file}.new`, file);
    return packed;
  };
}
