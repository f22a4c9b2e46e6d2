import type { Random } from '../../kernel/ids.ts';

const types: Record<string, string> = {
  webp: 'image/webp',
  bin: 'application/octet-stream',
  zip: 'application/zip',
  json: 'application/json',
};

/** 128 bits, 22 letters of base64url: twice what OWASP asks of a session id, since no rate limit protects these. */
const NAME_BYTES = 16;
const pattern = /^[\w-]{22}\.[a-z0-9-]{1,32}\.([a-z0-9]{1,8})$/;

export function newMediaName(random: Random): string {
  return random.bytes(NAME_BYTES).toString('base64url');
}

/** "x7…Q.avatar-64.webp". What a key holds never changes. */
export function variantKey(name: string, variant: string): string {
  return `${name}.${variant}.webp`;
}

/** Never served: it holds whatever was sent. */
export function incomingKey(name: string): string {
  return `${name}.incoming.bin`;
}

/** Never served under `/media`. */
export function exportKey(name: string, ending: 'zip' | 'json'): string {
  return `${name}.export.${ending}`;
}

/** A copy for a report. Of a kind that no feature lets anybody fetch. */
export function evidenceKey(name: string): string {
  return variantKey(name, 'evidence');
}

/** "x7…Q.avatar-64.webp" is of kind "avatar". Null for anything but a rendered picture, uploads included. */
export function servedKey(key: string): { name: string; kind: string } | null {
  const [name = '', variant = '', ending] = pattern.test(key) ? key.split('.') : [];
  return ending === 'webp' ? { name, kind: variant.split('-')[0]! } : null;
}

export function mediaTypeOf(key: string): string | null {
  return types[pattern.exec(key)?.[1] ?? ''] ?? null;
}
