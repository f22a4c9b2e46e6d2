import { landingPage } from '../../../src/features/home/landing.page.ts';
import { message } from '../../../src/kernel/message.ts';
import { namesIn } from '../../../src/web/words/names.ts';
import type { CataloguePage } from './types.ts';

const shown = {
  counts: null,
  names: namesIn('en'),
  speak: 'en',
  operator: {
    name: 'ChatLink gGmbH',
    address: '1 Example Street, Exampletown',
    abuseEmail: 'abuse@chatlink.example',
    securityContact: 'mailto:security@chatlink.example',
  },
  now: new Date('2026-11-30T17:03:00.000Z'),
};
const young = { people: 214, languages: 31, pairs: [] };
const large = {
  people: 1_204_518,
  languages: 143,
  pairs: [
    { languages: ['en', 'es'] as [string, string], people: 180_204 },
    { languages: ['de', 'en'] as [string, string], people: 90_113 },
    { languages: ['ase', 'yue'] as [string, string], people: 20 },
  ],
};

export const homePages: CataloguePage[] = [
  { name: 'landing', view: 'home/landing', model: landingPage(shown) },
  { name: 'landing-with-counts', view: 'home/landing', model: landingPage({ ...shown, counts: young }) },
  {
    name: 'landing-with-many',
    view: 'home/landing',
    model: landingPage({ ...shown, counts: large, names: namesIn('ar'), speak: 'ar' }),
  },
  {
    name: 'landing-without-mobile-after-sign-out',
    view: 'home/landing',
    model: landingPage({ ...shown, speak: '' }),
    site: {
      mobileOffered: false,
      outbox: '/dev/outbox',
      flash: { kind: 'success', text: message('auth.signIn.notice.left') },
    },
  },
];
