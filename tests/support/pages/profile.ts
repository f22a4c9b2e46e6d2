import type { CataloguePage } from './types.ts';

const german = { code: 'de', name: 'German', ownName: 'Deutsch', dir: 'ltr' };
const spanish = { code: 'es', name: 'Spanish', ownName: 'Español', dir: 'ltr' };
const english = { code: 'en', name: 'English', ownName: 'English', dir: 'ltr' };
const arabic = { code: 'ar', name: 'Arabic', ownName: 'اللغة العربية', dir: 'rtl' };
const hebrew = { code: 'he', name: 'Hebrew', ownName: 'עברית', dir: 'rtl' };
const slavonic = {
  code: 'cu',
  name: 'Church Slavic, Old Slavonic, Old Church Slavonic',
  ownName: 'ѩзыкъ словѣньскъ',
  dir: 'ltr',
};

const lena = {
  username: 'lena.m',
  initial: 'L',
  hue: 4,
  country: { code: 'DE', name: 'Germany' },
  native: [german],
  learning: [spanish, english],
  memberSince: 'November 2025',
};
const samir = {
  ...lena,
  username: 'samir',
  initial: 'S',
  hue: 9,
  native: [arabic],
  learning: [hebrew, german],
};
const long = {
  ...lena,
  username: 'wolfeschlegelsteinhausenberger',
  initial: 'W',
  hue: 0,
  country: { code: 'GS', name: 'South Georgia and the South Sandwich Islands' },
  native: [slavonic],
  learning: [slavonic, german, spanish, english, arabic],
};

const email = { kind: 'Email', masked: 'l•••@e••••••.com', verified: true, verifiedText: 'Verified' };
const mobile = {
  kind: 'Mobile',
  masked: '+49 ••• ••••• 89',
  verified: false,
  verifiedText: 'Not verified yet',
};

const own = (
  name: string,
  person: object,
  contacts: object[],
  site: CataloguePage['site'] = {},
): CataloguePage => ({
  name: `profile-${name}`,
  view: 'profile/own',
  model: { title: 'Your profile', person, contacts },
  signedIn: true,
  site: { path: '/profile', ...site },
});

const other = (name: string, person: { username: string }): CataloguePage => ({
  name: `person-${name}`,
  view: 'profile/person',
  model: { title: person.username, person },
  signedIn: true,
  site: { path: `/people/${person.username}` },
});

export const profilePages: CataloguePage[] = [
  own('welcome', lena, [email], { flash: { kind: 'success', text: 'Welcome to ChatLink, lena.m.' } }),
  own('two-contacts', lena, [email, mobile]),
  own('long-names', long, [{ ...email, masked: `w${'•'.repeat(30)}@${'e'.repeat(40)}.example` }]),
  other('ltr', lena),
  other('rtl', samir),
  other('long-names', long),
  ...Array.from({ length: 12 }, (_, hue) => other(`hue-${hue}`, { ...lena, hue } as typeof lena)),
];
