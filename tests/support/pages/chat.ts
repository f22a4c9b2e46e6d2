import { message, shownDay, shownMoment, type Message } from '../../../src/kernel/message.ts';
import { startersFor } from '../../../src/features/chat/hellos/starters.page.ts';
import { waiting as waitingInNav } from './frame.ts';
import { form } from './form.ts';
import { picture } from './pictures.ts';
import type { CataloguePage } from './types.ts';

const at = new Date('2026-11-30T17:03:00.000Z');

function person(username: string, name: string, given: object = {}) {
  return { gone: false, name, username, avatar: null as object | null, initial: name[0]!, hue: 4, ...given };
}
const mateo = person('mateo', 'Mateo');
const lena = person('lena_k', 'Lena', { avatar: picture(256, 256, ''), hue: 2 });
const samir = person('samir', 'سمير بن يوسف', { initial: 'س', hue: 9 });
/** Thirty letters, and fifty of the widest there is. */
const long = person('wolfeschlegelsteinhausenberger', '﷽'.repeat(50), { initial: 'W', hue: 0 });
const gone = { gone: true, name: '', username: '', avatar: null, initial: '', hue: 0 };

const german = { name: 'German', own: { name: 'Deutsch', lang: 'de', dir: 'ltr' }, level: null };
const spanish = {
  name: 'Spanish',
  own: { name: 'español', lang: 'es', dir: 'ltr' },
  level: { code: 'B2', name: message('profile.level.B2') },
};
const arabic = { name: 'Arabic', own: { name: 'العربية', lang: 'ar', dir: 'rtl' }, level: null };
const short = { country: 'Germany', namesLang: 'en', native: [german], learning: [spanish, arabic] };

const hello = 'Hi Lena! I saw “Coffee” on your page. How did you get into it?';
const inArabic = 'مرحبا! أتعلّم الألمانية منذ سنة.\nهل نكتب معا؟';
const wide = `${'W'.repeat(200)} ${'Z\u0300\u0301\u0302\u0303\u0304'.repeat(40)}`;

type Who = typeof mateo | typeof gone;

function row(who: Who, last: { mine: boolean; text: string | null } | null, note: Message | null = null) {
  return { path: `/chats/${who.username || 'c_AAAAAAAAAAAAAAAAAAAAAA'}`, who, last, note, at: shownDay(at) };
}

function list(
  name: string,
  rows: object[],
  more: string | null = null,
  waiting = 0,
  parted: object[] = [],
): CataloguePage {
  return {
    name: `chats-${name}`,
    view: 'chat/chats',
    model: { title: message('chat.list.title'), parted, rows, more },
    signedIn: true,
    site: {
      path: '/chats',
      navFacts: waitingInNav(waiting),
    },
  };
}

function request(who: typeof mateo, text: string, given: object = {}) {
  return {
    path: `/chats/${who.username}`,
    block: `/people/${who.username}/block`,
    report: `/report?about=person:${who.username}`,
    who,
    short: short as typeof short | null,
    withMinor: false,
    text,
    at: shownMoment(at),
    ...given,
  };
}

function requests(name: string, list: object[], more: string | null = null): CataloguePage {
  return {
    name: `requests-${name}`,
    view: 'chat/requests',
    model: { title: message('chat.requests.title'), requests: list, more },
    signedIn: true,
    site: {
      path: '/chats/requests',
      navFacts: waitingInNav(list.length),
    },
  };
}

function said(seq: number, mine: boolean, text: string | null) {
  const report = mine ? null : `/report?about=message:mateo:${seq}`;
  return { id: `m-${seq}`, mine, text, at: shownMoment(at), report };
}

function greeting(withMinor = false) {
  const languages = [
    { code: 'es', role: 'native' as const, level: null },
    { code: 'de', role: 'learning' as const, level: 'B1' as const },
  ];
  const summary = { username: '', country: 'ES', languages, interests: ['coffee'], withMinor };
  return { starters: startersFor(summary), withMinor, most: 500, units: 7500 };
}

function conversation(
  name: string,
  who: Who,
  status: string,
  given: Record<string, unknown> = {},
  text = '',
  errors: Record<string, Message> = {},
): CataloguePage {
  const path = `/chats/${who.username || 'c_AAAAAAAAAAAAAAAAAAAAAA'}`;
  return {
    name: `chat-${name}`,
    view: 'chat/conversation',
    model: {
      title: who.gone ? message('chat.with.former') : message('chat.with.title', { name: who.name }),
      who,
      status,
      path,
      report: `/report?about=${who.gone ? 'conversation:c_AAAAAAAAAAAAAAAAAAAAAA' : `person:${who.username}`}`,
      block: `/people/${who.username}/block`,
      parted: [],
      messages: [],
      request: null,
      hello: null,
      kept: '',
      form: form({ text, clientId: '0193bd3c-0000-7000-8000-000000000000' }, errors),
      ...given,
    },
    signedIn: true,
    site: { path },
  };
}

const tooOften = message('chat.tooOften', { most: 10, wait: message('web.duration.hours', { count: 7 }) });

export const chatPages: CataloguePage[] = [
  list('none', []),
  list(
    'some',
    [
      row(mateo, { mine: true, text: hello }, message('chat.row.asked')),
      row(lena, { mine: false, text: 'Klar, gern!' }),
      row(samir, { mine: false, text: inArabic }),
      row(gone, { mine: false, text: 'Bis bald' }, message('chat.closed.former')),
      row(person('ben', 'Ben'), { mine: true, text: null }),
    ],
    '/chats?after=eyJ0IjoxfQ',
    3,
  ),
  list(
    'long-names',
    [row(long, { mine: true, text: wide }), row(long, { mine: false, text: wide })],
    null,
    142,
  ),
  list('parted', [row(lena, { mine: false, text: 'Klar, gern!' })], null, 0, [
    { username: 'lena_k', displayName: 'Lena' },
  ]),
  requests('none', []),
  requests(
    'some',
    [request(mateo, hello), request(lena, 'Hallo!', { short: null })],
    '/chats/requests?after=x',
  ),
  requests('rtl', [request(samir, inArabic)]),
  requests('long-names', [request(long, wide)]),
  conversation('hello', mateo, 'new', { hello: greeting() }),
  conversation('hello-starter', mateo, 'new', { hello: greeting() }, hello),
  conversation('hello-minor', mateo, 'new', { hello: greeting(true) }),
  conversation('hello-after-not-now', samir, 'declined', {
    hello: greeting(),
    messages: [said(1, false, inArabic)],
  }),
  conversation('hello-held-back', mateo, 'new', { hello: greeting() }, 'Call me: 0151 234567', {
    text: message('chat.text.error.contactDetail.phone'),
  }),
  conversation('hello-too-often', mateo, 'new', { hello: greeting() }, hello, { '': tooOften }),
  conversation('hello-hidden', mateo, 'new', { hello: greeting() }, hello, {
    '': message('chat.hidden'),
  }),
  conversation('hello-long-names', long, 'new', { hello: greeting() }, wide),
  conversation('asked', mateo, 'asked', { messages: [said(1, true, hello)] }),
  conversation('asked-twice', mateo, 'asked', { messages: [said(1, true, hello)], kept: 'Me again' }, '', {
    '': message('chat.closed'),
  }),
  conversation('asking', mateo, 'asking', { request: request(mateo, hello) }),
  conversation('asking-again', samir, 'asking', {
    messages: [said(1, true, hello), said(2, true, null)],
    request: request(samir, inArabic, { short: null }),
  }),
  conversation('accepted', lena, 'accepted', {
    messages: [said(1, true, hello), said(2, false, 'Klar, gern!')],
  }),
  conversation('not-now', lena, 'declined', { messages: [said(1, false, 'Hallo!')] }),
  conversation('closed', lena, 'new'),
  conversation('former', gone, 'former', { messages: [said(1, true, hello), said(2, false, inArabic)] }),
  conversation('long-names', long, 'accepted', { messages: [said(1, false, wide), said(2, true, wide)] }),
];
