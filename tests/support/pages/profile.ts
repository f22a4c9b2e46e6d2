import { message, type Message, named, shownDay } from '../../../src/kernel/message.ts';
import { noSections, type PersonSectionsView } from '../../../src/web/views/slots.ts';
import { picture as pictureOf } from './pictures.ts';
import type { CataloguePage } from './types.ts';

const german = { name: 'German', own: { name: 'Deutsch', lang: 'de', dir: 'ltr' }, level: null };
const spanish = {
  name: 'Spanish',
  own: { name: 'español', lang: 'es', dir: 'ltr' },
  level: { code: 'B2', name: message('profile.level.B2') },
};
const english = { name: 'English', own: null, level: null };
const arabic = { name: 'Arabic', own: { name: 'العربية', lang: 'ar', dir: 'rtl' }, level: null };
const hebrew = {
  name: 'Hebrew',
  own: { name: 'עברית', lang: 'he', dir: 'rtl' },
  level: { code: 'A1', name: message('profile.level.A1') },
};
const slavonic = {
  name: 'Church Slavic, Old Slavonic, Old Church Slavonic',
  own: { name: 'ѩзыкъ словѣньскъ', lang: 'cu', dir: 'ltr' },
  level: { code: 'C2', name: message('profile.level.C2') },
};
const picture = pictureOf(512, 384, 'A boat on a lake');

const lena = {
  username: 'lena.m',
  displayName: null as string | null,
  avatar: null as typeof picture | null,
  photos: [] as (typeof picture)[],
  interests: [] as Message[],
  bio: '',
  hidden: false,
  initial: 'L',
  hue: 4,
  country: 'Germany',
  namesLang: 'en',
  native: [german],
  learning: [spanish, english],
  memberSince: Date.UTC(2025, 10),
};
/** Everything that one can say. */
const full = {
  ...lena,
  displayName: 'Lena Marie Sørensen',
  interests: [
    message('profile.interest.sewing'),
    message('profile.interest.board-games'),
    message('profile.interest.coffee'),
    message('profile.interest.sea'),
    message('profile.interest.languages'),
  ],
  bio: 'Ahoj! I moved to Kiel two years ago and work at a boat yard.\n\nI can help you with German grammar, and would love to talk about films, knitting and the weather in Spanish. 🌧️\nhttps://example.com is no link.',
};
const samir = {
  ...full,
  username: 'samir',
  displayName: 'سمير بن يوسف',
  bio: 'أهلا! أسكن في مراكش.\nI also write in English!\nوأحب الشاي.',
  initial: 'س',
  hue: 9,
  native: [arabic],
  learning: [hebrew, german],
};
/** Seen by somebody who reads Arabic. */
const inArabic = {
  ...full,
  country: 'ألمانيا',
  namesLang: 'ar',
  native: [{ ...german, name: 'الألمانية' }],
  learning: [
    { ...spanish, name: 'الإسبانية' },
    { ...arabic, name: 'العربية', own: null },
  ],
};
/** Letters that reach far above and below the line. */
const tall = {
  ...full,
  displayName: 'བསྟན་འཛིན་རྒྱ་མཚོ ខ្ញុំ',
  interests: [message('profile.interest.coffee')],
  native: [{ ...german, name: 'Tibetan', own: { name: 'བོད་སྐད་', lang: 'bo', dir: 'ltr' } }],
};
const long = {
  ...full,
  username: 'wolfeschlegelsteinhausenberger',
  /** Fifty of the widest letter there is. */
  displayName: '﷽'.repeat(50),
  bio: `${'W'.repeat(200)}\n${'﷽'.repeat(30)}\n${'Z\u0300\u0301\u0302\u0303\u0304'.repeat(40)}`,
  photos: Array.from({ length: 9 }, () => picture),
  avatar: { ...picture, alt: '' },
  initial: 'W',
  hue: 0,
  country: 'South Georgia and the South Sandwich Islands',
  native: [slavonic],
  learning: [slavonic, german, spanish, english, arabic],
};

const email = {
  kind: message('profile.own.contacts.email'),
  masked: 'l•••@e••••••.com',
  verified: true,
  verifiedText: message('profile.own.contacts.verified', { at: Date.UTC(2025, 10) }),
};
const mobile = {
  kind: message('profile.own.contacts.mobile'),
  masked: '+49 ••• ••••• 89',
  verified: false,
  verifiedText: message('profile.own.contacts.unverified'),
};

function own(
  name: string,
  person: object,
  contacts: object[],
  site: CataloguePage['site'] = {},
  more: object = {},
): CataloguePage {
  return {
    name: `profile-${name}`,
    view: 'profile/own',
    model: {
      title: message('profile.own.title'),
      person,
      contacts,
      pictureNote: null,
      nextStep: null,
      ...more,
    },
    signedIn: true,
    site: { path: '/profile', ...site },
  };
}

const actions = {
  bar: [{ kind: 'link', path: '/chats/lena.m', label: message('chat.person.hello'), icon: 'chat' }],
  more: [
    { kind: 'link', path: '/people/lena.m/block', label: message('safety.person.block'), icon: 'block' },
    { kind: 'button', path: '/people/lena.m/hide', label: message('safety.person.hide'), icon: 'hide' },
    { kind: 'copy', path: '/people/lena.m', label: message('profile.person.copy'), icon: 'copy' },
  ],
};

const question = message('chat.starter.learns.text', { language: named('language', 'es') });
const sections = {
  shared: {
    youLearn: ['German'],
    theyLearn: ['Spanish', 'Church Slavic, Old Slavonic, Old Church Slavonic'],
    interests: [message('profile.interest.coffee'), message('profile.interest.sea')],
    hours: [
      { from: 7, until: 11 },
      { from: 19, until: 23 },
    ],
    namesLang: 'en',
  },
  starters: {
    path: '/chats/lena.m',
    starters: [
      { label: message('chat.starter.learns', { language: named('language', 'es') }), text: question },
      {
        label: message('chat.starter.interest', { interest: message('profile.interest.sea') }),
        text: question,
      },
    ],
  },
};

function other(
  name: string,
  person: { username: string },
  isOwn = false,
  shown: object | null = isOwn ? null : { ...actions, bar: [] },
  parts: PersonSectionsView = noSections,
): CataloguePage {
  return {
    name: `person-${name}`,
    view: 'profile/person',
    model: { title: person.username, person, isOwn, actions: shown, sections: parts },
    signedIn: true,
    site: { path: `/people/${person.username}` },
  };
}

export const profilePages: CataloguePage[] = [
  own('welcome', lena, [email], {
    flash: { kind: 'success', text: message('auth.signUp.welcome', { username: 'lena.m' }) },
  }),
  ...(['picture', 'words', 'levels'] as const).map((nextStep) =>
    own(`next-step-${nextStep}`, lena, [email], {}, { nextStep }),
  ),
  own('two-contacts', lena, [email, mobile]),
  own(
    'picture-being-made',
    lena,
    [email],
    {},
    {
      pictureNote: {
        busy: true,
        mark: '',
        notice: {
          kind: 'waiting',
          text: message('pictures.avatar.note.processing'),
        },
      },
      refreshSeconds: 3,
    },
  ),
  own('came-back', lena, [email], {
    flash: {
      kind: 'success',
      text: message('auth.signIn.cameBack', { at: shownDay(new Date('2026-12-09T14:03:00.000Z')) }),
      link: { href: '/settings/account', text: message('auth.signIn.deleteAnyway') },
    },
  }),
  own('full', full, [email], { flash: { kind: 'success', text: message('profile.edit.saved') } }),
  own('hidden', { ...full, hidden: true }, [email]),
  own('long-names', long, [{ ...email, masked: `w${'•'.repeat(30)}@${'e'.repeat(40)}.example` }]),
  other('ltr', lena),
  other('full', full),
  other('with-pictures', {
    ...full,
    avatar: { ...picture, alt: '' },
    photos: [picture, { ...picture, alt: 'Two knitted hats, one blue and one red' }],
  } as typeof full),
  other('with-everything-to-do', full, false, actions),
  other('shared', full, false, actions, sections),
  other('own', full, true),
  other('hidden-own', { ...full, hidden: true } as typeof full, true),
  other('rtl', samir),
  other('long-names', long),
  other('names-in-arabic', inArabic as typeof lena),
  other('tall-letters', tall as typeof lena),
  ...Array.from({ length: 12 }, (_, hue) => other(`hue-${hue}`, { ...lena, hue } as typeof lena)),
];
