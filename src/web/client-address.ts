import { isIPv6 } from 'node:net';

/**
 * The first four groups of an IPv6 address: one subscriber usually holds a whole /64 (RFC 6177), so that is what is
 * counted.
 */
const network64 = (ip: string): string => {
  const [head = '', tail] = ip.split('%')[0]!.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
};

/** What per-address limits count: an IPv4 address, or the /64 of an IPv6 one. */
export const addressKey = (ip: string | undefined): string => {
  if (!ip) return 'unknown';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped) return mapped[1]!;
  return isIPv6(ip) ? `${network64(ip)}::/64` : ip;
};
