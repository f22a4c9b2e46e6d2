import type { NavItem } from '../../web/views/nav.ts';

export const profileNav: readonly NavItem[] = [
  { to: 'members', order: 50, label: 'Profile', path: '/profile' },
  { to: 'members', order: 80, label: 'Settings', path: '/settings', section: true },
];
