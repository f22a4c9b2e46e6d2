import { message } from '../../kernel/message.ts';
import type { PersonAction, PersonFacts, PersonSection } from '../../web/views/slots.ts';
import { startersFor } from './hellos/starters.page.ts';
import { chatQuestion, startersQuestion } from './hellos/person-actions.sql.ts';

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

/** Where somebody may be written to for the first time: what a hello could ask about. */
export const startersSection: PersonSection = {
  name: 'starters',
  ask: startersQuestion,
  show: (person, answer) => {
    const languages = answer as PersonFacts['languages'] | null | undefined;
    const starters = languages ? startersFor(person, { languages }) : [];
    return starters.length > 0 ? { path: `/chats/${person.username}`, starters } : null;
  },
};
