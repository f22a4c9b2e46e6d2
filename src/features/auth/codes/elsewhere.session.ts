import type { Request, Response } from 'express';
import { saveSession } from '../../../web/session/session.ts';

/** What `why` says where a flow begins, to a browser that has no session for a word to wait in. */
const ELSEWHERE = 'elsewhere';

/** Leads to where a flow begins, with a word why, unless one waits there already that says more. */
export async function leadToStart(
  req: Request,
  res: Response,
  startsAt: string,
  text: string,
): Promise<void> {
  if (req.get('cookie') === undefined) return res.redirect(303, `${startsAt}?why=${ELSEWHERE}`);
  req.session.flash ??= { kind: 'info', text };
  await saveSession(req);
  return res.redirect(303, startsAt);
}

/** On the page that a flow begins with: tells what the address says. */
export function tellElsewhere(req: Request, text: string): void {
  if (req.query.why === ELSEWHERE) req.session.flash ??= { kind: 'info', text };
}
