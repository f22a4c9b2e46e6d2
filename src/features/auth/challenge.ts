import { minutes, secondsUntil } from '../../kernel/clock.ts';
import type { Channel, Delivery } from '../../platform/generated/prisma/enums.ts';
import { otpPolicy } from './policy.ts';

/** Purposes that have a table of codes; a code of one is worthless for another. */
export type Purpose = 'registration';

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
}

/**
 * For how many minutes after its sending the current code works: the law's ten, or fewer where the challenge ends
 * before.
 */
export const codeMinutes = ({ expiresAt, endsAt }: Challenge, now: Date): number =>
  expiresAt < endsAt ? otpPolicy.codeLifetime / minutes(1) : Math.ceil(secondsUntil(endsAt, now) / 60);

/** What the queue carries: enough to find the challenge, nothing that opens it. */
export interface MessageJob {
  purpose: Purpose;
  challengeId: string;
  send: number;
}
