import {
  aboutPage,
  type Facts,
  helpPage,
  privacyPage,
  termsPage,
} from '../../../src/features/about/about.page.ts';
import { kept as ownRecords } from '../../../src/features/about/kept.ts';
import { cookies, kept as ofAuth } from '../../../src/features/auth/kept.ts';
import { kept as ofPictures } from '../../../src/features/pictures/kept.ts';
import { kept as ofPrivacy } from '../../../src/features/privacy/kept.ts';
import { kept as ofProfile } from '../../../src/features/profile/kept.ts';
import type { CataloguePage } from './types.ts';

const kept = [...ofAuth, ...ofPictures, ...ofProfile, ...ofPrivacy, ...ownRecords];

const facts: Facts = {
  operator: {
    name: 'ChatLink gGmbH',
    address: 'Sprachenstraße 12\n10115 Berlin\nGermany',
    abuseEmail: 'abuse@chatlink.example',
    securityContact: 'https://chatlink.example/security',
  },
  smtpUrl: 'smtps://mail.example',
  twilio: {},
  breachCheck: true,
  media: { kind: 's3' },
};
const onLaptop: Facts = {
  ...facts,
  operator: { ...facts.operator, name: 'A'.repeat(80), securityContact: 'mailto:security@chatlink.example' },
  smtpUrl: null,
  twilio: null,
  breachCheck: false,
  media: { kind: 'folder' },
};

export const aboutPages: CataloguePage[] = [
  { name: 'help', view: 'about/help', model: helpPage(facts), site: { path: '/help' } },
  {
    name: 'help-without-mobile',
    view: 'about/help',
    model: helpPage(onLaptop),
    signedIn: true,
    site: { path: '/help', mobileOffered: false },
  },
  { name: 'about', view: 'about/about', model: aboutPage(facts), site: { path: '/about' } },
  {
    name: 'about-long-name-signed-in',
    view: 'about/about',
    model: aboutPage(onLaptop),
    signedIn: true,
    site: { path: '/about' },
  },
  {
    name: 'privacy',
    view: 'about/privacy',
    model: privacyPage(facts, { kept, cookies }, true),
    site: { path: '/privacy' },
  },
  {
    name: 'privacy-on-a-laptop-signed-in',
    view: 'about/privacy',
    model: privacyPage(onLaptop, { kept, cookies }, false),
    signedIn: true,
    site: { path: '/privacy', mobileOffered: false },
  },
  { name: 'terms', view: 'about/terms', model: termsPage(facts), site: { path: '/terms' } },
  {
    name: 'terms-signed-in',
    view: 'about/terms',
    model: termsPage(onLaptop),
    signedIn: true,
    site: { path: '/terms', mobileOffered: false },
  },
];
