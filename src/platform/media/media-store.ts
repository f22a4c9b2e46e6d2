import { mediaTypeOf } from './media-keys.ts';

export interface Media {
  bytes: Buffer;
  /** "image/webp". */
  type: string;
}

/** As `Media`, for what is too large to be held at once. Never empty. */
export interface LargeMedia {
  size: number;
  type: string;
  pieces: AsyncIterable<Uint8Array>;
}

/**
 * Keeps finished pictures under keys of `media-keys.ts`. What is kept is small (a variant is some 100 KB), so it goes
 * in and out whole; only what is packed of many goes in pieces. Everything throws `MediaAway` while the store cannot be
 * reached.
 */
export interface MediaStore {
  /** Resolves when the bytes are safe. The same key again is the same content again. Throws for anything but a key. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** As `put`, without ever holding all of it; answers how many bytes they were. Fails as the pieces fail. */
  putPieces(key: string, pieces: AsyncIterable<Uint8Array>): Promise<number>;
  /** Null when nothing is kept under the key, or it is none. */
  get(key: string): Promise<Media | null>;
  /** As `get`, piece by piece, at the pace of whoever takes them. */
  open(key: string): Promise<LargeMedia | null>;
  /** Afterwards nothing is kept under the key; it need not have been. */
  delete(key: string): Promise<void>;
  /** Resolves when the store answers and could be used (a folder: takes a file): for `/health/ready`. */
  check(): Promise<void>;
  close(): void;
}

/** The store is away, full or too slow: the same may work in a while. */
export class MediaAway extends Error {
  constructor(cause: unknown) {
    super(`the media store is away: ${nameOf(cause)}`, { cause });
    this.name = 'MediaAway';
  }
}

/** Whether an error says that the media store is away, rather than that we asked something wrong. */
export function isMediaDown(err: unknown): boolean {
  return err instanceof MediaAway;
}

/** The type of a key that something shall be put under. Throws when it is no key: that is a mistake of ours. */
export function typeToPut(key: string): string {
  const type = mediaTypeOf(key);
  if (!type) throw new Error('not a media key');
  return type;
}

/** "ECONNREFUSED" or "TimeoutError": enough for a log line, without paths and keys. */
export function nameOf(err: unknown): string {
  const { code, name } = (err ?? {}) as { code?: unknown; name?: unknown };
  // A DOMException's code is a number that tells nobody anything.
  return String(typeof code === 'string' ? code : (name ?? err));
}
