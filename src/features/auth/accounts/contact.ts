import { later } from '../../../kernel/clock.ts';
import { maskEmail } from '../../../kernel/email-address.ts';
import { maskPhone } from '../../../kernel/phone-number.ts';
import type { Channel } from '../../../platform/generated/prisma/enums.ts';
import { contactPolicy } from '../policy.ts';

/** An address with its key, or E.164 twice. */
export interface Contact {
  destination: string;
  key: string;
}

export interface OwnContact extends Contact {
  verifiedAt: Date;
}

/** `country` is the numbering plan's, for mobile numbers. */
export interface TypedContact {
  channel: Channel;
  destination: string;
  destinationKey: string;
  country: string | null;
}

export type Contacts = Record<Channel, OwnContact | null>;

export function otherChannel(channel: Channel): Channel {
  return channel === 'email' ? 'mobile' : 'email';
}

export function masked(channel: Channel, destination: string): string {
  return channel === 'email' ? maskEmail(destination) : maskPhone(destination);
}

/** Added lately, and not when joining. */
export function isNewContact(verifiedAt: Date | null, joinedAt: Date, now: Date): boolean {
  return verifiedAt !== null && verifiedAt > joinedAt && verifiedAt > later(now, -contactPolicy.newFor);
}
