import { Router } from 'express';
import type { Clock } from '../../kernel/clock.ts';
import { message } from '../../kernel/message.ts';
import type { Feature, Kept, KeptInBrowser } from '../../web/feature.ts';
import { onlyMethods } from '../../web/request/methods.ts';
import type { FooterLink } from '../../web/views/footer.ts';
import type { NavItem } from '../../web/views/nav.ts';
import { aboutPage, type Facts, helpPage, privacyPage, termsPage } from './about.page.ts';
import { kept } from './kept.ts';
import { wellKnownRoutes } from './well-known.routes.ts';

interface AboutDeps {
  facts: Facts;
  publicUrl: URL;
  secure: boolean;
  clock: Clock;
  /** What every feature of the site keeps of people; asked once all of them are there. */
  keptByAll: () => { kept: readonly Kept[]; cookies: readonly KeptInBrowser[] };
}

const site = 'ChatLink';

const paths = ['/help', '/about', '/privacy', '/terms'];

export const aboutNav: readonly NavItem[] = [
  {
    to: 'members',
    order: 95,
    label: message('about.footer.help'),
    path: '/help',
    icon: 'help',
    onlyWide: true,
  },
];

export const footer: readonly FooterLink[] = [
  { group: 'site', label: message('about.footer.about', { site }), path: '/about' },
  { group: 'site', label: message('about.footer.who'), path: '/about#who' },
  { group: 'law', label: message('about.footer.privacy'), path: '/privacy' },
  { group: 'law', label: message('about.footer.terms'), path: '/terms' },
  { group: 'help', label: message('about.footer.help'), path: '/help' },
  { group: 'help', label: message('about.footer.code'), path: '/help#code' },
];

/** What the site says about itself: to people, and to programs that look for it. */
export function aboutFeature({ facts, publicUrl, secure, clock, keptByAll }: AboutDeps): Feature {
  const router = Router();
  router.get('/help', (_req, res) => res.render('about/help', helpPage(facts)));
  router.get('/about', (_req, res) => res.render('about/about', aboutPage(facts)));
  router.get('/privacy', (_req, res) => res.render('about/privacy', privacyPage(facts, keptByAll(), secure)));
  router.get('/terms', (_req, res) => res.render('about/terms', termsPage(facts)));
  for (const path of paths) router.all(path, onlyMethods('GET'));
  return {
    name: 'about',
    pages: router.use(wellKnownRoutes({ operator: facts.operator, publicUrl, clock })),
    findable: paths,
    paths: { terms: '/terms', privacy: '/privacy' },
    nav: aboutNav,
    footer,
    privacy: { kept },
  };
}
