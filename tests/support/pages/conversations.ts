import { conversationPage } from '../../../src/features/chat/conversations/conversation.page.ts';
import { correctionsPage } from '../../../src/features/chat/corrections/corrections.page.ts';
import {
  correctPage,
  deletePage,
  editPage,
  historyPage,
  reactPage,
} from '../../../src/features/chat/conversations/message-pages.page.ts';
import type { Conversation } from '../../../src/features/chat/conversations/conversations.ts';
import type { ChatMessage } from '../../../src/features/chat/messages/message.ts';
import type { ConversationStatus } from '../../../src/features/chat/pairs/pair.ts';
import type { ProfileSummary } from '../../../src/features/profile/index.ts';
import { minutes } from '../../../src/kernel/clock.ts';
import { message, type Message } from '../../../src/kernel/message.ts';
import { namesIn } from '../../../src/web/words/names.ts';
import { saidAt, talkedAt, talkWith } from './talking.ts';
import type { CataloguePage } from './types.ts';

const lena = { gone: false, username: 'lena_k', name: 'Lena' };
const samir = { gone: false, username: 'samir', name: 'سمير بن يوسف' };
const long = { gone: false, username: 'wolfeschlegelsteinhausenberger', name: '﷽'.repeat(50) };
const gone = { gone: true, username: '', name: '' };
const wide = `${'W'.repeat(200)} ${'Z\u0300\u0301\u0302\u0303\u0304'.repeat(40)}`;
const now = new Date(talkedAt.getTime() + minutes(120));
const names = namesIn('en');
const clientId = '0193bd3c-0000-7000-8000-000000000000';

function knownOf(username: string): ReadonlyMap<string, ProfileSummary> {
  const languages = [
    { code: 'de', role: 'native' as const, level: null },
    { code: 'ar', role: 'learning' as const, level: 'B1' as const },
  ];
  return new Map([[username, { username, country: 'DE', languages, interests: [], withMinor: false }]]);
}

interface Shown {
  status?: ConversationStatus;
  talk?: Partial<Conversation>;
  page?: { before?: number; after?: number };
  values?: Record<string, string>;
  error?: [name: string, text: Message];
  answered?: ChatMessage;
}

function talk(name: string, who: typeof lena, messages: ChatMessage[], shown: Shown = {}): CataloguePage {
  const { status = 'accepted', page = {}, values = {}, error, answered = null } = shown;
  const conversation = talkWith(who, status, messages, shown.talk);
  const model = conversationPage({
    conversation,
    people: knownOf(who.username),
    parted: [],
    names,
    clientId,
    values,
    errors: error ? [{ name: error[0], text: error[1] }] : [],
    fresh: !error,
    answered,
    counted: null,
    part: { before: null, after: null, ...page },
    now,
  });
  const site = { path: model.path };
  return { name: `talk-${name}`, view: 'chat/conversation', model, signedIn: true, site };
}

function one(view: string, state: string, model: CataloguePage['model']): CataloguePage {
  const site = { path: `/chats/lena_k/messages/2/${view}` };
  return {
    name: `message-${view}${state && `-${state}`}`,
    view: `chat/${view}`,
    model,
    signedIn: true,
    site,
  };
}

const theirs = saidAt(2, false, 'Ich habe gestern nach Hause gegangen.', { language: 'de' });
const mine = saidAt(3, true, 'Danke!\nUnd du?', { language: 'de' });
const quoted = { seq: 2, mine: false, language: 'de', text: theirs.text };
const corrected = { seq: 3, mine: true, language: 'de', outdated: false };

function correction(seq: number, before: string, after: string, given: Partial<ChatMessage> = {}) {
  const corrects = { ...corrected, text: before };
  return saidAt(seq, false, after, { language: 'de', corrects, ...given });
}

const corrections = [
  correction(4, 'Ich habe nach Hause gegangen.', 'Ich bin nach Hause gegangen.', {
    note: '“Gehen” goes with “sein”.',
    reactions: [{ emoji: '🙏', mine: true }],
    kept: true,
  }),
  correction(5, 'Ich weiß nicht wie man sagt das', 'Mir fehlt gerade das Wort dafür.'),
  correction(6, 'Schönes Tag 👍', 'Schönen Tag 👍🏽', {
    corrects: { ...corrected, text: 'Schönes Tag 👍', outdated: true },
  }),
  correction(7, 'أنا ذهبت إلى مدرسة أمس', 'أنا ذهبت إلى المدرسة أمس', { language: 'ar' }),
  correction(8, '私は昨日学校が行きました。', '私は昨日学校に行きました。', { language: 'ja' }),
  saidAt(9, true, 'Ich freue mich auf das Wochenende.', {
    language: 'de',
    corrects: { ...corrected, mine: false, text: 'Ich freue mich über das Wochenende.' },
  }),
  saidAt(10, false, null),
];

const many = [
  saidAt(1, true, 'Hi Lena! I saw “Coffee” on your page.', { after: -1500 }),
  theirs,
  mine,
  saidAt(4, false, 'See https://example.com/a?b=1&c=2#d for more.', { after: 19, answers: quoted }),
  saidAt(5, false, '☕👍🏽', { after: 20, reactions: [{ emoji: '❤️', mine: true }] }),
  saidAt(6, true, 'Schön!', {
    after: 60,
    edits: 2,
    editedAt: now,
    reactions: [{ emoji: '😂', mine: false }],
  }),
  saidAt(7, false, null, { after: 61 }),
  saidAt(8, false, 'Noch da?', { after: 62, answers: { ...quoted, text: null } }),
];
const inArabic = [
  saidAt(1, true, 'Hello — how do you say “see you” in Arabic?', { language: 'en' }),
  saidAt(2, false, 'نقول: مع السلامة!\nأو: إلى اللقاء (see you).', {
    language: 'ar',
    reactions: [{ emoji: '👍', mine: true }],
  }),
  correction(3, 'مع سلامة', 'مع السلامة', { language: 'ar', note: 'With the article.' }),
];
const longOnes = [
  saidAt(1, false, wide),
  saidAt(2, true, wide, { answers: { seq: 1, mine: false, language: null, text: wide } }),
  correction(3, wide, `${wide} W`),
];
const about = { conversation: talkWith(lena, 'accepted', [theirs]), said: { ...theirs, text: theirs.text! } };
const own = { conversation: about.conversation, said: { ...mine, text: mine.text! } };
const empty = { values: {}, errors: [] };
const minors = message('chat.text.error.minors.phone');
const tooFast = message('chat.tooFast', { wait: message('web.duration.seconds', { count: 4 }) });
const versions = [
  { text: 'Danke!', at: talkedAt },
  { text: mine.text!, at: now },
];

function kept(language: string, messages: ChatMessage[], languages: string[], next: string | null = null) {
  const person = { username: 'lena_k', displayName: 'Lena', avatar: null };
  const items = messages.map((said) => ({ with: 'lena_k', person, message: said }));
  return correctionsPage({ items, languages, next }, { names, now, language });
}

export const conversationPages: CataloguePage[] = [
  talk('all-kinds', lena, many, { talk: { readSeq: 3, theirReadSeq: 6, muted: true } }),
  talk('corrections', lena, corrections, { talk: { archived: true } }),
  talk('sent', lena, [mine], { talk: { theirReadSeq: 1, draft: 'Und noch\netwas' } }),
  talk('answering', lena, [theirs, mine], { values: { answers: '2' }, answered: theirs }),
  talk('held-back', lena, [theirs], { values: { text: '0151 234567' }, error: ['text', minors] }),
  talk('too-fast', lena, [theirs], { values: { text: 'Und' }, error: ['', tooFast] }),
  talk('earlier', lena, [theirs, mine], { page: { after: 1 }, talk: { lastSeq: 90 } }),
  talk('rtl', samir, inArabic),
  talk('long-names', long, longOnes),
  talk('closed', gone, many, { status: 'former' }),
  one('edit', '', editPage(own, empty)),
  one(
    'edit',
    'held-back',
    editPage(own, { values: { text: 'x' }, errors: [{ name: 'text', text: minors }] }),
  ),
  one('correct', '', correctPage(about, empty, clientId)),
  one(
    'correct',
    'held-back',
    correctPage(
      about,
      { values: { text: '0151 234567', note: '' }, errors: [{ name: 'text', text: minors }] },
      clientId,
    ),
  ),
  one('react', '', reactPage(about, empty)),
  one('delete', '', deletePage(own)),
  one('history', '', historyPage(own, { versions, language: 'de', mine: true })),
  one('history', 'theirs', historyPage(about, { versions, language: null, mine: false })),
  {
    ...one('corrections', 'none', kept('', [], [])),
    name: 'corrections-none',
    site: { path: '/profile/corrections' },
  },
  {
    ...one('corrections', 'some', kept('de', corrections.slice(0, 6), ['de', 'ar', 'ja'], 'x')),
    name: 'corrections-some',
    site: { path: '/profile/corrections' },
  },
];
