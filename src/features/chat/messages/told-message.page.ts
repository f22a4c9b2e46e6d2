import type { HintReader, Hints } from '../../../web/hint.ts';
import type { ToldMessage } from './hints.ts';
import { messageView } from './message.page.ts';
import type { ChatMessage } from './message.ts';

const nothingYet = { edits: 0, editedAt: null, reactions: [], kept: false };

/** As it is to the receiver in the moment it is sent. */
function messageOf({ corrects, at, clientId, ...told }: ToldMessage): ChatMessage {
  return {
    ...nothingYet,
    ...told,
    at: new Date(at),
    clientId: told.mine ? clientId : null,
    corrects: corrects && { ...corrects, outdated: false },
  };
}

/** What open pages are shown of what is told. */
export const shownHints: Hints = {
  'chat.message': (data: object, { now }: HintReader) => {
    const told = data as ToldMessage;
    const { with: name, mine } = told;
    const seen = { with: name, name: told.name, partners: true, now, state: mine ? ('sent' as const) : null };
    return { view: 'partials/message', model: { message: messageView(messageOf(told), seen) } };
  },
};
