import type { Request } from 'express';
import type { Viewer } from '../../../kernel/viewer.ts';
import { renewSession } from '../../../web/session/session.ts';

/** Whom the desk keeps out: no page but their own few knows who they are. */
export interface Barred {
  id: string;
  username: string;
  securityVersion: number;
}

declare module 'express-session' {
  interface SessionData {
    barred: Barred;
  }
}

/** After the right password, and the second step where there is one. */
export async function enterBarred(req: Request, { id, username, securityVersion }: Barred): Promise<void> {
  await renewSession(req, (session) => {
    session.barred = { id, username, securityVersion };
  });
}

/** Null: this browser has signed in as nobody whom the desk keeps out. */
export function barredIdOf(req: Request): string | null {
  return req.session.barred?.id ?? null;
}

/** Null: this browser is nobody's, or a member's. */
export function barredViewerOf(req: Request): (Viewer & { username: string }) | null {
  const { barred } = req.session;
  return barred ? { ...barred, now: req.arrivedAt } : null;
}
