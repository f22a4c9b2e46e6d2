import { say, settingsRow, type SettingsRow } from '../../web/views/slots.ts';
import { picturePolicy } from './policy.ts';
import { countQuestion } from './settings-rows.sql.ts';

export const pictureSettings: readonly SettingsRow[] = [
  settingsRow<number>({
    group: 'you',
    order: 20,
    path: '/settings/avatar',
    label: 'Picture',
    icon: 'picture',
    ask: countQuestion('avatar'),
    value: (avatars) => say(avatars > 0 ? 'Added' : 'None yet'),
  }),
  settingsRow<number>({
    group: 'you',
    order: 30,
    path: '/settings/photos',
    label: 'Photos',
    icon: 'photos',
    ask: countQuestion('photo'),
    value: (photos) => say(photos > 0 ? `${photos} of ${picturePolicy.photosMax}` : 'None yet'),
  }),
];
