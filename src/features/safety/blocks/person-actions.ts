import { message } from '../../../kernel/message.ts';
import type { PersonAction } from '../../../web/views/slots.ts';
import { hiddenQuestion } from './hidden-people.sql.ts';

/** What one can do about a person on their page. */
export const blockingActions: readonly PersonAction[] = [
  {
    place: 'more',
    order: 20,
    show: ({ username }) => ({
      kind: 'link',
      path: `/people/${username}/block`,
      label: message('safety.person.block'),
      icon: 'block',
    }),
  },
  {
    place: 'more',
    order: 30,
    ask: hiddenQuestion,
    show: ({ username }, isHidden) => ({
      kind: 'button',
      path: `/people/${username}/${isHidden ? 'unhide' : 'hide'}`,
      label: message(isHidden ? 'safety.person.unhide' : 'safety.person.hide'),
      icon: isHidden ? 'show' : 'hide',
    }),
  },
];
