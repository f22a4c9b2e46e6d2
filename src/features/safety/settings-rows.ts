import { message } from '../../kernel/message.ts';
import type { ProfileVisibility, WhoMayWrite } from '../../platform/generated/prisma/enums.ts';
import { say, settingsRow, type SettingsRow } from '../../web/views/slots.ts';
import { blocksQuestion, visibilityQuestion, whoMayWriteQuestion } from './settings-rows.sql.ts';

export const safetySettings: readonly SettingsRow[] = [
  settingsRow<ProfileVisibility>({
    group: 'others',
    order: 10,
    path: '/settings/privacy',
    label: message('safety.row.visibility'),
    icon: 'show',
    ask: visibilityQuestion,
    value: (visibility) => say(message(`safety.privacy.${visibility}`)),
  }),
  settingsRow<WhoMayWrite>({
    group: 'others',
    order: 20,
    path: '/settings/privacy#whoMayWrite-choice',
    label: message('safety.row.whoMayWrite'),
    icon: 'chat',
    ask: whoMayWriteQuestion,
    value: (whoMayWrite) => say(message(`safety.privacy.${whoMayWrite}`)),
  }),
  settingsRow<number>({
    group: 'others',
    order: 30,
    path: '/settings/blocked',
    label: message('safety.row.blocked'),
    icon: 'block',
    ask: blocksQuestion,
    value: (count) => say(message('safety.row.blocked.count', { count })),
  }),
];
