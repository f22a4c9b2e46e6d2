import { message } from '../../kernel/message.ts';
import type { NavItem } from '../../web/views/nav.ts';

export const authNav: readonly NavItem[] = [
  { to: 'visitors', order: 10, label: message('auth.nav.signIn'), path: '/login' },
  { to: 'visitors', order: 20, label: message('auth.nav.join'), path: '/sign-up', kind: 'main' },
  {
    to: 'members',
    order: 85,
    label: message('auth.nav.signOut'),
    path: '/logout',
    kind: 'button',
    icon: 'sign-out',
    onlyWide: true,
  },
];
