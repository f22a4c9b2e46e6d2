import { opaqueIdOf } from '../pairs/conversation-id.ts';
import type { SentRow } from './send.store.ts';

/** To all sockets of a person. May be lost: whoever comes back asks for what followed. */
export type Tell = (userId: string, event: string, data: object) => void;

/** Two people, as each is told of the other. */
interface Pair {
  conversationId: string | null;
  author: string; // usernames: whoever did it, and the other
  otherId: string | null;
  other: string | null;
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
    sent(userId: string, { text, clientId }: { text: string; clientId: string }, row: SentRow): void {
      const { seq, at, change, author } = row;
      both(userId, row, 'chat.message', { seq, author, clientId, text, at: at!.toISOString(), change });
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
