import { message } from '../../kernel/message.ts';
import { say, type SettingsRow } from '../../web/views/slots.ts';

export const chatSettings: readonly SettingsRow[] = [
  {
    group: 'you',
    order: 60,
    path: '/profile/corrections',
    label: message('chat.corrections.title'),
    icon: 'chat',
    value: () => say(message('chat.corrections.row')),
  },
];
