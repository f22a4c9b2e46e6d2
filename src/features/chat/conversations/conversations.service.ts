import type { Wake } from '../../../events/wake.ts';
import { type Random, uuidv7 } from '../../../kernel/ids.ts';
import { done, type Outcome, refused, signedOut, type SignedOut } from '../../../kernel/outcome.ts';
import { contactDetailIn } from '../../../kernel/text/contact-details/contact-details.ts';
import { graphemes } from '../../../kernel/text/text.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { Caller } from '../../../web/act.ts';
import type { Cursors } from '../../../web/cursors.ts';
import { listPolicy } from '../policy.ts';
import type { AnswerStore, Answered } from './answers.store.ts';
import { opaqueIdOf } from './conversation-id.ts';
import type {
  AnswerOutcome,
  ChatMessage,
  Conversation,
  ListedConversation,
  ListPage,
  SendOutcome,
} from './conversations.ts';
import type { HelloStore, Said } from './hello.store.ts';
import { placeOf } from './pair.store.ts';
import type { ListedRow, ListPlace, MessageRow, ReadingStore } from './reading.store.ts';
import type { createWordsFrom } from './words-from.ts';

interface ConversationDeps {
  hellos: HelloStore;
  answers: AnswerStore;
  reading: ReadingStore;
  wordsFrom: ReturnType<typeof createWordsFrom>;
  cursors: Cursors;
  random: Random;
  wake: Wake;
}

export interface Words {
  with: string;
  text: string;
  clientId: string;
}

function messageOf({ at, ...rest }: MessageRow): ChatMessage {
  return { ...rest, at: new Date(at) };
}

function excerptOf(text: string): string {
  const parts = graphemes(text, listPolicy.excerpt + 1);
  return parts.length > listPolicy.excerpt ? `${parts.slice(0, -1).join('')}…` : text;
}

function addressOf({ id, person }: Pick<ListedRow, 'id' | 'person'>): { id: string; with: string } {
  const opaque = opaqueIdOf(id);
  return { id: opaque, with: person?.username ?? opaque };
}

function listedOf({ id, person, status, messages, at }: ListedRow) {
  const [last] = messages.map(messageOf);
  return { ...addressOf({ id, person }), person, status, last: last ?? null, at };
}

/** Of what is read elsewhere, the beginning. */
function shortened({ last, ...item }: ListedConversation): ListedConversation {
  return { ...item, last: last?.text ? { ...last, text: excerptOf(last.text) } : last };
}

function sentOf(
  { what, seq, at, most, freeAt }: Said,
  { with: name, clientId }: Words,
  now: Date,
): SendOutcome {
  if (what === 'too-often')
    return refused(what, { retryInMs: Math.max(1, freeAt!.getTime() - now.getTime()), most });
  if (what !== 'hello' && what !== 'answer' && what !== 'sent') return refused(what);
  return done({ seq: seq!, at: at!, clientId, with: name, accepted: what === 'answer' });
}

function answerOf(answered: Answered | null, name: string): AnswerOutcome {
  if (answered === null) return signedOut;
  return answered === 'done' ? done({ with: name }) : refused(answered);
}

/** `with` is a username, or an opaque id. Whom the viewer may not see is `nobody`. */
export function createConversations(deps: ConversationDeps) {
  const { hellos, answers, reading, wordsFrom, cursors, random, wake } = deps;

  const placeBehind = (viewer: Viewer, which: string, after: string): ListPlace | null => {
    const [moment, id] = cursors.read(after, which, viewer.id) ?? [];
    return moment === undefined || id === undefined ? null : { at: new Date(moment), id };
  };

  return {
    /** A cursor that was not made for this list begins it. */
    async list(
      viewer: Viewer,
      which: 'chats' | 'requests',
      after: string,
    ): Promise<Outcome<ListPage, SignedOut>> {
      const rows = await reading.list(viewer, which, placeBehind(viewer, which, after), listPolicy.most + 1);
      if (!rows) return signedOut;
      const page = rows.slice(0, listPolicy.most);
      const items = page.map(listedOf);
      const last = rows.length > page.length ? page.at(-1) : undefined;
      const next = last ? cursors.write([last.at.toISOString(), last.id], which, viewer.id) : null;
      return done({ items: which === 'chats' ? items.map(shortened) : items, next });
    },

    async read(
      viewer: Viewer,
      asked: { with: string; before: number | null; after: number | null },
    ): Promise<Outcome<Conversation, SignedOut | 'nobody'>> {
      const { before, after } = asked;
      const row = await reading.read(viewer, placeOf(asked.with), {
        before,
        after,
        most: listPolicy.messages,
      });
      if (!row) return signedOut;
      if (row === 'nobody') return refused('nobody');
      const { person, status, messages, contactable, saidLately } = row;
      const mayWrite =
        status === 'asking' ||
        status === 'declined' ||
        (contactable && !saidLately && (status === 'new' || status === 'ended'));
      return done({ ...addressOf(row), person, status, messages: messages.map(messageOf), mayWrite });
    },

    /** A first hello; to somebody whose hello waits, the answer that accepts. */
    async send(viewer: Viewer, words: Words, caller: Caller): Promise<SendOutcome> {
      const { text, clientId } = words;
      const kind =
        contactDetailIn(text) && contactDetailIn(text, await reading.names(viewer, placeOf(words.with)));
      if (kind) return refused('contact-detail', { kind });
      const said = await hellos.say(viewer, placeOf(words.with), {
        helloId: uuidv7(viewer.now, random),
        clientId,
        text,
        from: (names) => wordsFrom(text, names, caller),
      });
      if (!said) return signedOut;
      // Whether it reached the other must not show in how long this takes.
      if (said.what === 'hello' || said.what === 'answer') await wake();
      return sentOf(said, words, viewer.now);
    },

    async accept(viewer: Viewer, name: string): Promise<AnswerOutcome> {
      const answered = await answers.accept(viewer, placeOf(name));
      if (answered === 'done') await wake();
      return answerOf(answered, name);
    },

    /** Whoever said hello does not learn of it. */
    decline: async (viewer: Viewer, name: string): Promise<AnswerOutcome> =>
      answerOf(await answers.decline(viewer, placeOf(name), uuidv7(viewer.now, random)), name),

    withdraw: async (viewer: Viewer, name: string): Promise<AnswerOutcome> =>
      answerOf(await answers.withdraw(viewer, placeOf(name)), name),
  };
}

export type Conversations = ReturnType<typeof createConversations>;
