import { setTimeout as pause } from 'node:timers/promises';
import type { Mailer, Texter } from '../../../platform/messages/delivery.ts';

type Channel = 'email' | 'mobile';

/** Makes not sending look like sending. */
export interface DeliveryTiming {
  timed(channel: Channel, send: () => Promise<void>): Promise<void>; // remembers how long sending took
  delayLike(channel: Channel): Promise<void>;
  /** Takes as long and fails like a real message, so that an outage tells nothing. */
  dummySend(channel: Channel): Promise<void>;
}

export function createDeliveryTiming(mailer: Mailer, texter: Texter | null): DeliveryTiming {
  /** Milliseconds of the last message. */
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
