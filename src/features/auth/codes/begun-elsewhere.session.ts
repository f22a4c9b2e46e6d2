import type { Request, Response } from 'express';
import type { Message } from '../../../kernel/message.ts';
import { saveSession } from '../../../web/session/session.ts';

const ELSEWHERE = 'elsewhere'; // in the query, for browsers without a cookie: no session keeps their message

export async function leadToStart(
  req: Request,
  res: Response,
  startsAt: string,
  text: Message,
): Promise<void> {
  if (req.get('cookie') === undefined) return res.redirect(303, `${startsAt}?why=${ELSEWHERE}`);
  // A message that is waiting already says more.
  req.session.flash ??= { kind: 'info', text };
  await saveSession(req);
  return res.redirect(303, startsAt);
}

export function tellIfBegunElsewhere(req: Request, text: Message): void {
  if (req.query.why === ELSEWHERE) req.session.flash ??= { kind: 'info', text };
}
