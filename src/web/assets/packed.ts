import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** As `Content-Encoding` and file endings name them. */
export type Packing = 'br' | 'gz';

export type Pack = (bytes: Buffer, packing: Packing) => Buffer;

/** As small as it gets: a file is packed once and sent for a year. */
export const pack: Pack = (bytes, packing) =>
  packing === 'br' ? brotliCompressSync(bytes) : gzipSync(bytes, { level: 9 });

/** Named by what was packed: whatever has changed since is not found. */
function fileFor(dir: string, bytes: Buffer, packing: Packing): string {
  return join(dir, `${createHash('sha256').update(bytes).digest('hex')}.${packing}`);
}

/** What the build has packed into a folder; the rest is packed now. */
export function packedIn(dir: string): Pack {
  return (bytes, packing) => {
    const file = fileFor(dir, bytes, packing);
    return existsSync(file) ? readFileSync(file) : pack(bytes, packing);
  };
}

/** Packs, and leaves it in a folder. */
export function packInto(dir: string): Pack {
  return (bytes, packing) => {
    const [file, packed] = [fileFor(dir, bytes, packing), pack(bytes, packing)];
    mkdirSync(dir, { recursive: true });
    // Whoever starts meanwhile finds all of it or none.
    writeFileSync(`${file}.new`, packed);
    renameSync(`${file}.new`, file);
    return packed;
  };
}
