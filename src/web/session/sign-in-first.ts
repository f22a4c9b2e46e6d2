import type { Request } from 'express';

/** Acts below `/settings` that have no page of their own name: where their buttons stand. */
const standsOn: Record<string, string> = { sessions: 'security', confirm: 'security' };

/** The page that holds the form which is sent to this path; null where that is no page of signed-in people. */
export function formPageOf(path: string): string | null {
  const name = /^\/settings\/([a-z]+)(?:\/|$)/.exec(path)?.[1];
  return name ? `/settings/${standsOn[name] ?? name}` : null;
}

/** What `why` says on `/login`: a form came from a page of somebody who is signed out by now. */
export const SIGNED_OUT = 'signed-out';

/**
 * Where visitors sign in, to come back to the page they wanted, or to the one whose form they sent. The reason stands in
 * the address: a flash would begin a session for whoever sends something.
 */
export function signInFirst(req: Request, { toldWhy = false } = {}): string {
  if (req.method === 'GET') return `/login?next=${encodeURIComponent(req.originalUrl)}`;
  // A guard may stand on a path of its own, which is cut off from `path`.
  const page = req.method === 'POST' ? formPageOf(req.baseUrl + req.path) : null;
  return page ? `/login?next=${encodeURIComponent(page)}${toldWhy ? '' : `&why=${SIGNED_OUT}`}` : '/login';
}
