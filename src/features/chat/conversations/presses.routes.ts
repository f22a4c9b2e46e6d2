import { type Request, type Response, Router } from 'express';
import { message, type Message } from '../../../kernel/message.ts';
import type { AnyOutcome, RefusalOf } from '../../../kernel/outcome.ts';
import { type Act, callerOf, problemOf, readInput } from '../../../web/act.ts';
import type { Forms, FormRoutes } from '../../../web/forms/form-rules.ts';
import { onlyPost } from '../../../web/request/methods.ts';
import { signedInByQuery, signedOut, viewerOf } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import { settingsForm } from '../../auth/index.ts';
import type { MessageActs } from '../messages/messages.acts.ts';
import type { ParticipationActs } from '../messages/participation.acts.ts';
import { chatChangesLimit } from '../policy.ts';
import { backToChat, whichIn } from './about-message.routes.ts';

interface PressesDeps {
  messages: Pick<MessageActs, 'unreact' | 'thank' | 'keep' | 'unkeep'>;
  own: Pick<ParticipationActs, 'mute' | 'unmute' | 'archive' | 'unarchive' | 'read' | 'draft'>;
}

const opposites = { mute: 'unmute', unmute: 'mute', archive: 'unarchive', unarchive: 'archive' } as const;

/** What one does with a press, and is back in the conversation. */
export function pressesRoutes({ messages, own }: PressesDeps): FormRoutes {
  const router = Router();
  const forms: Record<string, Forms[string]> = {};

  const press = <Input, Result extends AnyOutcome>(
    act: Act<Input, Result> & { tell?: (why: RefusalOf<Result>) => Message },
    done: (req: Request, res: Response, input: Input) => Promise<void>,
  ): void => {
    const path = act.route.slice('POST '.length);
    const chatOf = (sentTo: string): string => sentTo.split('/').slice(0, 3).join('/');
    router.post(path, signedInByQuery, async (req: Request, res: Response) => {
      const input = await readInput(act, req);
      if (!input.ok) return backToChat(req, res, '', input.errors[0]!.text);
      const made = await act.run(viewerOf(req), input.data, callerOf(req));
      if (made.ok) return done(req, res, input.data);
      const refused = made as RefusalOf<Result>;
      if (refused.reason === 'signed-out') return res.redirect(303, await signedOut(req));
      const problem = problemOf(act, refused);
      if (refused.reason === 'nobody') throw problem;
      return backToChat(req, res, '', problem.said);
    });
    router.all(
      path,
      onlyPost((req) => chatOf(req.path)),
    );
    forms[path] = { ...settingsForm(chatOf), limit: chatChangesLimit };
  };

  const toMessage = (req: Request, res: Response, { seq }: { seq: number }) =>
    backToChat(req, res, `#m-${seq}`);
  for (const act of [messages.unreact, messages.thank]) press(act, toMessage);
  for (const act of [messages.keep, messages.unkeep]) press(act, toMessage);
  press(own.read, (req, res) => backToChat(req, res, ''));
  press(own.draft, (req, res) => backToChat(req, res, ''));

  for (const what of ['mute', 'unmute', 'archive', 'unarchive'] as const)
    press(own[what], async (req, res) => {
      const undo = `/chats/${encodeURIComponent(whichIn(req).name)}/${opposites[what]}`;
      req.session.flash = { kind: 'success', text: message(`chat.${what}.done`), undo };
      await saveSession(req);
      res.redirect(303, what === 'archive' ? '/chats' : undo.slice(0, undo.lastIndexOf('/')));
    });

  return { routes: router, forms };
}
