import { message } from '../../../kernel/message.ts';
import { say, settingsRow, type SettingsRow } from '../../../web/views/slots.ts';
import { languagesQuestion, type Named, nameQuestion } from './settings-rows.sql.ts';

export const profileSettings: readonly SettingsRow[] = [
  settingsRow<Named>({
    group: 'you',
    order: 10,
    path: '/settings/profile',
    label: message('profile.row.profile'),
    icon: 'person',
    ask: nameQuestion,
    value: ({ username, displayName, visibility }) =>
      say(
        displayName ?? `@${username}`,
        ...(visibility === 'nobody' ? [message('profile.row.profile.hidden')] : []),
      ),
  }),
  settingsRow<string[]>({
    group: 'you',
    order: 40,
    path: '/settings/languages',
    label: message('profile.row.languages'),
    icon: 'speaks',
    ask: languagesQuestion,
    value: (codes, names) => codes.map((code) => ({ text: names.language(code), lang: names.locale })),
  }),
];
