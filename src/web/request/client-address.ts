import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { AppError } from '../../kernel/errors.ts';
import { message } from '../../kernel/message.ts';
import { remembering } from '../../kernel/remembering.ts';

function startsWith(bytes: readonly number[], prefix: readonly number[]): boolean {
  return prefix.every((byte, n) => bytes[n] === byte);
}

/** IPv6 prefixes that carry an IPv4 address, and where. */
const carriers: readonly { prefix: readonly number[]; at: (bytes: readonly number[]) => number[] }[] = [
  // RFC 4291, 2.5.5: "compatible", but for :: and ::1, and mapped.
  { prefix: Array<number>(12).fill(0), at: lastFour },
  { prefix: [...Array<number>(10).fill(0), 0xff, 0xff], at: lastFour },
  // RFC 2765: translated.
  { prefix: [...Array<number>(8).fill(0), 0xff, 0xff, 0, 0], at: lastFour },
  // RFC 6052: NAT64. RFC 8215: local NAT64.
  { prefix: [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0], at: lastFour },
  { prefix: [0, 0x64, 0xff, 0x9b, 0, 1], at: ofOwnNat64 },
  // RFC 3056: 6to4, a /48 of one IPv4 address.
  { prefix: [0x20, 0x02], at: (bytes) => bytes.slice(2, 6) },
];

function lastFour(bytes: readonly number[]): number[] {
  return bytes.slice(12);
}

/** RFC 6052, 2.2: after 96, 64, 56 or 48 bits, without the ninth byte; the zeros at the end tell which. */
function ofOwnNat64(bytes: readonly number[]): number[] {
  const last = bytes.findLastIndex((byte) => byte !== 0);
  if (last > 12 || bytes[8] !== 0) return bytes.slice(12);
  const packed = [...bytes.slice(0, 8), ...bytes.slice(9)];
  const start = last === 12 ? 8 : last === 11 ? 7 : 6;
  return packed.slice(start, start + 4);
}

/** Without quotes, brackets and port (RFC 7239, 6). */
function bare(written: string): string {
  const text = /^"(.*)"$/.exec(written.trim())?.[1] ?? written.trim();
  if (isIP(text)) return text;
  const [, bracketed, other, port = '0'] = /^(?:\[([^[\]]*)\]|(.*?))(?::(\d{1,5}))?$/.exec(text) ?? [];
  return Number(port) <= 65_535 ? (bracketed ?? other ?? '') : '';
}

/** 4 or 16; an IPv4 address inside IPv6 gives 4. */
function bytesOf(written: string | undefined): number[] | null {
  const address = bare(written ?? '').split('%')[0]!;
  if (!isIP(address)) return null;
  const bytes = ipaddr.parse(address).toByteArray();
  if (bytes.length === 4 || startsWith(bytes, [...Array<number>(15).fill(0)])) return bytes;
  return carriers.find(({ prefix }) => startsWith(bytes, prefix))?.at(bytes) ?? bytes;
}

function leading(bytes: readonly number[], groups: number): string {
  return Array.from({ length: groups }, (_, n) =>
    (bytes[2 * n]! * 256 + bytes[2 * n + 1]!).toString(16),
  ).join(':');
}

function knownBytes(ip: string | undefined): number[] {
  const bytes = bytesOf(ip);
  if (bytes) return bytes;
  throw new AppError(400, message('web.request.address'));
}

/** Than a /64: it may be a whole street, or one subscriber. */
export const WIDER_HAS = 10;

export interface AddressKeys {
  own: string; // for IPv6 its /64, which one subscriber usually has (RFC 6177)
  wider: string | null; // the /48, which one site has (RFC 6177); null for IPv4
}

/** Parsing takes 10 µs, and every request asks. */
export const addressKeys = remembering(1_000, (ip: string | undefined): AddressKeys => {
  const bytes = knownBytes(ip);
  if (bytes.length === 4) return { own: bytes.join('.'), wider: null };
  return { own: `${leading(bytes, 4)}::/64`, wider: `${leading(bytes, 3)}::/48` };
});

/** About one place: IPv4 /24, IPv6 /48. */
export function networkKey(ip: string | undefined): string {
  const { own, wider } = addressKeys(ip);
  return wider ?? own.replace(/\d+$/, '0/24');
}

/** RFC 1122, 3.2.1.3; RFC 4291, 2.5.3. */
export function isLoopback(ip: string | undefined): boolean {
  const bytes = bytesOf(ip);
  if (bytes?.length === 4) return bytes[0] === 127;
  return bytes !== null && bytes[15] === 1 && startsWith(bytes, Array<number>(15).fill(0));
}
