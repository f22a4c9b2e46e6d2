import { later } from '../../../kernel/clock.ts';
import { maskEmail } from '../../../kernel/email-address.ts';
import { maskPhone } from '../../../kernel/phone-number.ts';
import type { Channel } from '../../../platform/generated/prisma/enums.ts';
import { contactPolicy } from '../policy.ts';

/** Where one channel leads: an email as sent with its key, or E.164 twice. */
export interface Contact {
  destination: string;
  key: string;
}

/** A contact that an account has, with when it was proved. */
export interface OwnContact extends Contact {
  verifiedAt: Date;
}

/** What is proved of an account. */
export type Contacts = Record<Channel, OwnContact | null>;

export function otherChannel(channel: Channel): Channel {
  return channel === 'email' ? 'mobile' : 'email';
}

export function masked(channel: Channel, destination: string): string {
  return channel === 'email' ? maskEmail(destination) : maskPhone(destination);
}

/** Whether a contact came to an account lately, and not with it. */
export function isNewContact(verifiedAt: Date | null, joinedAt: Date, now: Date): boolean {
  return verifiedAt !== null && verifiedAt > joinedAt && verifiedAt > later(now, -contactPolicy.newFor);
}

/** "email address", "mobile number": for sentences of pages and letters. */
export const channelWords: Record<Channel, string> = { email: 'email address', mobile: 'mobile number' };
