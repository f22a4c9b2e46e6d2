import type { Request, Response } from 'express';
import { saveSession } from '../../../web/session/session.ts';

const ELSEWHERE = 'elsewhere'; // for browsers without a session that could keep a message

/** Keeps a message that waits already, as it says more. */
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

export function tellElsewhere(req: Request, text: string): void {
  if (req.query.why === ELSEWHERE) req.session.flash ??= { kind: 'info', text };
}
