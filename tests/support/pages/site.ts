import type { SiteLocals } from '../../../src/web/views/views.ts';
import { english } from '../words.ts';
import { footer, nav, settingsFor, waiting } from './frame.ts';
import type { CataloguePage } from './types.ts';

/** The site as a page of the catalogue sees it. `csrfToken` can be watched by passing another one. */
export function siteFor(
  page: CataloguePage,
  given: Pick<SiteLocals, 'asset' | 'chunksOf'> & Partial<SiteLocals>,
): SiteLocals {
  return {
    name: 'ChatLink',
    signedIn: page.signedIn ? { username: 'lena.m' } : null,
    csrfToken: () => 'token-of-this-session',
    path: '/',
    flash: null,
    mobileOffered: true,
    publicUrl: 'https://chatlink.example',
    outbox: null,
    nav,
    footer,
    navFacts: waiting(0),
    words: english,
    settings: settingsFor(page.site?.mobileOffered ?? true),
    ...page.site,
    ...given,
  };
}
