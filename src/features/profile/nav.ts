import { message } from '../../kernel/message.ts';
import type { NavItem } from '../../web/views/nav.ts';

export const profileNav: readonly NavItem[] = [
  { to: 'members', order: 50, label: message('profile.nav.you'), path: '/profile', icon: 'person' },
  {
    to: 'members',
    order: 80,
    label: message('profile.nav.settings'),
    path: '/settings',
    icon: 'settings',
    section: true,
  },
];
