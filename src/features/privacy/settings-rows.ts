import { message } from '../../kernel/message.ts';
import { say, type SettingsRow } from '../../web/views/slots.ts';

export const privacySettings: readonly SettingsRow[] = [
  {
    group: 'data',
    order: 10,
    path: '/settings/account',
    label: message('privacy.row.account'),
    icon: 'box',
    value: () => say(message('privacy.row.account.does')),
  },
];
