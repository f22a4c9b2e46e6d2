/** Milliseconds without a request, and from the beginning. */
export interface Lifetime {
  idle: number;
  absolute: number;
}

export interface SessionPolicy {
  anonymous: Lifetime;
  signedIn: Lifetime;
  remembered: Lifetime;
}

/** What decides how long a session lives. Moments are milliseconds since 1970. */
interface Lived {
  userId?: string;
  bornAt?: number;
  seenAt?: number;
  remember?: boolean;
}

function lifetimeOf(policy: SessionPolicy, data: Lived): Lifetime {
  return !data.userId ? policy.anonymous : data.remember ? policy.remembered : policy.signedIn;
}

export function endsAt(policy: SessionPolicy, data: Lived): number {
  const { idle, absolute } = lifetimeOf(policy, data);
  return Math.min((data.seenAt ?? 0) + idle, (data.bornAt ?? 0) + absolute);
}

/** By the server's clock, whatever Redis keeps. */
export function isOver(policy: SessionPolicy, data: Lived, now: Date): boolean {
  return now.getTime() >= endsAt(policy, data);
}
