import { isIPv6 } from 'node:net';

/** The first groups of an IPv6 address, in full. */
const leading = (ip: string, groups: number): string => {
  const [head = '', tail] = ip.split('%')[0]!.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return [...left, ...zeros, ...right]
    .slice(0, groups)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
};

/** IPv4 addresses that arrive over an IPv6 socket. */
const plain = (ip: string): string => /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1] ?? ip;

/**
 * What per-address limits count: an IPv4 address, or the /64 of an IPv6 one, since one subscriber usually holds all of
 * it (RFC 6177).
 */
export const addressKey = (ip: string | undefined): string => {
  if (!ip) return 'unknown';
  const address = plain(ip);
  return isIPv6(address) ? `${leading(address, 4)}::/64` : address;
};

/** The neighbourhood of an address, "the same place" for a person: IPv4 /24, IPv6 /48. */
export const networkKey = (ip: string | undefined): string => {
  if (!ip) return 'unknown';
  const address = plain(ip);
  return isIPv6(address) ? `${leading(address, 3)}::/48` : `${address.split('.').slice(0, 3).join('.')}.0/24`;
};
