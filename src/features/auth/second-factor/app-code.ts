import { generateSecret, generateSync, generateURI, verifySync } from 'otplib';
import { findCode } from '../../../kernel/one-time-code.ts';
import { appCodePolicy } from '../policy.ts';

const site = 'ChatLink';

/** 160 bits in base32, as RFC 4226 (R6) recommends. */
export function newAppKey(): string {
  return generateSecret({ length: appCodePolicy.keyBytes });
}

/** What the picture for an app says. */
export function appAddress(key: string, username: string): string {
  return generateURI({ issuer: site, label: username, secret: key });
}

/** As people type it. */
export function keyInGroups(key: string): string {
  return key.match(/.{1,4}/g)!.join(' ');
}

/** What an app with this key shows. */
export function codeAt(key: string, now: Date): string {
  return generateSync({ secret: key, epoch: Math.floor(now.getTime() / 1000) });
}

/** The step (RFC 6238) whose code this is, at most one before or after that of `now`; null: of none of them. */
export function stepOf(key: string, typed: string, now: Date): number | null {
  const token = findCode(typed, appCodePolicy.digits);
  if (token === null) return null;
  const epoch = Math.floor(now.getTime() / 1000);
  const result = verifySync({ secret: key, token, epoch, epochTolerance: appCodePolicy.period });
  return result.valid && 'timeStep' in result ? result.timeStep : null;
}
