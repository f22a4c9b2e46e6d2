import { message } from '../../kernel/message.ts';
import type { NavItem, SelfView } from '../../web/views/nav.ts';
import { letterOf, picturesOf } from '../pictures/index.ts';
import { type Self, selfQuestion } from './profile/self.sql.ts';

function selfView({ username, displayName, avatar }: Self): SelfView {
  const name = displayName ?? username;
  const { avatar: picture } = picturesOf(avatar ? [avatar] : [], name);
  return { name, face: { gone: false, avatar: picture, ...letterOf({ username, displayName }) } };
}

export const profileNav: readonly NavItem[] = [
  {
    to: 'members',
    order: 50,
    label: message('profile.nav.you'),
    path: '/profile',
    icon: 'person',
    self: { ask: selfQuestion, view: (answer) => selfView(answer as Self) },
  },
  {
    to: 'members',
    order: 80,
    label: message('profile.nav.settings'),
    path: '/settings',
    icon: 'settings',
    section: true,
    onlyWide: true,
  },
];
