import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

export interface ZipEntry {
  name: string;
  bytes: Uint8Array;
  compress: boolean; // false for what is compressed already
}

const PIECE = 64 * 1024; // small enough to keep a slow reader's pace

const inPieces = function* (bytes: Uint8Array): Iterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
};

/** The archive keeps this closure to its end, so it must drop the bytes. */
function readOnce(bytes: Uint8Array): () => Readable {
  let left = bytes;
  return () => {
    const source = Readable.from(inPieces(left), { objectMode: false });
    left = new Uint8Array();
    return source;
  };
}

/** Lazy: asks for an entry when the one before was read. Fails as the entries fail. `mtime` is every entry's. */
export const zipOf = async function* (
  entries: AsyncIterable<ZipEntry>,
  mtime: Date,
): AsyncIterable<Uint8Array> {
  const zip = new ZipFile();
  const archive = zip.outputStream as Readable;
  const over = new AbortController();
  archive.once('close', () => over.abort());
  // The reader gets the error; without a listener it would end the process.
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
