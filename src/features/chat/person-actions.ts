import { message } from '../../kernel/message.ts';
import type { PersonAction } from '../../web/views/slots.ts';
import { chatQuestion } from './conversations/person-actions.sql.ts';

/** On a person's page: what leads to the chat with them. */
export const chatActions: readonly PersonAction[] = [
  {
    place: 'bar',
    order: 10,
    ask: chatQuestion,
    show: ({ username }, answer) =>
      answer === null || answer === undefined
        ? null
        : {
            kind: 'link',
            path: `/chats/${username}`,
            label: message(answer === 'open' ? 'chat.person.open' : 'chat.person.hello'),
            icon: 'chat',
          },
  },
];
