import { hours, later } from '../../../kernel/clock.ts';
import { maskEmail } from '../../../kernel/email-address.ts';
import { maskPhone } from '../../../kernel/phone-number.ts';
import type { Channel } from '../../../platform/generated/prisma/enums.ts';
import type { Limited } from '../../../platform/limits.ts';
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

/** What was done to a channel's contact, of what it led to before and afterwards. */
export type ChangeKind = 'added' | 'changed' | 'removed';
export function changeKind({ oldKey, newKey }: { oldKey: string | null; newKey: string | null }): ChangeKind {
  return oldKey === null ? 'added' : newKey === null ? 'removed' : 'changed';
}

export const otherChannel = (channel: Channel): Channel => (channel === 'email' ? 'mobile' : 'email');

export const masked = (channel: Channel, destination: string): string =>
  channel === 'email' ? maskEmail(destination) : maskPhone(destination);

/** Whether a contact came to an account lately, and not with it. */
export function isNewContact(verifiedAt: Date | null, joinedAt: Date, now: Date): boolean {
  return verifiedAt !== null && verifiedAt > joinedAt && verifiedAt > later(now, -contactPolicy.newFor);
}

/** "email address", "mobile number": for sentences of pages and letters. */
export const channelWords: Record<Channel, string> = { email: 'email address', mobile: 'mobile number' };

/** For how long a change can be undone, for sentences. */
export const undoHours = contactPolicy.undoLifetime / hours(1);

/** How often an account may change its contacts. */
export function changesOf(userId: string): Limited {
  return { key: `contact-changes:${userId}`, rules: contactPolicy.perAccount };
}
