import type { Redis } from 'ioredis';
import type { Clock } from '../../kernel/clock.ts';
import type { Mailer, Texter } from './delivery.ts';

export interface OutboxMessage {
  id: string;
  channel: 'email' | 'sms';
  to: string;
  subject?: string;
  text: string;
  html?: string;
  sentAt: string;
}

export interface Outbox {
  mailer: Mailer;
  texter: Texter;
  list(): Promise<OutboxMessage[]>;
}

const KEY = 'dev:outbox';
const KEPT = 200;

/** Keeps messages in Redis instead of sending them, so that every process of a developer shows the same. */
export function createOutbox(redis: Redis, clock: Clock): Outbox {
  const keep = async (message: Omit<OutboxMessage, 'id' | 'sentAt'>): Promise<void> => {
    const kept: OutboxMessage = { id: crypto.randomUUID(), ...message, sentAt: clock.now().toISOString() };
    await redis
      .multi()
      .lpush(KEY, JSON.stringify(kept))
      .ltrim(KEY, 0, KEPT - 1)
      .exec();
  };
  const ready = async (): Promise<void> => {};
  return {
    mailer: { send: (mail) => keep({ channel: 'email', ...mail }), ready },
    texter: { send: (sms) => keep({ channel: 'sms', ...sms }), ready },
    list: async () => (await redis.lrange(KEY, 0, -1)).map((line) => JSON.parse(line) as OutboxMessage),
  };
}
