import type { Request } from 'express';
import { sitePathsOf } from './site-paths.ts';

export const SIGNED_OUT = 'signed-out';

/** The reason is in the address, since a flash would begin a session. */
export function signInFirst(req: Request, { toldWhy = false } = {}): string {
  const { signIn, formPage } = sitePathsOf(req);
  if (req.method === 'GET') return `${signIn}?next=${encodeURIComponent(req.originalUrl)}`;
  // A guard's own path is cut off from `path`.
  const page = req.method === 'POST' ? formPage(req.baseUrl + req.path) : null;
  return page ? `${signIn}?next=${encodeURIComponent(page)}${toldWhy ? '' : `&why=${SIGNED_OUT}`}` : signIn;
}
