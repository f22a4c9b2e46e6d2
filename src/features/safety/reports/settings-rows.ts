import { message } from '../../../kernel/message.ts';
import { say, type SettingsRow } from '../../../web/views/slots.ts';

export const reportSettings: readonly SettingsRow[] = [
  {
    group: 'data',
    order: 5,
    path: '/report/sent',
    label: message('safety.row.reports'),
    icon: 'report',
    value: () => say(message('safety.row.reports.does')),
  },
];
