import type { Names } from '../../../web/views/names.ts';
import { picturePolicy } from '../../pictures/index.ts';
import { contactViews } from './profile.page.ts';
import type { OwnProfile } from './profile.store.ts';

/** `lang`: null for the page's. */
interface Part {
  text: string;
  lang: string | null;
}

function say(...texts: string[]): Part[] {
  return texts.map((text) => ({ text, lang: null }));
}

/** By the path of the page that changes it. */
export function settingsPage(profile: OwnProfile, names: Names) {
  const { username, displayName, visibility, allPictures } = profile;
  const count = (kind: 'avatar' | 'photo'): number =>
    allPictures.filter((picture) => picture.kind === kind && picture.state !== 'refused').length;
  const photos = count('photo');
  const values: Record<string, Part[]> = {
    '/settings/profile': say(displayName ?? `@${username}`, ...(visibility === 'nobody' ? ['hidden'] : [])),
    '/settings/avatar': say(count('avatar') > 0 ? 'Added' : 'None yet'),
    '/settings/photos': say(photos > 0 ? `${photos} of ${picturePolicy.photosMax}` : 'None yet'),
    '/settings/languages': profile.languages.map(({ code }) => ({
      text: names.language(code),
      lang: names.locale,
    })),
    '/settings/contact': say(...contactViews(profile).map(({ masked }) => masked)),
    '/settings/password': say('Change it'),
    '/settings/security': say('Your devices and recent activity'),
    '/settings/account': say('Get a copy of your data or delete your account'),
  };
  return { title: 'Settings', values };
}
