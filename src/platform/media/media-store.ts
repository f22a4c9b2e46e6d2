import { mediaTypeOf } from './media-keys.ts';

export interface Media {
  bytes: Buffer;
  type: string;
}

export interface LargeMedia {
  size: number;
  type: string;
  pieces: AsyncIterable<Uint8Array>;
}

/** Files under the keys of `media-keys.ts`. Everything throws `MediaAway` while the store can't be reached. */
export interface MediaStore {
  /** Resolves when the bytes are safe. Throws for anything but a key. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  putPieces(key: string, pieces: AsyncIterable<Uint8Array>): Promise<number>; // answers how many bytes they were
  get(key: string): Promise<Media | null>;
  open(key: string): Promise<LargeMedia | null>;
  delete(key: string): Promise<void>;
  check(): Promise<void>; // for `/health/ready`: resolves when the store could be used
  close(): void;
}

/** The store is away, full or too slow: the same may work later. */
export class MediaAway extends Error {
  constructor(cause: unknown) {
    super(`the media store is away: ${nameOf(cause)}`, { cause });
    this.name = 'MediaAway';
  }
}

export function isMediaDown(err: unknown): boolean {
  return err instanceof MediaAway;
}

export function typeToPut(key: string): string {
  const type = mediaTypeOf(key);
  if (!type) throw new Error('not a media key');
  return type;
}

/** For a log line: no paths and no keys. */
export function nameOf(err: unknown): string {
  const { code, name } = (err ?? {}) as { code?: unknown; name?: unknown };
  // A DOMException's code is a number that says nothing.
  return String(typeof code === 'string' ? code : (name ?? err));
}
