import { z } from 'zod';
import { PictureJson, picturesJson } from '../../pictures/index.ts';
import {
  type ChatMessage,
  type Conversation,
  conversationStatuses,
  type ListedConversation,
  type ListPage,
} from './conversations.ts';

const MessageJson = z.object({
  seq: z.int(),
  mine: z.boolean(),
  /** Of one's own messages. */
  clientId: z.uuid().nullable(),
  /** null: deleted. */
  text: z.string().nullable(),
  at: z.iso.datetime(),
});

const Summary = z.object({
  /** Opaque, and the same for ever. */
  id: z.string(),
  /** What the address says: a username, or the id. */
  with: z.string(),
  /** null: gone, or nobody to the viewer. */
  person: z
    .object({
      username: z.string(),
      displayName: z.string().nullable(),
      avatar: PictureJson.nullable(),
    })
    .nullable(),
  status: z.enum(conversationStatuses),
});

export const ConversationJson = Summary.extend({
  messages: z.array(MessageJson),
  mayWrite: z.boolean(),
});

export const ListJson = z.object({
  items: z.array(Summary.extend({ last: MessageJson.nullable(), at: z.iso.datetime() })),
  next: z.string().nullable(),
});

function messageJson({ at, ...rest }: ChatMessage): z.infer<typeof MessageJson> {
  return { ...rest, at: at.toISOString() };
}

function summaryJson({ id, with: name, person, status }: Conversation | ListedConversation) {
  const avatar = person?.avatar ? picturesJson([person.avatar]).avatar : null;
  return { id, with: name, person: person && { ...person, avatar }, status };
}

export function conversationJson(conversation: Conversation): z.infer<typeof ConversationJson> {
  const { messages, mayWrite } = conversation;
  return { ...summaryJson(conversation), messages: messages.map(messageJson), mayWrite };
}

export function listJson({ items, next }: ListPage): z.infer<typeof ListJson> {
  const listed = items.map((item) => ({
    ...summaryJson(item),
    last: item.last && messageJson(item.last),
    at: item.at.toISOString(),
  }));
  return { items: listed, next };
}
