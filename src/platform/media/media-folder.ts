import { createReadStream, createWriteStream } from 'node:fs';
import { access, constants, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { mediaTypeOf } from './media-keys.ts';
import { MediaAway, type MediaStore, nameOf, typeToPut } from './media-store.ts';

const [FOLDER_MODE, FILE_MODE] = [0o700, 0o600]; // copies of people's data lie here too

const CHECKED = 4_096; // bytes: one block of most file systems

/** A disk that is full, missing, read-only, failing or somebody else's; or a process with too many open files. */
const awayCodes = /^(ENOSPC|EDQUOT|EROFS|EIO|ENOTDIR|EEXIST|ENODEV|ESTALE|EACCES|EPERM|EMFILE|ENFILE|EBUSY)$/;

function told(err: unknown): unknown {
  return awayCodes.test(nameOf(err)) ? new MediaAway(err) : err;
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (err) {
    throw told(err);
  }
}

const piecesOf = async function* (file: string): AsyncIterable<Uint8Array> {
  try {
    yield* createReadStream(file);
  } catch (err) {
    throw told(err);
  }
};

function orNull(err: unknown): null {
  if (nameOf(err) === 'ENOENT') return null;
  throw err;
}

/** A file is written aside, flushed and renamed, so that a reader, or a crash, sees all of it or nothing. */
export function createFolderStore(folder: string): MediaStore {
  const ready = () => mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  const keep = <T>(key: string, write: (aside: string) => Promise<T>): Promise<T> => {
    typeToPut(key);
    return guarded(async () => {
      await ready();
      // Two writers of one key must not share the file aside.
      const aside = join(folder, `.${crypto.randomUUID()}.tmp`);
      try {
        const written = await write(aside);
        await rename(aside, join(folder, key));
        return written;
      } catch (err) {
        await rm(aside, { force: true }).catch(() => {});
        throw err;
      }
    });
  };
  return {
    put: async (key, bytes) =>
      keep(key, (aside) => writeFile(aside, bytes, { flag: 'wx', flush: true, mode: FILE_MODE })),

    putPieces: async (key, pieces) =>
      keep(key, async (aside) => {
        const file = createWriteStream(aside, { flags: 'wx', flush: true, mode: FILE_MODE });
        await pipeline(pieces, file);
        return file.bytesWritten;
      }),

    get: (key) =>
      guarded(async () => {
        const type = mediaTypeOf(key);
        const bytes = type && (await readFile(join(folder, key)).catch(orNull));
        return type && bytes ? { bytes, type } : null;
      }),

    open: (key) =>
      guarded(async () => {
        const type = mediaTypeOf(key);
        const file = join(folder, key);
        const found = type && (await stat(file).catch(orNull));
        return type && found ? { size: found.size, type, pieces: piecesOf(file) } : null;
      }),

    delete: (key) =>
      guarded(async () => {
        if (mediaTypeOf(key)) await rm(join(folder, key), { force: true });
      }),

    check: () =>
      guarded(async () => {
        await ready();
        await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
        const aside = join(folder, `.${crypto.randomUUID()}.tmp`);
        try {
          await writeFile(aside, Buffer.alloc(CHECKED, 1), { flag: 'wx', mode: FILE_MODE });
        } finally {
          await rm(aside, { force: true }).catch(() => {});
        }
      }),

    close: () => {},
  };
}
