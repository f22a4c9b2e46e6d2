import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';

const services = ['smtp', 'redis', 'postgres', 's3', 'twilio'] as const;
export type Service = (typeof services)[number];

/** "redis,smtp" */
export const plaintextList = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim().toLowerCase()))
  .pipe(z.array(z.enum(services, `must be of ${services.join(', ')}, divided by commas`)));

/** RFC 6761, 6762, 8375, ICANN's `.internal`, Kubernetes's `.svc`. */
const privateName = /^[^.]+$|\.(localhost|local|internal|home\.arpa|lan|svc|svc\.[\w.-]+)\.?$/i;

function hostOf(url: URL): string {
  return (url.searchParams.get('host') ?? url.hostname).replace(/^\[(.*)\]$/, '$1').toLowerCase();
}

/** Over loopback or a Unix socket. */
export function isThisMachine(address: string): boolean {
  const host = hostOf(new URL(address));
  if (host === '' || host.startsWith('/') || /(^|\.)localhost\.?$/.test(host)) return true;
  return isIP(host) !== 0 && ipaddr.process(host).range() === 'loopback';
}

function isPrivate(address: string): boolean {
  if (isThisMachine(address)) return true;
  const host = hostOf(new URL(address));
  if (isIP(host) === 0) return privateName.test(host);
  return ['private', 'uniqueLocal', 'linkLocal', 'carrierGradeNat'].includes(ipaddr.process(host).range());
}

function speaksTls(url: URL): boolean {
  return (
    url.protocol === 'rediss:' ||
    url.protocol === 'https:' ||
    /^(require|verify-ca|verify-full|no-verify)$/.test(url.searchParams.get('sslmode') ?? '') ||
    /^(true|1)$/.test(url.searchParams.get('ssl') ?? '')
  );
}

/** Beyond private networks TLS is required, unless ALLOW_PLAINTEXT says otherwise. */
export function plaintextFaults(given: Record<string, string | undefined>): string[] {
  const stores: [string, Service, string][] = [
    ['DATABASE_URL', 'postgres', 'add ?sslmode=verify-full'],
    ['REDIS_URL', 'redis', 'begin it with rediss:'],
    ['S3_ENDPOINT', 's3', 'begin it with https:'],
    ['TWILIO_API_URL', 'twilio', 'begin it with https:'],
  ];
  const allowed = plaintextList.safeParse(given.ALLOW_PLAINTEXT ?? '').data ?? [];
  return stores.flatMap(([name, service, how]) => {
    const address = given[name] ?? '';
    if (!URL.canParse(address) || speaksTls(new URL(address))) return [];
    if (isPrivate(address) || allowed.includes(service)) return [];
    return [`${name}: would be asked in clear over the network; ${how}, or set ALLOW_PLAINTEXT=${service}`];
  });
}
