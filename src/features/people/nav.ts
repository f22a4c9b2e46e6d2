import { message } from '../../kernel/message.ts';
import type { NavItem } from '../../web/views/nav.ts';

export const peopleNav: readonly NavItem[] = [
  {
    to: 'members',
    order: 10,
    label: message('people.nav.people'),
    path: '/people',
    icon: 'people',
    section: true,
  },
];
