import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { AppError } from '../../kernel/errors.ts';
import { remembering } from '../../kernel/remembering.ts';

function startsWith(bytes: readonly number[], prefix: readonly number[]): boolean {
  return prefix.every((byte, n) => bytes[n] === byte);
}

/** The beginnings behind which an IPv6 address is an IPv4 one, and where in its 16 bytes that stands. */
const carriers: readonly { prefix: readonly number[]; at: (bytes: readonly number[]) => number[] }[] = [
  // RFC 4291 section 2.5.5: "compatible" and mapped, the former but for :: and ::1.
  { prefix: Array<number>(12).fill(0), at: lastFour },
  { prefix: [...Array<number>(10).fill(0), 0xff, 0xff], at: lastFour },
  // RFC 2765: translated.
  { prefix: [...Array<number>(8).fill(0), 0xff, 0xff, 0, 0], at: lastFour },
  // RFC 6052: NAT64. RFC 8215: a network's own.
  { prefix: [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0], at: lastFour },
  { prefix: [0, 0x64, 0xff, 0x9b, 0, 1], at: ofOwnNat64 },
  // RFC 3056: 6to4, a whole /48 of one IPv4 address.
  { prefix: [0x20, 0x02], at: (bytes) => bytes.slice(2, 6) },
];

function lastFour(bytes: readonly number[]): number[] {
  return bytes.slice(12);
}

/**
 * RFC 6052 section 2.2: the address follows a prefix of 96, 64, 56 or 48 bits, leaves out the ninth byte, and zeros fill
 * what is left; those tell how long the prefix is.
 */
function ofOwnNat64(bytes: readonly number[]): number[] {
  const last = bytes.findLastIndex((byte) => byte !== 0);
  if (last > 12 || bytes[8] !== 0) return bytes.slice(12);
  const packed = [...bytes.slice(0, 8), ...bytes.slice(9)];
  const start = last === 12 ? 8 : last === 11 ? 7 : 6;
  return packed.slice(start, start + 4);
}

/** What proxies write beside an address: quotes, brackets round IPv6, the port (RFC 7239 section 6). */
function bare(written: string): string {
  const text = /^"(.*)"$/.exec(written.trim())?.[1] ?? written.trim();
  if (isIP(text)) return text;
  const [, bracketed, other, port = '0'] = /^(?:\[([^[\]]*)\]|(.*?))(?::(\d{1,5}))?$/.exec(text) ?? [];
  return Number(port) <= 65_535 ? (bracketed ?? other ?? '') : '';
}

/**
 * The bytes of an address, however it is written: four of IPv4, which IPv6 may carry, or sixteen of IPv6. Null: it is
 * none.
 */
function bytesOf(written: string | undefined): number[] | null {
  const address = bare(written ?? '').split('%')[0]!;
  if (!isIP(address)) return null;
  const bytes = ipaddr.parse(address).toByteArray();
  if (bytes.length === 4 || startsWith(bytes, [...Array<number>(15).fill(0)])) return bytes;
  return carriers.find(({ prefix }) => startsWith(bytes, prefix))?.at(bytes) ?? bytes;
}

/** The first groups of an IPv6 address, in full. */
function leading(bytes: readonly number[], groups: number): string {
  return Array.from({ length: groups }, (_, n) =>
    (bytes[2 * n]! * 256 + bytes[2 * n + 1]!).toString(16),
  ).join(':');
}

function knownBytes(ip: string | undefined): number[] {
  const bytes = bytesOf(ip);
  if (bytes) return bytes;
  throw new AppError(400, "We can't tell which address this request comes from.");
}

/** How much more a /48 of IPv6 may do than a /64: a street of subscribers, or one with 65,536 networks. */
export const WIDER_HAS = 10;

/** Where per-address limits count an event. */
export interface AddressKeys {
  /** An IPv4 address, or the /64 of an IPv6 one, since one subscriber usually holds all of it (RFC 6177). */
  own: string;
  /** The /48 of an IPv6 address: as much as a site is given (RFC 6177), 65,536 times a /64. Null for IPv4. */
  wider: string | null;
}

/** Every request asks for those of its sender, and reading an address takes 10 µs. */
export const addressKeys = remembering(1_000, (ip: string | undefined): AddressKeys => {
  const bytes = knownBytes(ip);
  if (bytes.length === 4) return { own: bytes.join('.'), wider: null };
  return { own: `${leading(bytes, 4)}::/64`, wider: `${leading(bytes, 3)}::/48` };
});

/** The neighbourhood of an address, "the same place" for a person: IPv4 /24, IPv6 /48. */
export function networkKey(ip: string | undefined): string {
  const { own, wider } = addressKeys(ip);
  return wider ?? own.replace(/\d+$/, '0/24');
}

/** Whether somebody on this very machine asks (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3). */
export function isLoopback(ip: string | undefined): boolean {
  const bytes = bytesOf(ip);
  if (bytes?.length === 4) return bytes[0] === 127;
  return bytes !== null && bytes[15] === 1 && startsWith(bytes, Array<number>(15).fill(0));
}
