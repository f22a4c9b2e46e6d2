import type { Outcome, SignedOut } from '../../../kernel/outcome.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { Caller } from '../../../web/act.ts';
import type { AnswerOutcome, Conversation, ListPage, SendOutcome } from './conversations.ts';

interface Words {
  with: string;
  text: string;
  clientId: string;
}

/** `with` is a username, or an opaque id. Whom the viewer may not see is `nobody`. */
export interface Conversations {
  list(viewer: Viewer, which: 'chats' | 'requests', after: string): Promise<Outcome<ListPage, SignedOut>>;
  read(
    viewer: Viewer,
    place: { with: string; before: number | null; after: number | null },
  ): Promise<Outcome<Conversation, SignedOut | 'nobody'>>;
  /** A first hello; to somebody whose hello waits, the answer that accepts. */
  send(viewer: Viewer, words: Words, caller: Caller): Promise<SendOutcome>;
  accept(viewer: Viewer, name: string): Promise<AnswerOutcome>;
  /** Whoever said hello does not learn of it. */
  decline(viewer: Viewer, name: string): Promise<AnswerOutcome>;
  withdraw(viewer: Viewer, name: string): Promise<AnswerOutcome>;
}
