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

/** To be read once; the archive keeps this function to its end, so it must not keep the bytes. */
function readOnce(bytes: Uint8Array): () => Readable {
  let left = bytes;
  return () => {
    const source = Readable.from(inPieces(left), { objectMode: false });
    left = new Uint8Array();
    return source;
  };
}

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

  const add = (name: string, options: { compress: boolean; size: number }, open: () => Readable) =>
    new Promise<void>((taken, broken) => {
      zip.addReadStreamLazy(name, { mtime, ...options }, (give) => {
        const source = open();
        finished(source, { signal: over.signal, cleanup: true }).then(taken, broken);
        give(null, source);
      });
    });
  const fill = async (): Promise<void> => {
    for await (const { name, bytes, compress } of entries)
      await add(name, { compress, size: bytes.length }, readOnce(bytes));
    zip.end();
  };
  zip.on('error', fail);
  fill().catch(fail);
  yield* archive as AsyncIterable<Uint8Array>;
};
