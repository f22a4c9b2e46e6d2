import type { ContactDetail } from '../../../kernel/text/contact-details/contact-details.ts';
import type { Outcome, Refusal, SignedOut } from '../../../kernel/outcome.ts';
import type { ShownPicture } from '../../pictures/index.ts';

/**
 * What a conversation is to one of its two, who learns no more of it: `new` begins with a first hello; `asked` waits for the
 * other's answer (a declined one for ever); `asking` waits for one's own; `declined` by oneself; `ended` by a block that was
 * taken back; `former`: the other is gone, or nobody to the viewer.
 */
export const conversationStatuses = [
  'new',
  'asked',
  'asking',
  'accepted',
  'declined',
  'ended',
  'former',
] as const;
export type ConversationStatus = (typeof conversationStatuses)[number];

/** The other, while the viewer may see them. */
export interface Correspondent {
  username: string;
  displayName: string | null;
  avatar: ShownPicture | null;
}

export interface ChatMessage {
  seq: number;
  mine: boolean;
  clientId: string | null; // of one's own messages
  text: string | null; // null: deleted
  at: Date;
}

export interface Conversation {
  id: string; // opaque: `c_…`
  with: string; // the other's username, or the opaque id
  person: Correspondent | null;
  status: ConversationStatus;
  messages: ChatMessage[]; // in their order
  mayWrite: boolean; // a hello, or an answer that accepts
}

export interface ListedConversation extends Omit<Conversation, 'messages' | 'mayWrite'> {
  last: ChatMessage | null;
  at: Date; // the list's order
}

export interface ListPage {
  items: ListedConversation[];
  next: string | null; // an opaque cursor; null: the list ends here
}

export interface Sent {
  seq: number;
  at: Date;
  clientId: string;
  with: string;
  accepted: boolean; // it answered a hello of theirs, so both are partners now
}

/** `closed`: one message until the other answers. `over`: the other is gone, or nobody to the viewer. */
export type WhyNotSent =
  | SignedOut
  | Refusal<'nobody' | 'over' | 'hidden' | 'closed' | 'not-open-yet'>
  | Refusal<'contact-detail', { kind: ContactDetail }>
  | Refusal<'too-often', { retryInMs: number; most: number }>;
export type SendOutcome = Outcome<Sent, WhyNotSent>;

/** `answered`: it is no open hello any more. */
export type AnswerOutcome = Outcome<{ with: string }, SignedOut | Refusal<'nobody' | 'answered'>>;
