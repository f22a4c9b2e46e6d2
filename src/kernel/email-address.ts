import { domainToASCII } from 'node:url';

/** `address` is what mail is sent to; `key` is what uniqueness and budgets compare (case folded). */
export interface EmailAddress {
  address: string;
  key: string;
}

/** RFC 5321: a path is at most 256 octets with its brackets, so an address at most 254. */
export const EMAIL_MAX = 254;
/** RFC 5321 section 4.5.3.1.1. */
const LOCAL_MAX = 64;

/**
 * Dot-atom of RFC 5322, with the letters of RFC 6531 left out: few mailbox providers deliver to them. `=?` would
 * begin an encoded word.
 */
const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const writtenDomain = /^[\p{L}\p{M}\p{N}.-]+$/u;
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The characters that give an address its structure, in order. */
const structure = (s: string): string => s.replace(/[^@.]/g, '');

/**
 * Reads an email address as a person typed it. Null when it is none that we can send to.
 *
 * NFKC first, since phones type full-width letters; but a look-alike of `@` or `.` that NFKC would turn into the
 * real one changes where the address points, so it is refused. Gmail dots and +tags are kept: they are the person's
 * own.
 */
export const parseEmail = (typed: string): EmailAddress | null => {
  const trimmed = typed.trim();
  const text = trimmed.normalize('NFKC');
  if (structure(text) !== structure(trimmed)) return null;

  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  // Checked before IDNA, which would decode `%2e`, map `。` to a dot and drop what nobody can see.
  if (!writtenDomain.test(text.slice(at + 1)) || /\p{DI}/u.test(text)) return null;
  const domain = domainToASCII(text.slice(at + 1)).toLowerCase();
  const labels = domain.split('.');
  if (at < 1 || local.length > LOCAL_MAX || !localPart.test(local) || local.includes('=?')) return null;
  if (labels.length < 2 || !labels.every((l) => label.test(l)) || /^\d+$/.test(labels.at(-1)!)) return null;

  const address = `${local}@${domain}`;
  return address.length > EMAIL_MAX ? null : { address, key: address.toLowerCase() };
};

/**
 * The mailbox that a destination (email key or E.164) reaches, for budgets of messages and guesses: Gmail ignores
 * dots and what follows a plus, so its many spellings of one mailbox are one here. Elsewhere the spelling is the
 * mailbox.
 */
export const mailboxOf = (destinationKey: string): string => {
  const [local = '', domain] = destinationKey.split('@');
  if (domain !== 'gmail.com' && domain !== 'googlemail.com') return destinationKey;
  return `${local.replace(/\+.*$/, '').replaceAll('.', '')}@gmail.com`;
};

/** "ann@example.com" → "a••@example.com": a typing error in the domain shows, the person behind it does not. */
export const maskEmail = (address: string): string => {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}${'•'.repeat(Math.min(8, Math.max(2, at - 1)))}${address.slice(at)}`;
};
