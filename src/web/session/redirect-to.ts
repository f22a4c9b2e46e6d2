import type { Request, Response } from 'express';
import type { Message } from '../../kernel/message.ts';
import { saveSession } from './session.ts';
import type { Flash } from './session-data.ts';

/** Leads on (303), and says something on the page that comes. */
export async function redirectTo(
  req: Request,
  res: Response,
  path: string,
  kind: Flash['kind'],
  text: Message,
): Promise<void> {
  req.session.flash = { kind, text };
  await saveSession(req);
  res.redirect(303, path);
}
