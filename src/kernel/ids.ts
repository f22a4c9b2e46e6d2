import { randomBytes, randomInt } from 'node:crypto';

export interface Random {
  bytes(n: number): Buffer;
  below(max: number): number; // uniform in [0, max)
}

export const systemRandom: Random = { bytes: (n) => randomBytes(n), below: (max) => randomInt(max) };

/** UUID version 7 (RFC 9562): ordered by time, so that rows of one time lie together in an index. */
export function uuidv7(now: Date, random: Random): string {
  const bytes = random.bytes(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** As ids come from outside, where anything may come. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** The lowest id, where walks in the order of ids begin. */
export const nobodysId = '00000000-0000-0000-0000-000000000000';

const referenceLetters = 'BCDFGHJKLMNPQRSTVWXZ'; // no vowels, so no words; no letters that are easily mistaken

/** Ties a message to its page ("the code for KFR"). Not a secret. */
export function newReference(random: Random): string {
  return Array.from({ length: 3 }, () => referenceLetters[random.below(referenceLetters.length)]).join('');
}
