import type { Outcome, Refusal, SignedOut } from '../../../kernel/outcome.ts';
import type { ChatMessage, LastMessage } from '../messages/message.ts';
import type { ConversationStatus, Correspondent } from '../pairs/pair.ts';
import type { Presence } from '../presence/presence.ts';

interface ConversationSummary {
  id: string; // opaque: `c_…`
  with: string; // the other's username, or the opaque id
  person: Correspondent | null;
  status: ConversationStatus;
  presence: Presence;
}

/** As the viewer has it for themselves. */
export interface OwnSide {
  muted: boolean;
  archived: boolean;
  draft: string;
  readSeq: number; // how far the viewer has read
}

export interface Conversation extends ConversationSummary, OwnSide {
  messages: ChatMessage[]; // in their order
  changed: ChatMessage[]; // earlier ones that changed since the change that was asked after
  change: number; // what to ask after next time
  lastSeq: number;
  theirReadSeq: number | null; // null: not shown
  helloAgainAt: Date | null; // when one may say hello once more; null: at once, or never
  mayWrite: boolean; // a hello, an answer that accepts, or a message between partners
}

export interface ListedConversation extends ConversationSummary {
  last: LastMessage | null;
  unread: number; // counted to a hundred
  muted: boolean;
  draft: string;
  at: Date; // the list's order
}

export interface ListPage {
  items: ListedConversation[];
  next: string | null; // an opaque cursor; null: the list ends here
}

/** `answered`: it is no open hello any more. */
export type AnswerOutcome = Outcome<{ with: string }, SignedOut | Refusal<'nobody' | 'answered'>>;
