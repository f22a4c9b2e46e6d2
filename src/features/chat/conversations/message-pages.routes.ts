import { type Request, type Response, Router } from 'express';
import { type Random, uuidv7 } from '../../../kernel/ids.ts';
import { callerOf, problemOf } from '../../../web/act.ts';
import type { Forms, FormRoutes } from '../../../web/forms/form-rules.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { signedInByQuery, signedOut, viewerOf } from '../../../web/session/guards.ts';
import type { MessageActs } from '../messages/messages.acts.ts';
import { aboutMessages, backToChat, messagePath, whichIn } from './about-message.routes.ts';
import type { ConversationActs } from './conversations.acts.ts';
import { messageForm } from './message-form.routes.ts';
import { correctPage, deletePage, editPage, historyPage, reactPage } from './message-pages.page.ts';

interface MessagePagesDeps {
  read: ConversationActs['read'];
  acts: Pick<MessageActs, 'edit' | 'delete' | 'react' | 'correct' | 'history'>;
  random: Random;
}

/** What one may do about a message that asks for more than a press, and its history. */
export function messagePagesRoutes({ read, acts, random }: MessagePagesDeps): FormRoutes {
  const router = Router();
  const aboutOf = aboutMessages(read);
  const pages = [
    messageForm(acts.edit, aboutOf, (_req, res, about, filled) =>
      res.render('chat/edit', editPage(about, filled)),
    ),
    messageForm(acts.correct, aboutOf, (req, res, about, filled) =>
      res.render('chat/correct', correctPage(about, filled, uuidv7(req.arrivedAt, random))),
    ),
    messageForm(acts.react, aboutOf, (_req, res, about, filled) =>
      res.render('chat/react', reactPage(about, filled)),
    ),
    messageForm(acts.delete, aboutOf, (_req, res, about) => res.render('chat/delete', deletePage(about))),
  ];
  for (const { routes } of pages) router.use(routes);

  const historyPath = `${messagePath}/history`;
  router.get(historyPath, signedInByQuery, async (req: Request, res: Response) => {
    const about = await aboutOf(req, res);
    if (!about) return undefined;
    const { name, seq } = whichIn(req);
    const found = await acts.history.run(viewerOf(req), { with: name, seq }, callerOf(req));
    if (found.ok) return res.render('chat/history', historyPage(about, found.value));
    if (found.reason === 'signed-out') return res.redirect(303, await signedOut(req));
    const problem = problemOf(acts.history, found);
    if (found.reason === 'nobody') throw problem;
    return backToChat(req, res, '', problem.said);
  });
  router.all(historyPath, onlyMethods('GET'));

  const forms: Forms = Object.assign({}, ...pages.map((page) => page.forms));
  return { routes: router, forms };
}
