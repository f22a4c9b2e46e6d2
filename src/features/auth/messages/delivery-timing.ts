import { setTimeout as pause } from 'node:timers/promises';
import type { Mailer, Texter } from '../../../platform/messages/delivery.ts';

type Channel = 'email' | 'mobile';

/** Sending, and not sending in a way that nobody can tell from it. */
export interface DeliveryTiming {
  /** Sends, and remembers how long that took. */
  timed(channel: Channel, send: () => Promise<void>): Promise<void>;
  /** Takes as long as a message of this channel usually does. */
  delayLike(channel: Channel): Promise<void>;
  /** The same, and fails where the message would: an outage must not tell them apart. */
  dummySend(channel: Channel): Promise<void>;
}

/** `texter`: null where texts are not offered. */
export function createDeliveryTiming(mailer: Mailer, texter: Texter | null): DeliveryTiming {
  /** How long the last message of each kind took to hand over, in milliseconds. */
  const usualMs = { email: 100, mobile: 300 };
  return {
    async timed(channel, send) {
      const start = performance.now();
      await send();
      usualMs[channel] = performance.now() - start;
    },
    delayLike: (channel) => pause(usualMs[channel]),
    async dummySend(channel) {
      const start = performance.now();
      await (channel === 'email' ? mailer : texter)?.ready();
      await pause(Math.max(0, usualMs[channel] - (performance.now() - start)));
    },
  };
}
