import { createHash } from 'node:crypto';
import type { TestHouse } from './house.ts';

/** Counts that many events of this moment against a limit, as so many visitors would have. */
export async function fillLimit({ stores, clock }: TestHouse, limit: string, count: number): Promise<void> {
  const now = clock.now().getTime();
  const events = Array.from({ length: count }, (_, n) => [now, `earlier-${n}`]).flat();
  await stores.redis.zadd(`limit:${limit}`, ...events);
}

/**
 * Where Redis counts the wrong passwords of an identifier ("username:ann"): under a hash, since people type
 * passwords into the wrong field.
 */
export function throttleKey(identifier: string): string {
  return `backoff:sign-in:${createHash('sha256').update(identifier).digest('base64url')}`;
}
