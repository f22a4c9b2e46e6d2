import { later } from '../../../kernel/clock.ts';
import { isBarred } from '../accounts/account.store.ts';
import { deviceFirst } from '../devices/device-first.ts';
import type { EventNews } from '../history/security-events.store.ts';
import { deletionPolicy } from '../policy.ts';

/** Signing in takes it back, but not for whoever is kept out by the desk. */
export interface DeletionMessage {
  kind: 'account-deletion';
  username: string;
  at: Date;
  device: string;
  /** `until`: when they may come back, before the account ends; null: not before. */
  barred: { until: Date | null } | null;
}

/** Null: they have come back meanwhile. */
export function deletionMessage(news: EventNews, now: Date): DeletionMessage | null {
  const { username, at, device, purgeAt, bannedAt, suspendedUntil } = news;
  if (!purgeAt) return null;
  const until =
    bannedAt === null && suspendedUntil !== null && suspendedUntil < purgeAt ? suspendedUntil : null;
  const barred = isBarred(news, now) ? { until } : null;
  return { kind: 'account-deletion', username, at, device, barred };
}

export function deletionModel(
  { username, at, device, barred }: DeletionMessage,
  link: (path: string) => string,
) {
  return {
    username,
    at: at.getTime(),
    deviceFirst: deviceFirst(device),
    until: later(at, deletionPolicy.grace).getTime(),
    isBarred: barred !== null,
    barredUntil: barred?.until?.getTime() ?? null,
    loginUrl: link('/login'),
    forgotUrl: link('/password/forgot'),
  };
}
