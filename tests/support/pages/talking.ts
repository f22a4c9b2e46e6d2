import type { ConversationStatus } from '../../../src/features/chat/pairs/pair.ts';
import type { Conversation } from '../../../src/features/chat/conversations/conversations.ts';
import type { ChatMessage } from '../../../src/features/chat/messages/message.ts';
import { minutes } from '../../../src/kernel/clock.ts';

export const talkedAt = new Date('2026-11-30T17:03:00.000Z');

interface Who {
  gone: boolean;
  username: string;
  name: string;
}

/** A message, some minutes after the first. */
export function saidAt(
  seq: number,
  mine: boolean,
  text: string | null,
  given: Partial<ChatMessage> & { after?: number } = {},
): ChatMessage {
  const { after = seq * 6, ...more } = given;
  return {
    seq,
    mine,
    clientId: null,
    text,
    language: null,
    at: new Date(talkedAt.getTime() + minutes(after)),
    change: seq,
    edits: 0,
    editedAt: null,
    answers: null,
    corrects: null,
    note: null,
    reactions: [],
    kept: false,
    ...more,
  };
}

/** What somebody sees of a conversation, all of it read. */
export function talkWith(
  who: Who,
  status: ConversationStatus,
  messages: ChatMessage[],
  given: Partial<Conversation> = {},
): Conversation {
  const id = 'c_AAAAAAAAAAAAAAAAAAAAAA';
  const { gone, username, name } = who;
  const lastSeq = messages.at(-1)?.seq ?? 0;
  return {
    id,
    with: gone ? id : username,
    person: gone ? null : { username, displayName: name, avatar: null },
    status,
    presence: null,
    muted: false,
    archived: false,
    draft: '',
    readSeq: lastSeq,
    messages,
    changed: [],
    change: lastSeq,
    lastSeq,
    theirReadSeq: null,
    helloAgainAt: null,
    mayWrite: status === 'accepted',
    ...given,
  };
}
