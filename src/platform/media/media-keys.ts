import type { Random } from '../../kernel/ids.ts';

/** The types a store keeps, by the ending of the key, so that a key alone says what it holds. */
const types: Record<string, string> = {
  webp: 'image/webp',
  bin: 'application/octet-stream',
  zip: 'application/zip',
  json: 'application/json',
};

/**
 * 128 bits: OWASP asks 64 of a session id, and these are never rate-limited, since a page may show fifty of them.
 * 16 bytes are 22 letters of base64url.
 */
const NAME_BYTES = 16;
const pattern = /^[\w-]{22}\.[a-z0-9-]{1,32}\.([a-z0-9]{1,8})$/;

/** A fresh, unguessable name for one picture: all its variants share it. */
export function newMediaName(random: Random): string {
  return random.bytes(NAME_BYTES).toString('base64url');
}

/**
 * "x7…Q.avatar-64.webp": what one variant of a picture is stored and asked for under. What a key holds never changes;
 * another picture has another name.
 */
export function mediaKey(name: string, variant: string): string {
  return `${name}.${variant}.webp`;
}

/** Where an upload lies until its picture is made. Never served: what it holds is whatever was sent. */
export function incomingKey(name: string): string {
  return `${name}.incoming.bin`;
}

/** What one part of a person's exported data is stored under. Never served under `/media`. */
export function exportKey(name: string, ending: 'zip' | 'json'): string {
  return `${name}.export.${ending}`;
}

/** "x7…Q.avatar-64.webp" → its name and its variant; null for anything else, incoming ones too. */
export function variantOf(key: string): { name: string; variant: string } | null {
  const [name = '', variant = '', ending] = pattern.test(key) ? key.split('.') : [];
  return ending === 'webp' ? { name, variant } : null;
}

/** The media type of what a key holds; null for anything that is no key of ours (a path, a wish, an old link). */
export function mediaTypeOf(key: string): string | null {
  return types[pattern.exec(key)?.[1] ?? ''] ?? null;
}
