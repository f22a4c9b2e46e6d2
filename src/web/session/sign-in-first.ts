import type { Request } from 'express';

const standsOn: Record<string, string> = { sessions: 'security', confirm: 'security' };

/** Null where that is no page of members. */
export function formPageOf(path: string): string | null {
  const name = /^\/settings\/([a-z]+)(?:\/|$)/.exec(path)?.[1];
  return name ? `/settings/${standsOn[name] ?? name}` : null;
}

/** For `why` on `/login`. */
export const SIGNED_OUT = 'signed-out';

/** The reason is in the address, since a flash would begin a session. */
export function signInFirst(req: Request, { toldWhy = false } = {}): string {
  if (req.method === 'GET') return `/login?next=${encodeURIComponent(req.originalUrl)}`;
  // A guard's own path is cut off from `path`.
  const page = req.method === 'POST' ? formPageOf(req.baseUrl + req.path) : null;
  return page ? `/login?next=${encodeURIComponent(page)}${toldWhy ? '' : `&why=${SIGNED_OUT}`}` : '/login';
}
