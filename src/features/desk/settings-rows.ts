import { message } from '../../kernel/message.ts';
import { say, type SettingsRow } from '../../web/views/slots.ts';

export const deskSettings: readonly SettingsRow[] = [
  {
    group: 'data',
    order: 6,
    path: '/appeal',
    label: message('desk.row.decisions'),
    icon: 'report',
    value: () => say(message('desk.row.decisions.does')),
  },
];
