import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

export interface Hmac {
  /** As base64url. Where one text ends counts: ("ab", "c") is not ("a", "bc"). */
  mac(...texts: readonly string[]): string;
  isRight(given: string, ...texts: readonly string[]): boolean; // in constant time
}

/** Derives one purpose's own key from the site's secret (HKDF, RFC 5869). */
export function deriveHmac(secret: string, purpose: string): Hmac {
  const key = Buffer.from(hkdfSync('sha256', secret, '', `chatlink/${purpose}`, 32));
  const mac = (...texts: readonly string[]): string =>
    createHmac('sha256', key).update(JSON.stringify(texts)).digest('base64url');
  return {
    mac,
    isRight: (given, ...texts) => {
      const [right, typed] = [Buffer.from(mac(...texts)), Buffer.from(given)];
      return right.length === typed.length && timingSafeEqual(right, typed);
    },
  };
}
