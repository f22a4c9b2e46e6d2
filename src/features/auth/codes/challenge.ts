import { minutes, secondsUntil } from '../../../kernel/clock.ts';
import type { Channel, Delivery, DeliveryTrouble } from '../../../platform/generated/prisma/enums.ts';
import { otpPolicy } from '../policy.ts';
import type { Purpose, StoredPurpose } from '../stored-words.ts';

export type { Purpose };

/** A row; one run of one purpose from one session to one destination. */
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
  suppressed: boolean; // the current send has no message: its destination has had its share
  trouble: DeliveryTrouble | null;
  codeSend: number | null; // whose code counts when the newest wasn't delivered; null: the newest's
  askedKey?: string; // resets only: what was typed, in canonical form
  userId?: string | null; // undefined for sign-ups, null for decoys of resets
  securityVersion?: number | null;
}

export type ResetFacts = { askedKey: string; userId: string | null; securityVersion: number | null };
export type ContactFacts = { userId: string; securityVersion: number };
export type Facts = ResetFacts | ContactFacts;

/** Prefix of the key of a username, or of a number without country. */
export const NAMED = 'named:';

/** Only then may a page speak of its limits. */
export function isTypedContact({
  askedKey,
  destinationKey,
}: Pick<Challenge, 'askedKey' | 'destinationKey'>): boolean {
  return askedKey === undefined || (askedKey === destinationKey && !askedKey.startsWith(NAMED));
}

export function budgetKeysOf(c: Pick<Challenge, 'askedKey' | 'destinationKey'>) {
  return {
    asked: c.askedKey ?? c.destinationKey,
    destination: c.destinationKey,
  };
}

/** Ten minutes, or fewer where the challenge ends before. */
export function codeMinutes({ expiresAt, endsAt }: Challenge, now: Date): number {
  return expiresAt < endsAt ? otpPolicy.codeLifetime / minutes(1) : Math.ceil(secondsUntil(endsAt, now) / 60);
}

/** A late code lives from when it leaves; not on resets, whose pages must look the same for decoys. */
export function livesFromDispatch(purpose: Purpose): boolean {
  return purpose !== 'reset';
}

export function minutesFromNow({ expiresAt, endsAt }: Challenge, purpose: Purpose, now: Date): number {
  const end = livesFromDispatch(purpose) ? endsAt : expiresAt;
  return Math.min(otpPolicy.codeLifetime / minutes(1), Math.ceil(secondsUntil(end, now) / 60));
}

export function isLastSend({ sends, failedSends }: Challenge): boolean {
  return sends - failedSends > otpPolicy.maxResends;
}

/** Finds the challenge, but opens nothing. */
export interface MessageJob {
  purpose: StoredPurpose;
  challengeId: string;
  send: number;
  /** Of the page that asked, for whoever has no account; not in jobs of the release before. */
  locale?: string;
}
