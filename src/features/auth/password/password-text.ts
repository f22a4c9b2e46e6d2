import { passwordPolicy } from '../policy.ts';

const LONGER_TYPED = 3; // UAX #15, "Maximum Expansion Factor": UTF-8 is at most three times as long as its NFC

/** In NFC. Null when too long, before any work is spent on it. */
export function normalPassword(typed: string): string | null {
  const { maxBytes } = passwordPolicy;
  if (typed.length > maxBytes * LONGER_TYPED) return null;
  const normal = typed.normalize('NFC');
  return Buffer.byteLength(normal) > maxBytes ? null : normal;
}
