import { correspondentView } from '../pairs/correspondent.page.ts';
import type { ChatMessage } from '../messages/message.ts';
import { type MessageView, messageView } from '../messages/message.page.ts';
import type { Conversation } from './conversations.ts';

type Draw = (message: MessageView) => string;

/** What an open page lacks: messages as the page itself shows them, and how far both are. */
export function catchUp(conversation: Conversation, now: Date, draw: Draw) {
  const { with: name, person, status, messages, changed } = conversation;
  const { gone, name: called } = correspondentView(person);
  const seen = { with: name, name: gone ? null : called, partners: status === 'accepted' && !gone, now };
  const drawn = (said: ChatMessage) => ({ seq: said.seq, html: draw(messageView(said, seen)) });
  const { change, lastSeq, readSeq, theirReadSeq, draft } = conversation;
  return {
    items: messages.map(drawn),
    changed: changed.map(drawn),
    change,
    lastSeq,
    readSeq,
    theirReadSeq,
    status,
    draft,
  };
}
