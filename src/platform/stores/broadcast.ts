import type { Redis } from 'ioredis';

export interface Listener {
  message(channel: string, text: string): void;
  /** Redis was away: what was said meanwhile is lost. */
  missed(): void;
}

/** What processes tell each other. Nothing is kept: who does not listen misses it. */
export interface Broadcast {
  /** False: it was not sent, since Redis is away or too far behind. */
  publish(channel: string, text: string): boolean;
  /** Resolves when it is heard. */
  subscribe(channel: string): Promise<void>;
  unsubscribe(channel: string): void;
  /** Finds out whether the connection still works, and opens another one if not. */
  check(): Promise<void>;
  close(): void;
  listener: Listener | null;
}

/** That Redis has not taken yet: each waits in memory. */
const IN_HAND = 1_000;

/** Sharded channels: a Redis Cluster places them by what stands in braces. `listening` is nobody else's. */
export function createBroadcast(redis: Redis, listening: Redis): Broadcast {
  const wanted = new Set<string>();
  let inHand = 0;
  let wasReady = listening.status === 'ready';
  const broadcast: Broadcast = {
    listener: null,
    publish(channel, text) {
      if (redis.status !== 'ready' || inHand >= IN_HAND) return false;
      inHand++;
      void redis
        .spublish(channel, text)
        .catch(() => {})
        .finally(() => inHand--);
      return true;
    },
    async subscribe(channel) {
      wanted.add(channel);
      await listening.ssubscribe(channel);
    },
    unsubscribe(channel) {
      wanted.delete(channel);
      listening.sunsubscribe(channel).catch(() => {});
    },
    async check() {
      if (listening.status !== 'ready') return;
      await listening.ping().catch(() => listening.disconnect(true));
    },
    close: () => listening.disconnect(),
  };
  listening.on('smessage', (channel: string, text: string) => broadcast.listener?.message(channel, text));
  listening.on('ready', () => {
    const again = [...wanted].map((channel) => listening.ssubscribe(channel));
    void Promise.allSettled(again).then(() => {
      if (wasReady) broadcast.listener?.missed();
      wasReady = true;
    });
  });
  return broadcast;
}
