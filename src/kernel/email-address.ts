import { domainToASCII } from 'node:url';
import { decimalDigits, trimmed } from './text/typed.ts';

/** Mail goes to `address`; `key` (case folded) is what uniqueness and budgets compare. */
export interface EmailAddress {
  address: string;
  key: string;
}

/** RFC 5321: a path has at most 256 octets, with its brackets. */
export const EMAIL_MAX = 254;
const LOCAL_MAX = 64; // RFC 5321, 4.5.3.1.1

/** RFC 5322's dot-atom without RFC 6531's letters, which few providers deliver. `=?` would begin an encoded word. */
const atom = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const localPart = new RegExp(`^${atom}(\\.${atom})*$`, 'i');
/** Japanese carriers gave out addresses with adjacent dots, or one before the @. */
const looseLocalPart = new RegExp(`^${atom}(\\.+${atom})*\\.*$`, 'i');
const looseDomains = new Set(['docomo.ne.jp', 'ezweb.ne.jp', 'au.com', 'softbank.ne.jp']);
const writtenDomain = /^[\p{L}\p{M}\p{N}.-]+$/u;
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

function structure(s: string): string {
  return s.replace(/[^@.]/g, '');
}

/** RFC 5321, 4.1.2: people copy the quoted form; the mailer adds quotes itself. */
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
 * Null when we can't send to it. NFKC, since phones type full-width letters. What could pass for another address is
 * refused: look-alikes of `@` and `.`, and invisible characters. Gmail's dots and +tags are kept.
 */
export function parseEmail(typed: string): EmailAddress | null {
  const text = trimmed(typed);
  const normal = text.normalize('NFKC');
  if (structure(normal) !== structure(text)) return null;

  const at = normal.lastIndexOf('@');
  const local = unquoted(decimalDigits(normal.slice(0, Math.max(at, 0))));
  // Before IDNA, which decodes `%2e`, maps `。` to a dot and drops invisible characters.
  if (!writtenDomain.test(normal.slice(at + 1)) || hidesSomething(normal)) return null;
  const domain = domainToASCII(normal.slice(at + 1)).toLowerCase();
  if (!isDomain(domain) || !isLocalPart(local, domain)) return null;

  const address = `${local}@${domain}`;
  return address.length > EMAIL_MAX ? null : { address, key: address.toLowerCase() };
}

export function hidesSomething(typed: string): boolean {
  return /\p{DI}/u.test(trimmed(typed));
}

/** `ignored`: characters that make no difference there. */
export const mailboxProviders = [
  { domains: ['gmail.com', 'googlemail.com'], ignored: '.' },
  { domains: ['proton.me', 'protonmail.com', 'pm.me'], ignored: '._-' },
  { domains: ['icloud.com', 'me.com', 'mac.com'], ignored: '' },
  { domains: ['yandex.com', 'yandex.ru', 'yandex.by', 'yandex.kz', 'ya.ru'], ignored: '.-' },
] as const;

/** For budgets: a +tag is the owner's own nearly everywhere (RFC 5233), and some providers ignore more. */
export function mailboxOf(destinationKey: string): string {
  const [local = '', domain] = destinationKey.split('@');
  if (domain === undefined) return destinationKey;
  const name = local.replace(/(?<=.)\+.*$/, '');
  const provider = mailboxProviders.find(({ domains }) => domains.some((one) => one === domain));
  if (!provider) return `${name}@${domain}`;
  const letters = Array.from(name).filter((letter) => !provider.ignored.includes(letter));
  return `${letters.join('')}@${provider.domains[0]}`;
}

/** "ann@example.com" → "a••@example.com": typos in the domain show, the person doesn't. */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}${'•'.repeat(Math.min(8, Math.max(2, at - 1)))}${address.slice(at)}`;
}
