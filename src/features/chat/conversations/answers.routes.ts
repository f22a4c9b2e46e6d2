import { type Request, type Response, Router } from 'express';
import { message, type Message } from '../../../kernel/message.ts';
import { callerOf, problemOf, readInput } from '../../../web/act.ts';
import type { Forms, FormRoutes } from '../../../web/forms/form-rules.ts';
import { onlyPost } from '../../../web/request/methods.ts';
import { signedInByQuery, signedOut, viewerOf } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import { settingsForm } from '../../auth/index.ts';
import type { ConversationActs } from './conversations.acts.ts';

const answers = ['accept', 'decline', 'withdraw'] as const;

/** `/chats/:with/accept`, `/decline` and `/withdraw`: what becomes of a first hello. */
export function answersRoutes(acts: Pick<ConversationActs, (typeof answers)[number]>): FormRoutes {
  const router = Router();
  const pathOf = (what: (typeof answers)[number]) => `/chats/:with/${what}`;

  for (const what of answers) {
    router.post(pathOf(what), signedInByQuery, async (req: Request, res: Response) => {
      const act = acts[what];
      const input = await readInput(act, req);
      if (!input.ok) return res.redirect(303, '/chats');
      const given = await act.run(viewerOf(req), input.data, callerOf(req));
      if (!given.ok && given.reason === 'signed-out') return res.redirect(303, await signedOut(req));
      if (!given.ok && given.reason === 'nobody') throw problemOf(act, given);
      // A second press, or one in an old tab: the page tells how it stands.
      const said: Message = given.ok ? message(`chat.${what}.done`) : problemOf(act, given).said;
      req.session.flash = { kind: given.ok ? 'success' : 'info', text: said };
      await saveSession(req);
      const onward = what === 'decline' ? '/chats/requests' : `/chats/${input.data.with}`;
      return res.redirect(303, onward);
    });
    router.all(
      pathOf(what),
      onlyPost((req) => `/chats/${String(req.params.with)}`),
    );
  }

  const forms: Forms = Object.fromEntries(
    answers.map((what) => [pathOf(what), settingsForm(what === 'withdraw' ? '/chats' : '/chats/requests')]),
  );
  return { routes: router, forms };
}
