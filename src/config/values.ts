import { z } from 'zod';
import { parseEmail } from '../kernel/email-address.ts';
import { isCountry } from '../kernel/places.ts';

export function integer(min: number, max: number) {
  return z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));
}

function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

export function url(protocols: string[]) {
  const form = `a URL beginning with ${protocols.map((p) => `${p}//`).join(' or ')}`;
  return z
    .string(`must be set: ${form}`)
    .refine((text) => protocols.includes(urlOf(text)?.protocol ?? ''), `must be ${form}`);
}

/** Cookies and links know no path before theirs. */
export const wholeSite = url(['http:', 'https:']).refine((text) => {
  const address = urlOf(text);
  return !address || address.href === `${address.origin}/`;
}, 'must end after the host and port, without path, query or user: https://chatlink.example');

export const mailFrom = z
  .string()
  .refine(
    (text) => parseEmail(/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text),
    'must hold the address that mail comes from: ChatLink <hello@chatlink.example>',
  );

const emailAddress = z
  .string()
  .refine((text) => parseEmail(text), 'must be an email address: abuse@chatlink.example');

export const email = z.string().trim().pipe(emailAddress);

/** An email address is written as one; RFC 9116 wants a URI. */
export const contactUri = z
  .string()
  .trim()
  .refine(
    (text) => parseEmail(text.replace(/^mailto:/i, '')) || urlOf(text)?.protocol === 'https:',
    'must be an email address, or an address beginning with https://',
  )
  .transform((text) => (parseEmail(text) ? `mailto:${text}` : text));

/** E.164, a short code, or Twilio's alphanumeric sender ID. */
export const smsSender = z
  .string()
  .regex(
    /^(\+[1-9]\d{6,14}|\d{3,8}|(?=.*[a-z])[a-z\d ]{1,11})$/i,
    'must be a number such as +15005550006, a short code, or a name of at most 11 letters, digits and spaces with a letter among them',
  );

const OTP_KEY_BYTES = 32; // the output of SHA-256 (RFC 2104 asks for no less)

export interface OtpKey {
  id: string;
  key: Buffer;
}

/** `id:base64,id:base64`; the first signs, the others verify older codes. */
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
    (codes) => codes.every(isCountry),
    'must be alpha-2 codes of countries (ISO 3166-1) divided by commas: DE,FR',
  );
