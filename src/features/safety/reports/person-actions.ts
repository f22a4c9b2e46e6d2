import { message } from '../../../kernel/message.ts';
import type { PersonAction } from '../../../web/views/slots.ts';

/** Before one blocks somebody: the report can do that as well. */
export const reportingActions: readonly PersonAction[] = [
  {
    place: 'more',
    order: 10,
    show: ({ username }) => ({
      kind: 'link',
      path: `/report?about=person:${username}`,
      label: message('safety.person.report'),
      icon: 'report',
    }),
  },
];
