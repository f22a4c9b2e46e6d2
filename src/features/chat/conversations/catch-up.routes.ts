import { type Request, type Response, Router } from 'express';
import { AppError } from '../../../kernel/errors.ts';
import { message } from '../../../kernel/message.ts';
import { callerOf, problemOf, readInput } from '../../../web/act.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { signedInByQuery, signedOut, viewerOf } from '../../../web/session/guards.ts';
import { catchUp } from './catch-up.page.ts';
import type { ConversationActs } from './conversations.acts.ts';

const path = '/chats/:with/messages';

/** `/chats/:with/messages?after=…&changedAfter=…`: what a page that is open asks for when it missed something. */
export function catchUpRoutes(acts: Pick<ConversationActs, 'read'>): Router {
  const router = Router();

  router.get(path, signedInByQuery, async (req: Request, res: Response) => {
    const input = await readInput(acts.read, req);
    if (!input.ok) throw new AppError(400, message('web.error.unreadable'));
    const found = await acts.read.run(viewerOf(req), input.data, callerOf(req));
    if (!found.ok && found.reason === 'signed-out') return res.redirect(303, await signedOut(req));
    if (!found.ok) throw problemOf(acts.read, found);
    const draw = (said: object): string => res.draw('partials/message', { message: said });
    return res.json(catchUp(found.value, viewerOf(req).now, draw));
  });

  router.all(path, onlyMethods('GET'));
  return router;
}
