import { hours } from '../../kernel/clock.ts';
import { maskEmail } from '../../kernel/email-address.ts';
import { maskPhone } from '../../kernel/phone-number.ts';
import type { Channel } from '../../platform/generated/prisma/enums.ts';
import { contactPolicy } from './policy.ts';

/** Where one channel leads: an email as sent with its key, or E.164 twice. */
export interface Contact {
  destination: string;
  key: string;
}

/** What is proved of an account. */
export type Contacts = Record<Channel, Contact | null>;

export const otherChannel = (channel: Channel): Channel => (channel === 'email' ? 'mobile' : 'email');

export const masked = (channel: Channel, destination: string): string =>
  channel === 'email' ? maskEmail(destination) : maskPhone(destination);

/** "email address", "mobile number": for sentences of pages and letters. */
export const channelWords: Record<Channel, string> = { email: 'email address', mobile: 'mobile number' };

/** For how long a change can be undone, for sentences. */
export const undoHours = contactPolicy.undoLifetime / hours(1);
