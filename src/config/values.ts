import { z } from 'zod';

/** A whole number written in digits. */
export const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));

/** An absolute URL with one of these protocols, kept as text. */
export const url = (protocols: string[]) =>
  z.string().refine(
    (text) => {
      try {
        return protocols.includes(new URL(text).protocol);
      } catch {
        return false;
      }
    },
    `must be a URL beginning with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  );

/** HMAC keys of one-time codes: 32 bytes is the output of SHA-256 (RFC 2104 asks for no less). */
const OTP_KEY_BYTES = 32;

export interface OtpKey {
  id: string;
  key: Buffer;
}

/** `id:base64,id:base64`; the first signs, the others verify codes that are still on their way. */
export const otpKeys = z.string().transform((text, ctx): OtpKey[] => {
  const keys = text.split(',').map((part) => {
    const [id = '', base64 = ''] = part.trim().split(':');
    return { id, key: Buffer.from(base64, 'base64') };
  });
  const ids = new Set(keys.map((k) => k.id));
  if (
    ids.size !== keys.length ||
    keys.some((k) => !/^[\w-]{1,32}$/.test(k.id) || k.key.length < OTP_KEY_BYTES)
  ) {
    ctx.addIssue({
      code: 'custom',
      message: `must be id:base64 pairs divided by commas, ids different, each key at least ${OTP_KEY_BYTES} bytes`,
    });
    return z.NEVER;
  }
  return keys;
});

/** "DE,FR,us": ISO 3166-1 alpha-2. */
export const countryList = z
  .string()
  .transform((text) => text.split(',').map((code) => code.trim().toUpperCase()))
  .refine(
    (codes) => codes.every((code) => /^[A-Z]{2}$/.test(code)),
    'must be alpha-2 country codes divided by commas',
  );
