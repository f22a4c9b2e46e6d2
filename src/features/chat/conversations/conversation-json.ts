import { z } from 'zod';
import { PictureJson, picturesJson } from '../../pictures/index.ts';
import { type ChatMessage } from '../messages/message.ts';
import { type Conversation, type ListedConversation, type ListPage } from './conversations.ts';
import { conversationStatuses, type Correspondent } from '../pairs/pair.ts';

const LastJson = z.object({
  seq: z.int(),
  mine: z.boolean(),
  /** Of one's own messages. */
  clientId: z.uuid().nullable(),
  /** null: deleted. */
  text: z.string().nullable(),
  /** BCP 47, if its author said so. */
  language: z.string().nullable(),
  at: z.iso.datetime(),
});

const QuotedJson = LastJson.pick({ seq: true, mine: true, text: true, language: true });

export const MessageJson = LastJson.extend({
  /** The conversation's counter when it last changed: `changedAfter` asks for what comes later. */
  change: z.int(),
  edits: z.int(),
  editedAt: z.iso.datetime().nullable(),
  answers: QuotedJson.nullable(),
  /** The message that it corrects, as it was then. */
  corrects: QuotedJson.extend({ outdated: z.boolean() }).nullable(),
  /** Why it corrects. */
  note: z.string().nullable(),
  reactions: z.array(z.object({ emoji: z.string(), mine: z.boolean() })),
  kept: z.boolean(),
});

/** null: gone, or nobody to the viewer. */
export const PersonJson = z
  .object({
    username: z.string(),
    displayName: z.string().nullable(),
    avatar: PictureJson.nullable(),
  })
  .nullable();

const Summary = z.object({
  /** Opaque, and the same for ever. */
  id: z.string(),
  /** What the address says: a username, or the id. */
  with: z.string(),
  person: PersonJson,
  status: z.enum(conversationStatuses),
  /** null: one of the two doesn't show it, or they are no partners. */
  presence: z.enum(['here', 'gone']).nullable(),
});

export const ConversationJson = Summary.extend({
  messages: z.array(MessageJson),
  /** Earlier ones that changed after `changedAfter`. */
  changed: z.array(MessageJson),
  /** What to send as `changedAfter` next time. */
  change: z.int(),
  lastSeq: z.int(),
  readSeq: z.int(),
  /** How far the other has read; null: not shown. */
  theirReadSeq: z.int().nullable(),
  muted: z.boolean(),
  archived: z.boolean(),
  draft: z.string(),
  /** When one may say hello once more, after a hello of one's own; null: at once, or never. */
  helloAgainAt: z.iso.datetime().nullable(),
  mayWrite: z.boolean(),
});

export const ListJson = z.object({
  items: z.array(
    Summary.extend({
      last: LastJson.extend({ isCorrection: z.boolean() }).nullable(),
      /** Counted to a hundred. */
      unread: z.int(),
      muted: z.boolean(),
      draft: z.string(),
      at: z.iso.datetime(),
    }),
  ),
  next: z.string().nullable(),
});

export function messageJson({ at, editedAt, ...rest }: ChatMessage): z.infer<typeof MessageJson> {
  return { ...rest, at: at.toISOString(), editedAt: editedAt && editedAt.toISOString() };
}

export function personJson(person: Correspondent | null): z.infer<typeof PersonJson> {
  const avatar = person?.avatar ? picturesJson([person.avatar]).avatar : null;
  return person && { ...person, avatar };
}

function summaryJson({ id, with: name, person, status, presence }: Conversation | ListedConversation) {
  return { id, with: name, person: personJson(person), status, presence };
}

export function conversationJson(conversation: Conversation): z.infer<typeof ConversationJson> {
  return {
    ...conversation,
    ...summaryJson(conversation),
    helloAgainAt: conversation.helloAgainAt && conversation.helloAgainAt.toISOString(),
    messages: conversation.messages.map(messageJson),
    changed: conversation.changed.map(messageJson),
  };
}

export function listJson({ items, next }: ListPage): z.infer<typeof ListJson> {
  const listed = items.map((item) => ({
    ...item,
    ...summaryJson(item),
    last: item.last && { ...item.last, at: item.last.at.toISOString() },
    at: item.at.toISOString(),
  }));
  return { items: listed, next };
}
