import { say, type SettingsRow } from '../../web/views/slots.ts';

export const privacySettings: readonly SettingsRow[] = [
  {
    group: 'data',
    order: 10,
    path: '/settings/account',
    label: 'Account',
    icon: 'box',
    value: () => say('Get a copy of your data or delete your account'),
  },
];
