import { message } from '../../kernel/message.ts';
import type { PersonAction } from '../../web/views/slots.ts';

/** On a person's page: what gives its address away. */
export const profileActions: readonly PersonAction[] = [
  {
    place: 'more',
    order: 90,
    show: ({ username }) => ({
      kind: 'copy',
      path: `/people/${username}`,
      label: message('profile.person.copy'),
      icon: 'copy',
    }),
  },
];
