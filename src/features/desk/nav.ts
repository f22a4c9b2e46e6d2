import { message } from '../../kernel/message.ts';
import type { NavItem } from '../../web/views/nav.ts';
import { waitingQuestion } from './cases/waiting.sql.ts';

export const deskNav: readonly NavItem[] = [
  {
    to: 'members',
    order: 40,
    label: message('desk.nav.desk'),
    path: '/desk',
    icon: 'report',
    section: true,
    count: waitingQuestion,
    onlyCounted: true,
  },
];
