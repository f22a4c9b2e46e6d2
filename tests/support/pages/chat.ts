import { message, shownDay, shownMoment, type Message } from '../../../src/kernel/message.ts';
import { startersFor } from '../../../src/features/chat/hellos/starters.page.ts';
import type { NavFacts } from '../../../src/web/views/nav.ts';
import { waiting as waitingInNav } from './frame.ts';
import { chatsPage } from '../../../src/features/chat/conversations/chats.page.ts';
import { listView } from '../../../src/features/chat/conversations/message-list.page.ts';
import { blankMessage } from '../../../src/features/chat/messages/message.page.ts';
import type { ChatMessage } from '../../../src/features/chat/messages/message.ts';
import type { ConversationStatus } from '../../../src/features/chat/pairs/pair.ts';
import { form } from './form.ts';
import { picture } from './pictures.ts';
import { saidAt, talkedAt, talkWith } from './talking.ts';
import type { CataloguePage } from './types.ts';

const at = talkedAt;
const part = { before: null, after: null };

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

function row(
  who: Who,
  { mine, text, isCorrection = false }: { mine: boolean; text: string | null; isCorrection?: boolean },
  note: Message | null = null,
  given: object = {},
) {
  return {
    path: `/chats/${who.username || 'c_AAAAAAAAAAAAAAAAAAAAAA'}`,
    who,
    last: { mine, text, lang: 'de', isCorrection },
    draft: '',
    note,
    presence: who === lena ? 'here' : null,
    unread: 0,
    muted: false,
    at: shownDay(at),
    ...given,
  };
}

function countsOf(waiting: number): NavFacts {
  const facts = waitingInNav(waiting);
  const requests = waiting > 0 ? [['/chats/requests', waiting] as const] : [];
  return { ...facts, counts: new Map([...facts.counts, ...requests]) };
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
    model: { ...chatsPage('chats', { items: [], next: null }, { parted: [], now: at }), parted, rows, more },
    signedIn: true,
    site: { path: '/chats', navFacts: countsOf(waiting) },
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
    site: { path: '/chats/requests', navFacts: countsOf(list.length) },
  };
}

function greeting(withMinor = false, left: Message | null = null) {
  const languages = [
    { code: 'es', role: 'native' as const, level: null },
    { code: 'de', role: 'learning' as const, level: 'B1' as const },
  ];
  const summary = { username: '', country: 'ES', languages, interests: ['coffee'], withMinor };
  return { left, starters: startersFor(summary), withMinor, most: 500, units: 7500 };
}

function conversation(
  name: string,
  who: Who,
  status: ConversationStatus,
  given: Record<string, unknown> & { messages?: ChatMessage[] } = {},
  text = '',
  errors: Record<string, Message> = {},
): CataloguePage {
  const path = `/chats/${who.username || 'c_AAAAAAAAAAAAAAAAAAAAAA'}`;
  const { messages = [], ...more } = given;
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
      presence: status === 'accepted' ? 'here' : null,
      parted: [],
      changes: [],
      list:
        messages.length > 0
          ? listView({ conversation: talkWith(who, status, messages), messages, part, now: at })
          : null,
      composer: null,
      request: null,
      hello: null,
      again: null,
      blank: blankMessage(at),
      kept: '',
      form: form({ text, clientId: '0193bd3c-0000-7000-8000-000000000000' }, errors),
      ...more,
    },
    signedIn: true,
    site: { path },
  };
}

const inHours = message('web.duration.hours', { count: 7 });
const tooOften = message('chat.tooOften.first', { most: 3, usual: 10, wait: inHours });

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
      row(person('kim', 'Kim'), { mine: false, text: hello }, null, { unread: 4 }),
      row(person('lee', 'Lee'), { mine: false, text: hello, isCorrection: true }, null, {
        unread: 100,
        muted: true,
      }),
      row(person('noa', 'Noa'), { mine: true, text: hello, isCorrection: true }),
      row(person('uma', 'Uma'), { mine: true, text: hello }, null, { draft: 'Und noch etwas' }),
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
  {
    ...list('archived-none', []),
    model: chatsPage('archived', { items: [], next: null }, { parted: [], now: at }),
    site: { path: '/chats/archived' },
  },
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
  conversation('hello-last', mateo, 'new', {
    hello: greeting(false, message('chat.hello.last.first', { most: 3, usual: 10 })),
  }),
  conversation('hello-after-not-now', samir, 'declined', {
    hello: greeting(),
    messages: [saidAt(1, false, inArabic)],
  }),
  conversation('hello-held-back', mateo, 'new', { hello: greeting() }, 'Call me: 0151 234567', {
    text: message('chat.text.error.contactDetail.phone'),
  }),
  conversation('hello-too-often', mateo, 'new', { hello: greeting() }, hello, { '': tooOften }),
  conversation('hello-hidden', mateo, 'new', { hello: greeting() }, hello, {
    '': message('chat.hidden'),
  }),
  conversation('hello-long-names', long, 'new', { hello: greeting() }, wide),
  conversation('asked', mateo, 'asked', { messages: [saidAt(1, true, hello)], again: inHours }),
  conversation('asked-twice', mateo, 'asked', { messages: [saidAt(1, true, hello)], kept: 'Me again' }, '', {
    '': message('chat.closed'),
  }),
  conversation('asking', mateo, 'asking', { request: request(mateo, hello) }),
  conversation('asking-again', samir, 'asking', {
    messages: [saidAt(1, true, hello), saidAt(2, true, null)],
    request: request(samir, inArabic, { short: null }),
  }),
  conversation('not-now', lena, 'declined', { messages: [saidAt(1, false, 'Hallo!')] }),
  conversation('closed', lena, 'new'),
  conversation('taken-back', lena, 'new', { again: inHours }),
  conversation('former', gone, 'former', { messages: [saidAt(1, true, hello), saidAt(2, false, inArabic)] }),
];
