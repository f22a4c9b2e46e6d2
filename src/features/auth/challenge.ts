import type { Channel, Delivery } from '../../platform/generated/prisma/enums.ts';

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

/** What the queue carries: enough to find the challenge, nothing that opens it. */
export interface MessageJob {
  purpose: Purpose;
  challengeId: string;
  send: number;
}
