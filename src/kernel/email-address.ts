import { domainToASCII } from 'node:url';
import { decimalDigits, trimmed } from './text/typed.ts';

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
const atom = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const localPart = new RegExp(`^${atom}(\\.${atom})*$`, 'i');
/** Japanese carriers gave out addresses whose dots stand side by side or before the @; many people still have one. */
const looseLocalPart = new RegExp(`^${atom}(\\.+${atom})*\\.*$`, 'i');
const looseDomains = new Set(['docomo.ne.jp', 'ezweb.ne.jp', 'au.com', 'softbank.ne.jp']);
const writtenDomain = /^[\p{L}\p{M}\p{N}.-]+$/u;
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The characters that give an address its structure, in order. */
function structure(s: string): string {
  return s.replace(/[^@.]/g, '');
}

/**
 * RFC 5321 section 4.1.2: what is no dot-atom is quoted on its way, which the mailer does. People copy it in that form, too.
 */
function unquoted(local: string): string {
  return /^"([^"\\\s]*)"$/.exec(local)?.[1] ?? local;
}

function isLocalPart(local: string, domain: string): boolean {
  if (local.length > LOCAL_MAX || local.includes('=?')) return false;
  return (looseDomains.has(domain) ? looseLocalPart : localPart).test(local);
}

function isDomain(domain: string): boolean {
  const labels = domain.split('.');
  return labels.length >= 2 && labels.every((l) => label.test(l)) && !/^\d+$/.test(labels.at(-1)!);
}

/**
 * Reads an email address as a person typed it, without what nobody sees around it. Null when it is none that we can
 * send to.
 *
 * NFKC first, since phones type full-width letters; but a look-alike of `@` or `.` that NFKC would turn into the
 * real one changes where the address points, so it is refused, and so is what nobody sees inside: two addresses would
 * look the same. Gmail dots and +tags are kept: they are the person's own.
 */
export function parseEmail(typed: string): EmailAddress | null {
  const text = trimmed(typed);
  const normal = text.normalize('NFKC');
  if (structure(normal) !== structure(text)) return null;

  const at = normal.lastIndexOf('@');
  const local = unquoted(decimalDigits(normal.slice(0, Math.max(at, 0))));
  // Checked before IDNA, which would decode `%2e`, map `。` to a dot and drop what nobody can see.
  if (!writtenDomain.test(normal.slice(at + 1)) || hidesSomething(normal)) return null;
  const domain = domainToASCII(normal.slice(at + 1)).toLowerCase();
  if (!isDomain(domain) || !isLocalPart(local, domain)) return null;

  const address = `${local}@${domain}`;
  return address.length > EMAIL_MAX ? null : { address, key: address.toLowerCase() };
}

/** Whether something that nobody sees stands inside a text. */
export function hidesSomething(typed: string): boolean {
  return /\p{DI}/u.test(trimmed(typed));
}

/** Domains at which a name reaches one mailbox, and the signs in it that make no difference there. */
export const mailboxProviders = [
  { domains: ['gmail.com', 'googlemail.com'], ignored: '.' },
  { domains: ['proton.me', 'protonmail.com', 'pm.me'], ignored: '._-' },
  { domains: ['icloud.com', 'me.com', 'mac.com'], ignored: '' },
  { domains: ['yandex.com', 'yandex.ru', 'yandex.by', 'yandex.kz', 'ya.ru'], ignored: '.-' },
] as const;

/**
 * The mailbox that a destination (email key or E.164) reaches, for budgets of messages and guesses: what follows a plus is
 * the person's own nearly everywhere (RFC 5233), and some providers know more spellings of one mailbox.
 */
export function mailboxOf(destinationKey: string): string {
  const [local = '', domain] = destinationKey.split('@');
  if (domain === undefined) return destinationKey;
  const name = local.replace(/(?<=.)\+.*$/, '');
  const provider = mailboxProviders.find(({ domains }) => domains.some((one) => one === domain));
  if (!provider) return `${name}@${domain}`;
  const letters = Array.from(name).filter((letter) => !provider.ignored.includes(letter));
  return `${letters.join('')}@${provider.domains[0]}`;
}

/** "ann@example.com" → "a••@example.com": a typing error in the domain shows, the person behind it does not. */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}${'•'.repeat(Math.min(8, Math.max(2, at - 1)))}${address.slice(at)}`;
}
