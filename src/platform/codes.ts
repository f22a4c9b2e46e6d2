import { createHmac, timingSafeEqual } from 'node:crypto';
import type { OtpKey } from '../config/values.ts';

/** Another purpose, challenge, destination or send has another code. */
export interface CodeSubject {
  purpose: string;
  challengeId: string;
  destination: string; // the email key, or a number in E.164
  send: number;
}

export interface Codes {
  readonly currentKeyId: string;
  derive(subject: CodeSubject, keyId: string): string | null; // null when the key has been retired
  /** A link's token as base64url; null when the key has been retired. */
  deriveToken(purpose: string, id: string, bytes: number, keyId: string): string | null;
  matches(subject: CodeSubject, keyId: string, typed: string): boolean; // in constant time
}

function message(s: CodeSubject): string {
  return JSON.stringify([s.purpose, s.challengeId, s.destination, s.send]);
}

/** HMAC-SHA-256, truncated as in RFC 4226 but to 64 bits: codes differ in likelihood by at most 1 in 10^13. */
export function createCodes(keys: readonly OtpKey[], digits: number): Codes {
  const current = keys[0];
  if (!current) throw new Error('createCodes needs at least one key');
  const byId = new Map(keys.map((k) => [k.id, k.key]));

  const derive = (subject: CodeSubject, keyId: string): string | null => {
    const key = byId.get(keyId);
    if (!key) return null;
    const mac = createHmac('sha256', key).update(message(subject)).digest();
    const offset = mac[mac.length - 1]! & 0x0f;
    const number = mac.readBigUInt64BE(offset) % 10n ** BigInt(digits);
    return number.toString().padStart(digits, '0');
  };

  const matches = (subject: CodeSubject, keyId: string, typed: string): boolean => {
    const code = derive(subject, keyId);
    const right = Buffer.from(code ?? '-'.repeat(digits));
    const given = Buffer.from(typed);
    return given.length === right.length && timingSafeEqual(given, right) && code !== null;
  };

  const deriveToken = (purpose: string, id: string, bytes: number, keyId: string): string | null => {
    const key = byId.get(keyId);
    if (!key) return null;
    const mac = createHmac('sha256', key)
      .update(JSON.stringify([purpose, id]))
      .digest();
    return mac.subarray(0, bytes).toString('base64url');
  };

  return { currentKeyId: current.id, derive, deriveToken, matches };
}
