import { accountPages } from './pages/account.ts';
import { contactPages } from './pages/contact.ts';
import { errorPages } from './pages/errors.ts';
import { homePages } from './pages/home.ts';
import { languagesPages } from './pages/languages.ts';
import { outboxPages } from './pages/outbox.ts';
import { picturePages } from './pages/pictures.ts';
import { profileEditingPages } from './pages/profile-editing.ts';
import { profilePages } from './pages/profile.ts';
import { recoveryPages } from './pages/recovery.ts';
import { settingsPages } from './pages/settings.ts';
import { signInPages } from './pages/sign-in.ts';
import { signUpCodePages } from './pages/sign-up-code.ts';
import { signUpPages } from './pages/sign-up.ts';
import type { CataloguePage } from './pages/types.ts';

export type { CataloguePage } from './pages/types.ts';
export { siteFor } from './pages/site.ts';
export { messages } from './pages/messages.ts';

/** Every page in every state. Whatever must hold for all pages is checked by walking this list. */
export const pages: readonly CataloguePage[] = [
  ...homePages,
  ...signUpPages,
  ...signUpCodePages,
  ...signInPages,
  ...recoveryPages,
  ...profilePages,
  ...profileEditingPages,
  ...settingsPages,
  ...contactPages,
  ...accountPages,
  ...languagesPages,
  ...picturePages,
  ...errorPages,
  ...outboxPages,
];
