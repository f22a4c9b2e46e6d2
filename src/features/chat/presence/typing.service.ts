import {
  done,
  type Outcome,
  type Refusal,
  refused,
  signedOut,
  type SignedOut,
} from '../../../kernel/outcome.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { Tell } from '../messages/hints.ts';
import { placeOf } from '../pairs/pair.store.ts';
import type { TypingStore } from './typing.store.ts';

type TypingOutcome = Outcome<{ with: string }, SignedOut | Refusal<'nobody'>>;

/** That somebody types is kept nowhere: whoever is told forgets it after `typingPolicy.lasts`. */
export function createTyping(store: TypingStore, tell: Tell) {
  /** Whether the other learns of it is not said: that is their choice as well. */
  return async (viewer: Viewer, name: string): Promise<TypingOutcome> => {
    const row = await store.partner(viewer, placeOf(name));
    if (!row) return signedOut;
    if (row.otherId === null) return refused('nobody');
    if (row.isShown) tell(row.otherId, 'chat.typing', { with: row.author });
    return done({ with: name });
  };
}

export type Typing = ReturnType<typeof createTyping>;
