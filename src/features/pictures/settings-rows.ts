import { message } from '../../kernel/message.ts';
import { say, settingsRow, type SettingsRow } from '../../web/views/slots.ts';
import { picturePolicy } from './policy.ts';
import { countQuestion } from './settings-rows.sql.ts';

export const pictureSettings: readonly SettingsRow[] = [
  settingsRow<number>({
    group: 'you',
    order: 20,
    path: '/settings/avatar',
    label: message('pictures.row.avatar'),
    icon: 'picture',
    ask: countQuestion('avatar'),
    value: (avatars) => say(message(avatars > 0 ? 'pictures.row.avatar.added' : 'pictures.row.none')),
  }),
  settingsRow<number>({
    group: 'you',
    order: 30,
    path: '/settings/photos',
    label: message('pictures.row.photos'),
    icon: 'photos',
    ask: countQuestion('photo'),
    value: (taken) =>
      say(
        taken > 0
          ? message('pictures.row.photos.added', { taken, max: picturePolicy.photosMax })
          : message('pictures.row.none'),
      ),
  }),
];
