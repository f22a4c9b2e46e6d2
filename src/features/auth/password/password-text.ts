import { passwordPolicy } from '../policy.ts';

/** UAX #15, "Maximum Expansion Factor": no text is more than three times as long in UTF-8 as its NFC. */
const LONGER_TYPED = 3;

/** A password as it is compared and hashed: in NFC. Null when it is too long, before any work is spent on it. */
export function normalPassword(typed: string): string | null {
  const { maxBytes } = passwordPolicy;
  if (typed.length > maxBytes * LONGER_TYPED) return null;
  const normal = typed.normalize('NFC');
  return Buffer.byteLength(normal) > maxBytes ? null : normal;
}
