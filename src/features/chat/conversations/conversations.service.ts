import type { Wake } from '../../../events/wake.ts';
import { type Random, uuidv7 } from '../../../kernel/ids.ts';
import { done, type Outcome, refused, signedOut, type SignedOut } from '../../../kernel/outcome.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { Cursors } from '../../../web/cursors.ts';
import { listPolicy } from '../policy.ts';
import type { AnswerStore, Answered } from '../hellos/answers.store.ts';
import { opaqueIdOf } from '../pairs/conversation-id.ts';
import type { AnswerOutcome, Conversation, ListedConversation, ListPage } from './conversations.ts';
import { excerptOf } from '../messages/excerpt.ts';
import type { ChatMessage } from '../messages/message.ts';
import type { ConversationStatus } from '../pairs/pair.ts';
import { placeOf } from '../pairs/pair.store.ts';
import type { Presence } from '../presence/presence.ts';
import type { PresenceService } from '../presence/presence.service.ts';
import type { Over } from './over.service.ts';
import type { ListedRow, ListName, ListPlace, MessageRow, Part, ReadingStore } from './reading.store.ts';

/** What of a conversation is asked for; `changedAfter`: of what lies before `after`, what changed since. */
export type Asked = Pick<Part, 'before' | 'after' | 'changedAfter'> & { with: string };

interface ConversationDeps {
  answers: AnswerStore;
  reading: ReadingStore;
  presence: Pick<PresenceService, 'of'>;
  over: Pick<Over, 'at' | 'openedAt'>;
  cursors: Cursors;
  random: Random;
  wake: Wake;
}

type StateOf = (userId: string | null) => Presence;

export function messageOf({ at, editedAt, ...rest }: MessageRow): ChatMessage {
  return { ...rest, at: new Date(at), editedAt: editedAt === null ? null : new Date(editedAt) };
}

function addressOf({ id, person }: Pick<ListedRow, 'id' | 'person'>): { id: string; with: string } {
  const opaque = opaqueIdOf(id);
  return { id: opaque, with: person?.username ?? opaque };
}

function listedOf({ id, last, presenceOf, ...row }: ListedRow, stateOf: StateOf): ListedConversation {
  return {
    ...row,
    presence: stateOf(presenceOf),
    ...addressOf({ id, person: row.person }),
    last: last && { ...last, at: new Date(last.at) },
  };
}

/** Of what is read elsewhere, the beginning. */
function shortened({ last, draft, ...item }: ListedConversation): ListedConversation {
  const short = last?.text ? { ...last, text: excerptOf(last.text) } : last;
  return { ...item, draft: excerptOf(draft), last: short };
}

function mayWrite(status: ConversationStatus, mayGreet: boolean): boolean {
  if (status === 'new' || status === 'ended') return mayGreet;
  return status === 'asking' || status === 'declined' || status === 'accepted';
}

function answerOf(answered: Answered | null, name: string): AnswerOutcome {
  if (answered === null) return signedOut;
  return answered === 'done' ? done({ with: name }) : refused(answered);
}

/** `with` is a username, or an opaque id. Whom the viewer may not see is `nobody`. */
export function createConversations(deps: ConversationDeps) {
  const { answers, reading, presence, over, cursors, random, wake } = deps;

  const placeBehind = (viewer: Viewer, which: string, after: string): ListPlace | null => {
    const [moment, id] = cursors.read(after, which, viewer.id) ?? [];
    return moment === undefined || id === undefined ? null : { at: new Date(moment), id };
  };

  return {
    /** A cursor that was not made for this list begins it. */
    async list(viewer: Viewer, which: ListName, after: string): Promise<Outcome<ListPage, SignedOut>> {
      const rows = await reading.list(viewer, which, placeBehind(viewer, which, after), listPolicy.most + 1);
      if (!rows) return signedOut;
      const page = rows.slice(0, listPolicy.most);
      const stateOf = await presence.of(page.flatMap(({ presenceOf }) => presenceOf ?? []));
      const items = page.map((one) => listedOf(one, stateOf));
      const last = rows.length > page.length ? page.at(-1) : undefined;
      const next = last ? cursors.write([last.at.toISOString(), last.id], which, viewer.id) : null;
      return done({ items: which === 'requests' ? items : items.map(shortened), next });
    },

    async read(viewer: Viewer, asked: Asked): Promise<Outcome<Conversation, SignedOut | 'nobody'>> {
      const { with: name, ...part } = asked;
      const row = await reading.read(viewer, placeOf(name), { ...part, most: listPolicy.messages });
      if (!row) return signedOut;
      if (row === 'nobody') return refused('nobody');
      const { messages, changed, lastChange, contactable, presenceOf, ...rest } = row;
      const all = changed.map(messageOf);
      return done({
        ...rest,
        ...addressOf(row),
        presence: (await presence.of(presenceOf === null ? [] : [presenceOf]))(presenceOf),
        messages: messages.map(messageOf),
        changed: all,
        change: all.length < listPolicy.messages ? lastChange : all.at(-1)!.change,
        helloAgainAt: contactable ? row.helloAgainAt : null,
        mayWrite: mayWrite(row.status, contactable && row.helloAgainAt === null),
      });
    },

    async accept(viewer: Viewer, name: string): Promise<AnswerOutcome> {
      const answered = await answers.accept(viewer, placeOf(name));
      if (answered === 'done') await Promise.all([wake(), over.openedAt(viewer.id, placeOf(name))]);
      return answerOf(answered, name);
    },

    /** Whoever said hello does not learn of it. */
    decline: async (viewer: Viewer, name: string): Promise<AnswerOutcome> =>
      answerOf(await answers.decline(viewer, placeOf(name), uuidv7(viewer.now, random)), name),

    async withdraw(viewer: Viewer, name: string): Promise<AnswerOutcome> {
      const answered = await answers.withdraw(viewer, placeOf(name));
      if (answered === 'done') await over.at(viewer.id, placeOf(name));
      return answerOf(answered, name);
    },
  };
}

export type Conversations = ReturnType<typeof createConversations>;
