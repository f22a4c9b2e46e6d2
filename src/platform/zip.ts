import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

export interface ZipEntry {
  /** Its path within the archive: "pictures/1-avatar.webp". */
  name: string;
  bytes: Uint8Array;
  /** True for text; pictures are compressed already. */
  compress: boolean;
}

/** Pieces small enough for whoever takes them to keep the pace. */
const PIECE = 64 * 1024;

const inPieces = function* (bytes: Uint8Array): Iterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
};

/**
 * A ZIP archive, piece by piece: the next entry is asked for when the one before has been taken, so that no more than a
 * few are in memory. Nothing happens before the first piece is asked for. Fails as the entries fail. `mtime` stands at
 * every entry.
 */
export const zipOf = async function* (
  entries: AsyncIterable<ZipEntry>,
  mtime: Date,
): AsyncIterable<Uint8Array> {
  const zip = new ZipFile();
  const archive = zip.outputStream as Readable;
  const over = new AbortController();
  archive.once('close', () => over.abort());
  // Whoever takes the pieces hears of it; without a listener it would end the process.
  archive.on('error', () => {});
  const fail = (err: unknown) => void archive.destroy(err as Error);

  const fill = async (): Promise<void> => {
    for await (const { name, bytes, compress } of entries) {
      const source = Readable.from(inPieces(bytes), { objectMode: false });
      zip.addReadStream(source, name, { mtime, compress, size: bytes.length });
      await finished(source, { signal: over.signal });
    }
    zip.end();
  };
  zip.on('error', fail);
  fill().catch(fail);
  yield* archive as AsyncIterable<Uint8Array>;
};
