import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { OtpKey } from '../config/values.ts';
import type { Random } from '../kernel/ids.ts';

/** `text` is base64url of nonce, tag and what is sealed. */
export interface Sealed {
  keyId: string;
  text: string;
}

export interface Sealing {
  readonly currentKeyId: string;
  /** `context` has to be said again to open it: whose it is, what for. */
  seal(secret: string, context: string): Sealed;
  /** Null: its key has been retired, or it isn't of this context. */
  open(sealed: Sealed, context: string): string | null;
}

/** AES-256-GCM, 96 bits of nonce by chance: good for 2^32 secrets a key (NIST SP 800-38D, 8.3). */
const algorithm = 'aes-256-gcm';
const [nonceBytes, tagBytes] = [12, 16];

/** Secrets that have to be read again, under the first of these keys; each purpose has its own of each (HKDF, RFC 5869). */
export function createSealing(keys: readonly OtpKey[], purpose: string, random: Random): Sealing {
  const derived = new Map(
    keys.map(({ id, key }) => [id, Buffer.from(hkdfSync('sha256', key, '', `chatlink/${purpose}`, 32))]),
  );
  const [currentKeyId, current] = [...derived][0] ?? [];
  if (!current || currentKeyId === undefined) throw new Error('createSealing needs at least one key');

  return {
    currentKeyId,
    seal(secret, context) {
      const nonce = random.bytes(nonceBytes);
      const cipher = createCipheriv(algorithm, current, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      const text = Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
      return { keyId: currentKeyId, text };
    },
    open({ keyId, text }, context) {
      const key = derived.get(keyId);
      const bytes = Buffer.from(text, 'base64url');
      if (!key || bytes.length < nonceBytes + tagBytes) return null;
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes));
      decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      try {
        const body = decipher.update(bytes.subarray(nonceBytes + tagBytes));
        return Buffer.concat([body, decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}
