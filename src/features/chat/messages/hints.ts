import { opaqueIdOf } from '../pairs/conversation-id.ts';
import type { Quoted } from './message.ts';
import type { SentRow } from './send.store.ts';
import type { Words } from './sent.ts';

/** To all sockets of a person. May be lost: whoever comes back asks for what followed. */
export type Tell = (userId: string, event: string, data: object) => void;

/** Two people, as each is told of the other. */
interface Pair {
  conversationId: string | null;
  author: string; // usernames: whoever did it, and the other
  otherId: string | null;
  other: string | null;
}

/** A message as it is told to one of the two, with all that a page shows of it. */
export interface ToldMessage {
  with: string;
  seq: number;
  mine: boolean;
  author: string;
  name: string; // what the author is called
  clientId: string;
  text: string;
  at: string; // ISO 8601
  change: number;
  language: string | null;
  answers: Quoted | null;
  corrects: Quoted | null;
  note: string | null;
}

function asSeenByOther(quoted: Quoted | null): Quoted | null {
  return quoted && { ...quoted, mine: !quoted.mine };
}

/** What is told to open pages and programs of the two once it is committed. */
export function createHints(tell: Tell) {
  const both = (
    userId: string,
    { author, otherId, other, conversationId }: Pair,
    event: string,
    data: object,
  ) => {
    tell(userId, event, { with: other ?? opaqueIdOf(conversationId!), ...data });
    if (otherId !== null && other !== null) tell(otherId, event, { with: author, ...data });
  };
  return {
    sent(userId: string, { text, clientId, language = null, note = null }: Words, row: SentRow): void {
      const { seq, change, author, authorName: name, otherId, other, answered, corrected } = row;
      const at = row.at!.toISOString();
      const said = { seq: seq!, author, name, clientId, text, at, change: change!, language, note };
      tell(userId, 'chat.message', {
        ...said,
        with: other!,
        mine: true,
        answers: answered,
        corrects: corrected,
      } satisfies ToldMessage);
      tell(otherId!, 'chat.message', {
        ...said,
        with: author,
        mine: false,
        answers: asSeenByOther(answered),
        corrects: asSeenByOther(corrected),
      } satisfies ToldMessage);
    },
    changed: (userId: string, pair: Pair & { change: number }, seq: number): void =>
      both(userId, pair, 'chat.changed', { seq, change: pair.change }),
    /** `shown`: whether the other learns of it. */
    read(userId: string, pair: Pair & { change: number | null }, seq: number, shown: boolean): void {
      const { otherId } = pair;
      both(userId, { ...pair, otherId: shown ? otherId : null }, 'chat.read', {
        seq,
        change: pair.change,
        by: pair.author,
      });
    },
    /** Only to the viewer's own pages: a draft, a list. */
    mine: (userId: string, { other, conversationId }: Pair, what: object): void =>
      tell(userId, 'chat.mine', { with: other ?? opaqueIdOf(conversationId!), ...what }),
  };
}

export type Hints = ReturnType<typeof createHints>;
