import { aboutNav, footer as aboutFooter } from '../../../src/features/about/index.ts';
import { authNav } from '../../../src/features/auth/nav.ts';
import { authSettings } from '../../../src/features/auth/settings-rows.ts';
import { chatNav } from '../../../src/features/chat/nav.ts';
import { deskNav } from '../../../src/features/desk/nav.ts';
import { peopleNav } from '../../../src/features/people/nav.ts';
import { pictureSettings } from '../../../src/features/pictures/settings-rows.ts';
import { privacySettings } from '../../../src/features/privacy/settings-rows.ts';
import { profileNav } from '../../../src/features/profile/nav.ts';
import { profileSettings } from '../../../src/features/profile/profile/settings-rows.ts';
import { guidanceFooter, guidanceNav } from '../../../src/features/safety/guidance/guidance.routes.ts';
import { safetySettings } from '../../../src/features/safety/settings-rows.ts';
import { footerOf } from '../../../src/web/views/footer.ts';
import { type NavFacts, navOf, type SelfView } from '../../../src/web/views/nav.ts';
import { settingsList } from '../../../src/web/views/slots.ts';

/** What features declare of the header, of the footer and of the settings. */
export const nav = navOf([
  ...authNav,
  ...guidanceNav,
  ...profileNav,
  ...peopleNav,
  ...chatNav,
  ...deskNav,
  ...aboutNav,
]);

export const footer = footerOf([...guidanceFooter, ...aboutFooter]);

const lena: SelfView = { name: 'Lena', face: { gone: false, avatar: null, initial: 'L', hue: 2 } };

/** What the frame says to somebody for whom so many chats wait. */
export function waiting(chats: number, self: SelfView | null = lena): NavFacts {
  return { counts: new Map(chats > 0 ? [['/chats', chats]] : []), self };
}

export function settingsFor(mobileOffered: boolean) {
  const rows = [
    ...authSettings(mobileOffered),
    ...safetySettings,
    ...pictureSettings,
    ...profileSettings,
    ...privacySettings,
  ];
  return { path: '/settings', groups: settingsList(rows) };
}
