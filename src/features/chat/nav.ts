import { message } from '../../kernel/message.ts';
import type { NavItem } from '../../web/views/nav.ts';
import { newQuestion } from './conversations/new.sql.ts';
import { waitingQuestion } from './hellos/waiting.sql.ts';

export const chatNav: readonly NavItem[] = [
  {
    to: 'members',
    order: 20,
    label: message('chat.nav.chats'),
    path: '/chats',
    icon: 'chat',
    section: true,
    count: newQuestion,
  },
  {
    to: 'pages',
    order: 21,
    label: message('chat.tabs.requests'),
    path: '/chats/requests',
    count: waitingQuestion,
  },
];
