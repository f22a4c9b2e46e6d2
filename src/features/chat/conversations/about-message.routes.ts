import type { Request, Response } from 'express';
import { message, type Message } from '../../../kernel/message.ts';
import { callerOf, problemOf } from '../../../web/act.ts';
import { signedOut, viewerOf } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import type { ConversationActs } from './conversations.acts.ts';
import type { About } from './message-pages.page.ts';

export const messagePath = '/chats/:with/messages/:seq';

/** A form that is shown again has no parameters. */
export function whichIn({ path }: Request): { name: string; seq: number } {
  const [, , name = '', , seq = ''] = path.split('/');
  return { name: decodeURIComponent(name), seq: /^\d{1,9}$/.test(seq) ? Number(seq) : 0 };
}

/** To the conversation, at a message, with a word why what was asked for is not done. */
export async function backToChat(req: Request, res: Response, at: string, why?: Message): Promise<void> {
  if (why) {
    req.session.flash = { kind: 'error', text: why };
    await saveSession(req);
  }
  res.redirect(303, `/chats/${encodeURIComponent(whichIn(req).name)}${at}`);
}

/** The message that an address names. Null: it is not there, and the visitor is on the way to the conversation. */
export function aboutMessages(read: ConversationActs['read']) {
  return async (req: Request, res: Response): Promise<About | null> => {
    const { name, seq } = whichIn(req);
    const part = { before: seq + 1, after: seq - 1, changedAfter: null };
    const found = await read.run(viewerOf(req), { with: name, ...part }, callerOf(req));
    if (!found.ok && found.reason === 'signed-out') {
      res.redirect(303, await signedOut(req));
      return null;
    }
    if (!found.ok) throw problemOf(read, found);
    const [said] = found.value.messages;
    if (said && said.text !== null) return { conversation: found.value, said: { ...said, text: said.text } };
    await backToChat(req, res, '', message('chat.change.gone'));
    return null;
  };
}
