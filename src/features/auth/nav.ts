import type { NavItem } from '../../web/views/nav.ts';

export const authNav: readonly NavItem[] = [
  { to: 'visitors', order: 10, label: 'Sign in', path: '/login' },
  { to: 'visitors', order: 20, label: 'Join', path: '/sign-up', kind: 'main' },
  { to: 'members', order: 90, label: 'Sign out', path: '/logout', kind: 'button' },
];
