import { minutes, secondsUntil } from '../../../kernel/clock.ts';
import type { Channel, Delivery, DeliveryTrouble } from '../../../platform/generated/prisma/enums.ts';
import { otpPolicy } from '../policy.ts';
import type { Purpose, StoredPurpose } from '../stored-words.ts';

export type { Purpose };

/** One run of one purpose from one session to one destination (a row; moments in UTC). */
export interface Challenge {
  id: string;
  channel: Channel;
  destination: string;
  destinationKey: string;
  decoy: boolean;
  keyId: string;
  reference: string;
  attempts: number;
  sends: number;
  failedSends: number;
  nextSendAt: Date;
  delivery: Delivery;
  expiresAt: Date;
  endsAt: Date;
  consumedAt: Date | null;
  createdAt: Date;
  /** The current send leaves no message: its destination has had its share. */
  muted: boolean;
  /** Why the current send is late or was not delivered. */
  trouble: DeliveryTrouble | null;
  /** Which send's code counts, where the newest could not be delivered; null: the newest. */
  codeSend: number | null;
  /** Password reset only: what was typed, in canonical form. */
  askedKey?: string;
  /** Whose; not of sign-ups, and null for a decoy of a password reset. */
  userId?: string | null;
  securityVersion?: number | null;
}

/** What only one purpose's table holds. */
export type ResetFacts = { askedKey: string; userId: string | null; securityVersion: number | null };
export type ContactFacts = { userId: string; securityVersion: number };
export type Facts = ResetFacts | ContactFacts;

/** How the key of something typed begins that is no contact: a username, or a number without its country. */
export const NAMED = 'named:';

/** Whether the visitor typed the very contact that messages go to: only then may a page speak of its limits. */
export function isTypedContact({
  askedKey,
  destinationKey,
}: Pick<Challenge, 'askedKey' | 'destinationKey'>): boolean {
  return askedKey === undefined || (askedKey === destinationKey && !askedKey.startsWith(NAMED));
}

/** What a challenge counts against. */
export function budgetKeysOf(c: Pick<Challenge, 'askedKey' | 'destinationKey'>) {
  return {
    asked: c.askedKey ?? c.destinationKey,
    destination: c.destinationKey,
  };
}

/**
 * For how many minutes after its sending the current code works: the law's ten, or fewer where the challenge ends
 * before.
 */
export function codeMinutes({ expiresAt, endsAt }: Challenge, now: Date): number {
  return expiresAt < endsAt ? otpPolicy.codeLifetime / minutes(1) : Math.ceil(secondsUntil(endsAt, now) / 60);
}

/**
 * Whether a code of a late message lives from when it leaves. Not on a reset: only an account has a message
 * that may be late, and its page must end when a decoy's does.
 */
export function livesFromDispatch(purpose: Purpose): boolean {
  return purpose !== 'reset';
}

/** The same in the message itself, which leaves now. */
export function minutesFromNow({ expiresAt, endsAt }: Challenge, purpose: Purpose, now: Date): number {
  const end = livesFromDispatch(purpose) ? endsAt : expiresAt;
  return Math.min(otpPolicy.codeLifetime / minutes(1), Math.ceil(secondsUntil(end, now) / 60));
}

/** Whether no further code may be sent in this run. */
export function isLastSend({ sends, failedSends }: Challenge): boolean {
  return sends - failedSends > otpPolicy.maxResends;
}

/** What the queue carries: enough to find the challenge, nothing that opens it. */
export interface MessageJob {
  purpose: StoredPurpose;
  challengeId: string;
  send: number;
}
